/**
 * Composition root of the worker thread 账本线程: one office, one connection, away from the thread that draws windows. It opens or founds an office when
 * asked, runs its operations as the person the main thread names, and closes the ledger before it leaves.
 * @source shared spec decisions.md 6, 9
 */
import { refusal } from '../shared/errors.ts';
import { Refusal } from '../shared/kernel/errors.ts';
import { assertNever } from '../shared/kernel/assert.ts';
import { refusedReply, type Reply } from '../shared/reply.ts';
import { foundOffice } from './office/found-office.ts';
import { openOffice, systemSurroundings, type Office } from './office/office.ts';
import type { Surroundings } from './journal/index.ts';
import { callScope } from './platform/call-scope.ts';
import { lineToMain } from './platform/worker-line.ts';
import { restoreOffice } from './office/restore-office.ts';
import type { OfficeNews, OfficeQuestion, OpenedOffice } from './shell/office-messages.ts';

type Call = Extract<OfficeQuestion, { kind: 'call' }>;

/** Steps under one label are told at most this often; the last step and a new label always. */
const progressGapMs = 100;

const scope = callScope<{ readonly call: Call; toldAt: number; toldLabel: string }>();
let office: Office | null = null;

const line = lineToMain((question) => answer(question as OfficeQuestion)); // both ends are built from office-messages.ts

const env: Surroundings = systemSurroundings({
  progress(done, total, label) {
    const running = scope.current();
    if (running === null) return;
    // Thrown inside the transaction or before it: what was done so far is rolled back.
    if (Atomics.load(running.call.stop, 0) === 1) throw refusal('WORK_STOPPED', { title: label });
    const now = performance.now();
    if (done < total && label === running.toldLabel && now - running.toldAt < progressGapMs) return;
    running.toldAt = now;
    running.toldLabel = label;
    tell({ kind: 'progress', work: running.call.work, done, total, label });
  },
  resolveFile(token) {
    const path = scope.current()?.call.files[token];
    if (path === undefined) throw refusal('FILE_UNKNOWN');
    return path;
  },
  mayReplace: (token) => scope.current()?.call.replace.includes(token) === true,
});

async function answer(question: OfficeQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'open':
      return opening(() => openOffice(question.dir, env));
    case 'found':
      return opening(() => foundOffice(question.dir, question.founding, env));
    case 'restore':
      return opening(async () => {
        await restoreOffice(question.file, question.dir, { identities: [], phrase: () => question.phrase }, env);
        return openOffice(question.dir, env);
      });
    case 'sign-in':
      return theOffice().signIn(question.username, question.password);
    case 'unlock-keys':
      return theOffice().unlockKeys(question.passphrase);
    case 'lock-keys':
      theOffice().lockKeys();
      return { ok: true, value: null };
    case 'call':
      return scope.run({ call: question, toldAt: 0, toldLabel: '' }, () => theOffice().call(question.name, question.input, question.username));
    case 'close':
      office?.close();
      office = null;
      setImmediate(() => {
        line.leave();
      });
      return null;
    default:
      return assertNever(question);
  }
}

/** Opens once; a refusal is an answer, anything else is a fault of the program and ends as one. */
async function opening(open: () => Office | Promise<Office>): Promise<Reply<OpenedOffice>> {
  try {
    office = await open();
    return { ok: true, value: { identity: office.identity, fault: office.fault, restored: office.restored } };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusedReply(error);
  }
}

function theOffice(): Office {
  if (office === null) throw new Error('no office is open in this thread');
  return office;
}

function tell(news: OfficeNews): void {
  line.tell(news);
}
