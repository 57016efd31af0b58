/**
 * Composition root of the worker thread 账本线程: one office, one connection, away from the thread that draws windows. It opens or founds an office when
 * asked, runs its operations as the person the main thread names, and closes the ledger before it leaves.
 * @source shared spec decisions.md 6, 9
 */
import { refusal, refuse } from '../shared/errors.ts';
import { Refusal } from '../shared/kernel/errors.ts';
import { assertNever } from '../shared/kernel/assert.ts';
import { refusedReply, type Reply } from '../shared/reply.ts';
import { foundOffice } from './office/found-office.ts';
import { openOffice, systemSurroundings, type Office } from './office/office.ts';
import type { CallTerms } from './office/operation-loop.ts';
import { lineToMain } from './platform/worker-line.ts';
import { restoreOffice } from './office/restore-office.ts';
import type { OfficeCall, OfficeNews, OfficeQuestion, OpenedOffice } from './shell/office-thread.ts';

/** Steps under one label are told at most this often; the last step and a new label always. */
const progressGapMs = 100;

let office: Office | null = null;

const line = lineToMain((question) => answer(question as OfficeQuestion)); // both ends are built from office-thread.ts

const surroundings = systemSurroundings();

async function answer(question: OfficeQuestion): Promise<unknown> {
  switch (question.kind) {
    case 'open':
      return opening(() => openOffice(question.dir, surroundings));
    case 'found':
      return opening(() => foundOffice(question.dir, question.founding, surroundings));
    case 'restore':
      return opening(async () => {
        await restoreOffice(question.file, question.dir, { identities: [], phrase: () => question.phrase }, surroundings);
        return openOffice(question.dir, surroundings);
      });
    case 'sign-in':
      return theOffice().signIn(question.username, question.password);
    case 'unlock-keys':
      return theOffice().unlockKeys(question.username, question.passphrase);
    case 'lock-keys':
      theOffice().lockKeys();
      return { ok: true, value: null };
    case 'call':
      return theOffice().call(question.name, question.input, question.username, termsOf(question));
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

/** What a call brings along: calls overlap while their slow parts wait, and progress must find its own. */
function termsOf({ work, stop, files, replace }: OfficeCall): CallTerms {
  let toldAt = 0;
  let toldLabel = '';
  return {
    progress(done, total, label) {
      // Thrown inside the transaction or before it: what was done so far is rolled back.
      if (Atomics.load(stop, 0) === 1) throw refusal('WORK_STOPPED', { title: label });
      const now = performance.now();
      if (done < total && label === toldLabel && now - toldAt < progressGapMs) return;
      toldAt = now;
      toldLabel = label;
      line.tell({ kind: 'progress', work, done, total, label } satisfies OfficeNews);
    },
    resolveFile: (token) => files[token] ?? refuse('FILE_UNKNOWN'),
    mayReplace: (token) => replace.includes(token),
  };
}
