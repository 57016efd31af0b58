/**
 * Runs the parsing of foreign bytes in a worker thread that is given the bytes and nothing else: no database, no key, no
 * environment. Too much memory, too much time or a crash ends the worker and is an answer; the main thread lives on.
 * @source shared spec decisions.md 6; faults.md A10, E10
 */
import { Worker } from 'node:worker_threads';
import { workerUrl } from './worker-url.ts';

export type ForeignLimits = {
  /** Milliseconds from start to end. */
  readonly timeMs: number;
  /** Old-generation heap of the worker in MiB; bytes handed over are not counted. */
  readonly heapMiB: number;
};

export const foreignLimits: ForeignLimits = { timeMs: 60_000, heapMiB: 256 };

/** The worker was ended from outside or fell over; `detail` is for the log, not for people. */
export class ForeignWorkerStopped extends Error {
  override readonly name = 'ForeignWorkerStopped';
  readonly reason: 'time' | 'memory' | 'crash';
  constructor(reason: ForeignWorkerStopped['reason'], detail: string) {
    super(detail);
    this.reason = reason;
  }
}

/** Why it was stopped, as part of a Chinese sentence. */
export const foreignStopReasons: Readonly<Record<ForeignWorkerStopped['reason'], string>> = { time: '超过时限', memory: '占用内存过多', crash: '解析程序意外中止' };

/** What the two threads say to each other; `serveForeign` is the other end. */
export type ForeignAnswer = { readonly kind: 'chunk'; readonly chunk: unknown } | { readonly kind: 'end' };

type Waiting = { readonly resolve: (answer: ForeignAnswer) => void; readonly reject: (fault: ForeignWorkerStopped) => void };

/**
 * Walks the chunks that a worker makes of a request, one asked for at a time, so that neither side piles up.
 * @param entry module that calls serveForeign
 * @param request structured-cloneable; the buffers of `transfer` move over and are empty here afterwards
 * @throws ForeignWorkerStopped
 */
export async function* foreignChunks(entry: URL, request: unknown, transfer: readonly ArrayBuffer[], limits: ForeignLimits): AsyncGenerator<unknown, void, void> {
  const worker = new Worker(workerUrl(entry), {
    workerData: request,
    transferList: [...transfer],
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMiB, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
  });
  const line = answersOf(worker);
  const alarm = setTimeout(() => {
    line.fail(new ForeignWorkerStopped('time', `no end within ${String(limits.timeMs)} ms`));
  }, limits.timeMs);
  try {
    for (;;) {
      const answer = await line.ask();
      if (answer.kind === 'end') return;
      yield answer.chunk;
    }
  } finally {
    clearTimeout(alarm);
    await worker.terminate();
  }
}

/** One question, one answer; the first fault answers every later question too. */
function answersOf(worker: Worker): { ask(): Promise<ForeignAnswer>; fail(fault: ForeignWorkerStopped): void } {
  let waiting: Waiting | null = null;
  let broken: ForeignWorkerStopped | null = null;
  const fail = (fault: ForeignWorkerStopped): void => {
    broken ??= fault;
    waiting?.reject(broken);
    waiting = null;
  };
  worker.on('message', (answer: ForeignAnswer) => {
    waiting?.resolve(answer);
    waiting = null;
  });
  worker.on('error', (error: unknown) => {
    fail(stoppedBy(error));
  });
  worker.on('exit', (code) => {
    fail(new ForeignWorkerStopped('crash', `the worker left with code ${String(code)}`));
  });
  return {
    fail,
    ask: () =>
      new Promise((resolve, reject) => {
        if (broken !== null) {
          reject(broken);
          return;
        }
        waiting = { resolve, reject };
        worker.postMessage('next');
      }),
  };
}

function stoppedBy(error: unknown): ForeignWorkerStopped {
  if (!(error instanceof Error)) return new ForeignWorkerStopped('crash', String(error));
  const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return new ForeignWorkerStopped(memory ? 'memory' : 'crash', error.stack ?? error.message);
}
