/**
 * The thread of an open office 账本线程, seen from the main thread: what is asked and answered, and the line itself. One thread an office, started here and
 * ended here. Every answer is a Reply; a thread that fell over answers OFFICE_STOPPED, because nobody can know then whether the act was committed.
 * The other end is office-worker.ts.
 */
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import { refusal } from '../../shared/errors.ts';
import { refusedReply, type Reply } from '../../shared/reply.ts';
import type { Founding } from '../office/found-office.ts';
import { LineBroken, startWorker } from '../platform/worker-line.ts';

/** An opened office as the window needs it. */
export type OpenedOffice = {
  readonly identity: OfficeIdentity;
  /** The sentence of the fault that made it read-only, or null. */
  readonly fault: string | null;
  /** How a restored ledger came here, or null. */
  readonly restored: string | null;
};

export type OfficeCall = {
  readonly kind: 'call';
  /** Number of the call, named again by its progress. */
  readonly work: number;
  readonly name: string;
  readonly input: unknown;
  /** Who is signed in, as the main thread knows; the page never says. */
  readonly username: string | null;
  /** Paths behind the file tokens that the input names. */
  readonly files: Readonly<Record<string, string>>;
  /** The tokens among them whose standing file the person agreed to replace. */
  readonly replace: readonly string[];
  /** One cell; 1 asks the work to stop at its next step. */
  readonly stop: Int32Array;
};

/** Questions that open an office. */
export type Opening =
  | { readonly kind: 'open'; readonly dir: string }
  | { readonly kind: 'found'; readonly dir: string; readonly founding: Founding }
  | { readonly kind: 'restore'; readonly dir: string; readonly file: string; readonly phrase: string | null };

/** Asked by the main thread. Every answer but that of `close` is a Reply. */
export type OfficeQuestion =
  | Opening
  | OfficeCall
  | { readonly kind: 'sign-in'; readonly username: string; readonly password: string | null }
  | { readonly kind: 'unlock-keys'; readonly username: string; readonly passphrase: string }
  | { readonly kind: 'lock-keys' }
  | { readonly kind: 'close' };

/** Told by the worker. */
export type OfficeNews = { readonly kind: 'progress'; readonly work: number; readonly done: number; readonly total: number; readonly label: string };

/** What was asked, for the refusal of a thread that fell over. */
const titles = { open: '打开单位', found: '建立单位', restore: '从备份恢复', 'sign-in': '登录', 'unlock-keys': '解锁密钥', 'lock-keys': '锁定密钥' } as const;

export type OfficeThread = {
  open(opening: Opening): Promise<Reply<OpenedOffice>>;
  ask(question: Exclude<OfficeQuestion, Opening | OfficeCall | { readonly kind: 'close' }>): Promise<Reply>;
  /** @param title the Chinese name of the operation */
  call(call: OfficeCall, title: string): Promise<Reply>;
  /** Closes the ledger and ends the thread. */
  close(): Promise<void>;
  /** Settles when the thread is gone, however it went. */
  readonly ended: Promise<void>;
};

export type OfficeThreadTerms = {
  readonly progressed: (news: OfficeNews) => void;
  /** A fault of the program in the thread, for the log. */
  readonly faulted: (error: unknown) => void;
};

/** How long closing may take before the thread is ended from outside; the rollback journal keeps the ledger whole either way. */
const closingMsMax = 10_000;

export function startOffice({ progressed, faulted }: OfficeThreadTerms): OfficeThread {
  const line = startWorker(new URL('../office-worker.ts', import.meta.url), (news) => {
    progressed(news as OfficeNews); // both ends are built from these types
  });
  const ask = async (question: OfficeQuestion, title: string): Promise<Reply<never>> => {
    try {
      return (await line.ask(question)) as Reply<never>; // office-worker.ts answers with replies, each of the type its question has below
    } catch (error) {
      if (!(error instanceof LineBroken)) throw error;
      faulted(error);
      return refusedReply(refusal('OFFICE_STOPPED', { title }));
    }
  };
  return {
    open: (opening) => ask(opening, titles[opening.kind]),
    ask: (question) => ask(question, titles[question.kind]),
    call: ask,
    async close() {
      const alarm = setTimeout(() => {
        void line.terminate();
      }, closingMsMax);
      try {
        await line.ask({ kind: 'close' });
      } catch (error) {
        if (!(error instanceof LineBroken)) throw error;
        faulted(error);
        await line.terminate();
      }
      await line.ended;
      clearTimeout(alarm);
    },
    ended: line.ended,
  };
}
