/**
 * A line between two threads 线程间通话: either end asks and is answered, or tells without waiting. Knows no operation. When the other thread ends,
 * every open question is answered with that fault instead of waiting for ever.
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { assert } from '../../shared/kernel/assert.ts';

/** The other thread ended, or fell over while answering; `message` is for the log, not for people. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken';
}

type Parcel =
  | { readonly kind: 'ask'; readonly id: number; readonly body: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly body: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string }
  | { readonly kind: 'tell'; readonly body: unknown };

/** What an end does with what it hears. Bodies are structured clones of what the other end's types promise. */
export type LineEnd = {
  readonly answer: (question: unknown) => Promise<unknown>;
  readonly hear: (news: unknown) => void;
};

export type Line = {
  /** @throws LineBroken */
  readonly ask: (question: unknown) => Promise<unknown>;
  readonly tell: (news: unknown) => void;
};

type Port = {
  postMessage(parcel: Parcel): void;
  on(event: 'message', listener: (parcel: Parcel) => void): unknown;
};

type Waiting = { readonly resolve: (body: unknown) => void; readonly reject: (fault: LineBroken) => void };

function lineOver(port: Port, end: LineEnd): Line & { cut(fault: LineBroken): void } {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let broken: LineBroken | null = null;
  const settle = (id: number, act: (waiting: Waiting) => void): void => {
    const open = waiting.get(id);
    waiting.delete(id);
    if (open !== undefined) act(open);
  };
  const answer = async (id: number, body: unknown): Promise<void> => {
    try {
      port.postMessage({ kind: 'answer', id, body: await end.answer(body) });
    } catch (error) {
      port.postMessage({ kind: 'fault', id, message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  port.on('message', (parcel) => {
    switch (parcel.kind) {
      case 'ask':
        void answer(parcel.id, parcel.body);
        return;
      case 'answer':
        settle(parcel.id, ({ resolve }) => {
          resolve(parcel.body);
        });
        return;
      case 'fault':
        settle(parcel.id, ({ reject }) => {
          reject(new LineBroken(parcel.message));
        });
        return;
      case 'tell':
        end.hear(parcel.body);
    }
  });
  return {
    ask: (question) =>
      new Promise((resolve, reject) => {
        if (broken !== null) {
          reject(broken);
          return;
        }
        last += 1;
        waiting.set(last, { resolve, reject });
        port.postMessage({ kind: 'ask', id: last, body: question });
      }),
    tell: (news) => {
      if (broken === null) port.postMessage({ kind: 'tell', body: news });
    },
    cut(fault) {
      broken ??= fault;
      for (const open of waiting.values()) open.reject(broken);
      waiting.clear();
    },
  };
}

export type WorkerLine = Line & {
  /** Settles when the thread is gone. Never rejects. */
  readonly ended: Promise<void>;
  /** Ends the thread now, whatever it does. Its database is closed by the operating system; the rollback journal keeps the ledger whole. */
  terminate(): Promise<void>;
};

/** Starts a worker thread. @param url from workerUrl */
export function startWorker(url: URL, end: LineEnd): WorkerLine {
  const worker = new Worker(url);
  const line = lineOver(worker, end);
  let fault = 'the thread ended';
  worker.on('error', (error: unknown) => {
    fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', () => {
      line.cut(new LineBroken(fault));
      resolve();
    });
  });
  return {
    ask: line.ask,
    tell: line.tell,
    ended,
    async terminate() {
      await worker.terminate();
    },
  };
}

/** The worker's own end. */
export function lineToMain(end: LineEnd): Line & { leave(): void } {
  const port = parentPort;
  assert(!isMainThread && port !== null, 'this end of the line stands in a worker thread');
  return {
    ...lineOver(port, end),
    leave: () => {
      port.close();
    },
  };
}
