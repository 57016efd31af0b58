/**
 * The main thread's end of an open office 账本线程的这一端: one thread an office, started here and ended here. Every answer is a Reply; a thread that fell
 * over answers OFFICE_STOPPED, because nobody can know then whether the act was committed.
 */
import { refusal } from '../../shared/errors.ts';
import { refusedReply, type Reply } from '../../shared/reply.ts';
import type { Founding } from '../office/found-office.ts';
import { LineBroken, startWorker } from '../platform/worker-line.ts';
import { workerUrl } from '../platform/worker-url.ts';
import type { OfficeNews, OfficeQuestion, OpenedOffice } from './office-messages.ts';

export type OfficeLink = {
  open(dir: string): Promise<Reply<OpenedOffice>>;
  found(dir: string, founding: Founding): Promise<Reply<OpenedOffice>>;
  restore(dir: string, file: string, phrase: string | null): Promise<Reply<OpenedOffice>>;
  signIn(username: string, password: string | null): Promise<Reply>;
  unlockKeys(passphrase: string): Promise<Reply>;
  lockKeys(): Promise<Reply>;
  call(call: Omit<Extract<OfficeQuestion, { kind: 'call' }>, 'kind'>, title: string): Promise<Reply>;
  /** Closes the ledger and ends the thread. */
  close(): Promise<void>;
  /** Settles when the thread is gone, however it went. */
  readonly ended: Promise<void>;
};

export type OfficeLinkTerms = {
  readonly progressed: (news: OfficeNews) => void;
  /** A fault of the program in the thread, for the log. */
  readonly faulted: (error: unknown) => void;
};

/** How long closing may take before the thread is ended from outside; the rollback journal keeps the ledger whole either way. */
const closingMsMax = 10_000;

export function startOffice(terms: OfficeLinkTerms): OfficeLink {
  const line = startWorker(workerUrl(new URL('../office-worker.ts', import.meta.url)), (news) => {
    terms.progressed(news as OfficeNews); // both ends are built from office-messages.ts
  });
  const ask = async (question: OfficeQuestion, title: string): Promise<Reply> => {
    try {
      return (await line.ask(question)) as Reply; // office-worker.ts answers these kinds with replies
    } catch (error) {
      if (!(error instanceof LineBroken)) throw error;
      terms.faulted(error);
      return refusedReply(refusal('OFFICE_STOPPED', { title }));
    }
  };
  return {
    open: (dir) => ask({ kind: 'open', dir }, '打开单位') as Promise<Reply<OpenedOffice>>, // the answer to open
    found: (dir, founding) => ask({ kind: 'found', dir, founding }, '建立单位') as Promise<Reply<OpenedOffice>>, // the answer to found
    restore: (dir, file, phrase) => ask({ kind: 'restore', dir, file, phrase }, '从备份恢复') as Promise<Reply<OpenedOffice>>, // the answer to restore
    signIn: (username, password) => ask({ kind: 'sign-in', username, password }, '登录'),
    unlockKeys: (passphrase) => ask({ kind: 'unlock-keys', passphrase }, '解锁密钥'),
    lockKeys: () => ask({ kind: 'lock-keys' }, '锁定密钥'),
    call: (call, title) => ask({ kind: 'call', ...call }, title),
    async close() {
      const alarm = setTimeout(() => {
        void line.terminate();
      }, closingMsMax);
      try {
        await line.ask({ kind: 'close' });
      } catch (error) {
        if (!(error instanceof LineBroken)) throw error;
        terms.faulted(error);
        await line.terminate();
      }
      await line.ended;
      clearTimeout(alarm);
    },
    ended: line.ended,
  };
}
