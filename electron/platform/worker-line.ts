/**
 * A line to a worker thread 线程间通话: the main thread asks and is answered, the worker tells without waiting. Knows no operation. When the thread ends,
 * every open question is answered with that fault instead of waiting for ever.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { assert } from '../../shared/kernel/assert.ts';

/** The thread ended, or fell over while answering; `message` is for the log, not for people. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken';
}

type Question = { readonly id: number; readonly body: unknown };
type Parcel =
  | { readonly kind: 'answer'; readonly id: number; readonly body: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string }
  | { readonly kind: 'news'; readonly body: unknown };

export type WorkerLine = {
  /** Bodies are structured clones. @throws LineBroken */
  readonly ask: (question: unknown) => Promise<unknown>;
  /** Settles when the thread is gone. Never rejects. */
  readonly ended: Promise<void>;
  /** Ends the thread now, whatever it does. Its database is closed by the operating system; the rollback journal keeps the ledger whole. */
  terminate(): Promise<void>;
};

type Waiting = { readonly resolve: (body: unknown) => void; readonly reject: (fault: LineBroken) => void };

/**
 * Starts a worker thread.
 * @param url from workerUrl
 * @param hear what the worker tells unasked
 * @param bounds for a thread that works on foreign data: it sees no environment, and too much memory ends it
 */
export function startWorker(url: URL, hear: (news: unknown) => void, bounds: { readonly heapMiB: number } | null = null): WorkerLine {
  const worker = new Worker(url, bounds === null ? {} : { env: {}, resourceLimits: { maxOldGenerationSizeMb: bounds.heapMiB, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 } });
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let fault = 'the thread ended';
  let broken: LineBroken | null = null;
  const take = (id: number): Waiting | undefined => {
    const open = waiting.get(id);
    waiting.delete(id);
    return open;
  };
  worker.on('message', (parcel: Parcel) => {
    switch (parcel.kind) {
      case 'answer':
        take(parcel.id)?.resolve(parcel.body);
        return;
      case 'fault':
        take(parcel.id)?.reject(new LineBroken(parcel.message));
        return;
      case 'news':
        hear(parcel.body);
    }
  });
  worker.on('error', (error: unknown) => {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      broken = new LineBroken(fault);
      for (const open of waiting.values()) open.reject(broken);
      waiting.clear();
      resolve();
    });
  });
  return {
    ask: (body) =>
      new Promise((resolve, reject) => {
        if (broken !== null) {
          reject(broken);
          return;
        }
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ id: last, body } satisfies Question);
      }),
    ended,
    async terminate() {
      await worker.terminate();
    },
  };
}

export type MainLine = {
  /** Arrives at once, also while this thread is busy. */
  readonly tell: (news: unknown) => void;
  /** Hears no further question; the thread ends when nothing else keeps it. */
  leave(): void;
};

/**
 * The worker's own end.
 * @param answer a throw is a fault of the program: the asker gets LineBroken
 * @param moved buffers of an answer that move over instead of being copied, and are empty here afterwards
 */
export function lineToMain<T>(answer: (question: unknown) => Promise<T> | T, moved: (body: T) => readonly ArrayBuffer[] = () => []): MainLine {
  const port = parentPort;
  assert(!isMainThread && port !== null, 'this end of the line stands in a worker thread');
  const post = (parcel: Parcel, buffers: readonly ArrayBuffer[] = []): void => {
    port.postMessage(parcel, buffers);
  };
  const reply = async ({ id, body }: Question): Promise<void> => {
    try {
      const said = await answer(body);
      post({ kind: 'answer', id, body: said }, moved(said));
    } catch (error) {
      post({ kind: 'fault', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  port.on('message', (question: Question) => {
    void reply(question);
  });
  return {
    tell: (body) => {
      post({ kind: 'news', body });
    },
    leave: () => {
      port.close();
    },
  };
}
