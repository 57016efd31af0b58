/**
 * A line to a worker thread 线程间通话: the main thread asks and is answered, the worker tells without waiting. Knows no operation. Foreign bytes are parsed
 * at the far end of such a line, by a thread that is given the bytes and nothing else: no database, no key, no environment. When a thread ends, of
 * itself, of too much memory or of too much time, every open question is answered with that fault; the main thread lives on.
 * @source shared spec decisions.md 6; faults.md A10, E10
 */
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { assert } from '../../shared/kernel/assert.ts';
import { workerUrl } from './worker-url.ts';

/** The thread ended, was ended, or fell over while answering; `message` is for the log, not for people. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken';
  readonly reason: 'time' | 'memory' | 'crash';
  constructor(reason: LineBroken['reason'], message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Why a thread was stopped, as part of a Chinese sentence. */
export const stopReasons: Readonly<Record<LineBroken['reason'], string>> = { time: '超过时限', memory: '占用内存过多', crash: '解析程序意外中止' };

type Question = { readonly id: number; readonly body: unknown };
type Parcel =
  | { readonly kind: 'answer'; readonly id: number; readonly body: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly message: string }
  | { readonly kind: 'news'; readonly body: unknown };

export type WorkerLine = {
  /** Bodies are structured clones; the buffers of `moved` move over and are empty here afterwards. @throws LineBroken */
  readonly ask: (question: unknown, moved?: readonly ArrayBuffer[]) => Promise<unknown>;
  /** Settles when the thread is gone. Never rejects. */
  readonly ended: Promise<void>;
  /** Ends the thread now, whatever it does. Its database is closed by the operating system; the rollback journal keeps the ledger whole. */
  terminate(why?: LineBroken): Promise<void>;
};

/** For a thread that works on foreign data: it sees no environment, and too much memory ends it. */
export type HeapBounds = {
  /** Old-generation heap in MiB; bytes handed over are not counted. */
  readonly heapMiB: number;
};

type Waiting = { readonly resolve: (body: unknown) => void; readonly reject: (fault: LineBroken) => void };

/**
 * Starts a worker thread.
 * @param entry `new URL('./x.ts', import.meta.url)`, a module that calls lineToMain or serveForeign
 * @param hear what the worker tells unasked
 */
export function startWorker(entry: URL, hear: (news: unknown) => void = () => undefined, bounds: HeapBounds | null = null): WorkerLine {
  const worker = new Worker(
    workerUrl(entry),
    bounds === null ? {} : { env: {}, resourceLimits: { maxOldGenerationSizeMb: bounds.heapMiB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 } },
  );
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let fault: LineBroken | null = null;
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
        take(parcel.id)?.reject(new LineBroken('crash', parcel.message));
        return;
      case 'news':
        hear(parcel.body);
    }
  });
  worker.on('error', (error: unknown) => {
    const memory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    fault ??= new LineBroken(memory ? 'memory' : 'crash', wordsOf(error));
  });
  const ended = new Promise<void>((resolve) => {
    worker.on('exit', (code) => {
      broken = fault ?? new LineBroken('crash', `the thread left with code ${String(code)}`);
      for (const open of waiting.values()) open.reject(broken);
      waiting.clear();
      resolve();
    });
  });
  return {
    ask: (body, moved = []) =>
      new Promise((resolve, reject) => {
        if (broken !== null) {
          reject(broken);
          return;
        }
        last += 1;
        waiting.set(last, { resolve, reject });
        worker.postMessage({ id: last, body } satisfies Question, moved);
      }),
    ended,
    async terminate(why) {
      fault ??= why ?? null;
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
      post({ kind: 'fault', id, message: wordsOf(error) });
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

export type ForeignLimits = HeapBounds & {
  /** Milliseconds from start to end. */
  readonly timeMs: number;
};

export const foreignLimits: ForeignLimits = { timeMs: 60_000, heapMiB: 256 };

/**
 * Walks the chunks that a worker makes of foreign bytes: one is made while the one before is looked at, no more, so that neither side piles up.
 * @param entry module that calls serveForeign
 * @param request structured-cloneable; the buffers of `moved` move over and are empty here afterwards
 * @throws LineBroken
 */
export async function* foreignChunks(entry: URL, request: unknown, moved: readonly ArrayBuffer[], limits: ForeignLimits): AsyncGenerator<unknown, void, void> {
  const line = startWorker(entry, () => undefined, limits);
  const alarm = setTimeout(() => {
    void line.terminate(new LineBroken('time', `no end within ${String(limits.timeMs)} ms`));
  }, limits.timeMs);
  try {
    let next = (await line.ask(request, moved)) as IteratorResult<unknown>; // serveForeign answers with these
    while (next.done !== true) {
      const after = line.ask(null);
      after.catch(() => undefined); // thrown below, unless nobody listens any more
      yield next.value;
      next = (await after) as IteratorResult<unknown>;
    }
  } finally {
    clearTimeout(alarm);
    await line.terminate();
  }
}

type Chunks = Iterator<unknown, unknown, void> | AsyncIterator<unknown, unknown, void>;

/**
 * The worker's end of foreignChunks. Its entry module may import no database and no key store.
 * @param chunks makes them from the request; runs only as far as chunks are asked for
 */
export function serveForeign(chunks: (request: unknown) => Chunks): void {
  let source: Chunks | null = null;
  lineToMain((question) => {
    source ??= chunks(question);
    return source.next();
  });
}

/** Turns of this thread 让出: long work lets waiting messages and signals through between two of its steps. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
