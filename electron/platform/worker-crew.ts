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

export type WorkTerms<Q, A> = {
  /** Threads beside this one; 0 for none. */
  readonly workers: number;
  readonly heapMiB: number;
  /** So many questions are answered here: starting threads takes as long. */
  readonly few: number;
  readonly here: (question: Q) => A;
  readonly moved?: (question: Q) => readonly ArrayBuffer[];
};

/**
 * The same for work that may be small: answered in this thread, turn by turn, or by a crew and this thread.
 * @param entry module that answers a question as `here` does
 */
export async function* answersOf<Q, A>(entry: URL, first: unknown, questions: Iterable<Q> | AsyncIterable<Q>, { workers, heapMiB, few, here, moved }: WorkTerms<Q, A>): AsyncGenerator<A, void, void> {
  const source = each(questions);
  const begun = await taken(source, workers === 0 ? 0 : few + 1);
  const all = joined(begun, source);
  if (workers > 0 && begun.length > few) {
    // The crew is asked what `questions` gave, and answers as `here` does.
    const crew = { workers, heapMiB, here: (question: unknown) => here(question as Q), moved: (question: unknown) => moved?.(question as Q) ?? [] };
    yield* answersInOrder(entry, first, all, crew) as AsyncGenerator<A, void, void>;
    return;
  }
  for await (const question of all) {
    yield here(question);
    await nextTurn();
  }
}

async function* each<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void, void> {
  yield* items;
}

async function taken<T>(source: AsyncGenerator<T, void, void>, most: number): Promise<T[]> {
  const items: T[] = [];
  while (items.length < most) {
    const next = await source.next();
    if (next.done === true) break;
    items.push(next.value);
  }
  return items;
}

async function* joined<T>(first: readonly T[], rest: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
  yield* first;
  yield* rest;
}
