/**
 * A crew of worker threads 工作线程组: a stream of questions answered in its order, by whoever is free, this thread too. No more questions are taken than can
 * soon be answered, so that memory does not grow with their number. The first fault of any thread ends all.
 */
import { availableParallelism } from 'node:os';
import { nextTurn, startWorker } from './worker-line.ts';

export type CrewTerms = {
  readonly workers: number;
  /** Old-generation heap of each worker in MiB. */
  readonly heapMiB: number;
  /** Answers a question in this thread as a worker would; asked when every worker has enough to do. Without it this thread only waits. */
  readonly here?: (question: unknown) => unknown;
  /** Buffers of a question that move over instead of being copied. */
  readonly moved?: (question: unknown) => readonly ArrayBuffer[];
};

/** How many threads work beside this one, which reads, writes, and works when it has nothing else to do. More than three are not fed by one reader. */
export function crewSize(): number {
  return Math.max(1, Math.min(availableParallelism() - 1, 3));
}

/** A question waiting in the thread keeps it busy while the answer before it is being taken; one more while this thread works itself. */
const openEach = 2;
const openEachBeside = 3;
/** Answers of this thread that may wait for an earlier one of a worker. */
const aheadMost = 4;

type Open = { readonly answer: Promise<unknown>; settled: boolean };

/**
 * @param entry module that calls lineToMain
 * @param first asked of every worker before anything else; its answers are not given
 * @throws LineBroken when a worker ends or falls over; what `here` throws
 */
export async function* answersInOrder(entry: URL, first: unknown, questions: Iterable<unknown> | AsyncIterable<unknown>, { workers, heapMiB, here, moved }: CrewTerms): AsyncGenerator<unknown, void, void> {
  const crew = Array.from({ length: workers }, () => ({ line: startWorker(entry, () => undefined, { heapMiB }), open: 0, ready: here === undefined, fault: null as Error | null }));
  const openMost = here === undefined ? workers * openEach : workers * openEachBeside + aheadMost;
  /** Gives the question to the worker with the least to do, or answers it here when all have enough or are still starting. */
  const put = async (question: unknown): Promise<Open> => {
    const fallen = crew.find(({ fault }) => fault !== null);
    if (fallen !== undefined) throw fallen.fault ?? new Error('a fallen worker has its fault');
    const able = crew.filter((member) => member.ready && (here === undefined || member.open < openEachBeside));
    if (able.length === 0 && here !== undefined) {
      const answer = here(question);
      await nextTurn(); // what the workers said meanwhile is heard
      return { answer: Promise.resolve(answer), settled: true };
    }
    const member = able.reduce((least, candidate) => (candidate.open < least.open ? candidate : least));
    member.open += 1;
    const open: Open = {
      answer: member.line.ask(question, moved?.(question)).finally(() => {
        member.open -= 1;
        open.settled = true;
      }),
      settled: false,
    };
    // A fault is thrown when its turn comes; until then nobody waits for it.
    open.answer.catch(() => undefined);
    return open;
  };
  try {
    for (const member of crew) {
      member.line.ask(first).then(() => { member.ready = true; }, (fault: unknown) => { member.fault = fault instanceof Error ? fault : new Error(String(fault)); });
    }
    const open: Open[] = [];
    for await (const question of questions) {
      open.push(await put(question));
      while (open.length >= openMost || open[0]?.settled === true) yield await open.shift()?.answer;
    }
    for (const { answer } of open) yield await answer;
  } finally {
    await Promise.all(crew.map(({ line }) => line.terminate()));
  }
}
