/** A window's session without a window 无窗口的会话: real threads and real offices, a clock the test moves, dialogs the test answers, notices it can read. */
import { expect, onTestFinished } from 'vitest';
import type { OperationName, OperationOutput } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import type { ShellInput, ShellName, ShellNotices, ShellOutput, ShellStatus, ShellTopic } from '../../shared/shell/contract.ts';
import { fileBytes, folderEntries, folderName, folderState, unsuitableFolder } from '../../electron/platform/data-folder.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import { recentOffices } from '../../electron/platform/recent-offices.ts';
import { withPaperFonts } from '../../electron/platform/paper-fonts.ts';
import { writeOutput } from '../../electron/platform/output-file.ts';
import { encodeText } from '../../electron/platform/text-file.ts';
import { startOffice } from '../../electron/shell/office-thread.ts';
import { windowSession, type WindowSession } from '../../electron/shell/window-session.ts';

export type TestSession = WindowSession & {
  /** Milliseconds; what idleness is measured with. */
  readonly clock: { now: number };
  /** What the next dialog answers. */
  readonly answer: { path: string | null };
  readonly notices: { readonly topic: ShellTopic; readonly notice: ShellNotices[ShellTopic] }[];
  readonly faults: unknown[];
  done<N extends ShellName>(name: N, input: ShellInput<N>): Promise<ShellOutput<N>>;
  /** Runs a row that changes the session. @returns the status that the page was told before the reply */
  changed<N extends ShellName>(name: N, input: ShellInput<N>): Promise<ShellStatus>;
  operation<N extends OperationName>(name: N, input: unknown): Promise<OperationOutput<N>>;
  /** The code of a refusal. */
  code(name: string, input: unknown): Promise<string>;
  /** The token of a path, as a dialog would give it. */
  token(path: string): Promise<string>;
};

/** @param recentFile where this user's list of offices is kept @param keep true when the test file ends the session itself */
export function testSession(recentFile: string, keep = false): TestSession {
  const clock = { now: 1_000_000 };
  const answer: TestSession['answer'] = { path: null };
  const notices: TestSession['notices'] = [];
  const faults: unknown[] = [];
  const chosen = (): Promise<string | null> => Promise.resolve(answer.path);
  const session = windowSession(
    {
      program: { name: '留抵直达', version: '0' },
      clock: () => clock.now,
      random: seededRandom(recentFile),
      lockAfterMinutes: 15,
      startOffice: (progressed) => startOffice({ progressed, faulted: (error) => faults.push(error) }),
      dialogs: { folder: chosen, file: chosen, saveTarget: chosen },
      folders: { nameOf: folderName, stateOf: folderState, unsuitable: unsuitableFolder, bytesOf: fileBytes, list: folderEntries, reveal: () => undefined, write: writeOutput },
      paper: { withFonts: withPaperFonts, print: () => Promise.reject(new Error('no printer here')), show: () => Promise.resolve(), csvBytes: (text) => encodeText(text, 'utf-8-bom') },
      recent: recentOffices(recentFile),
      counties: () => [],
      newWindow: () => undefined,
      tell: (topic, notice) => notices.push({ topic, notice }),
    },
    (error) => {
      faults.push(error);
      return 'FAULT';
    },
  );
  if (!keep) onTestFinished(() => session.end());
  const valueOf = (name: string, reply: Reply): unknown => {
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message}`);
    return reply.value;
  };
  const self: TestSession = {
    ...session, clock, answer, notices, faults,
    async done(name, input) {
      return valueOf(name, await session.invoke(name, input)) as never; // the shell's table fixes the output of a name
    },
    async changed(name, input) {
      const before = notices.length;
      const reply = await session.invoke(name, input);
      const told = notices.slice(before).findLast(({ topic }) => topic === 'status');
      expect(valueOf(name, reply)).toEqual({});
      if (told === undefined) throw new Error(`${name} told no status`);
      return told.notice as ShellStatus; // the notice of that topic
    },
    async operation(name, input) {
      return valueOf(name, await session.invoke(name, input)) as never; // the contract fixes the output of a name
    },
    async code(name, input) {
      const reply = await session.invoke(name, input);
      return reply.ok ? 'done' : reply.error.code;
    },
    async token(path) {
      answer.path = path;
      const picked = await self.done('shell.chooseFolder', { purpose: 'open' });
      return picked?.token ?? '';
    },
  };
  return self;
}

/** Founds and opens a practice office in the session and signs somebody in. */
export async function practiceIn(session: TestSession, dir: string, as: string): Promise<void> {
  await session.done('shell.foundOffice', { practice: true, folder: await session.token(dir), agency: 'tax', county: '211382', name: '凌源市演练税务局' });
  await session.done('shell.signIn', { username: as, password: null });
}
