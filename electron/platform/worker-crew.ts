/**
 * Several worker threads of one kind 线程组 that answer a stream of questions: answers come in the order of the questions, and no more questions are
 * taken than the threads can soon answer, so that memory does not grow with their number. The first fault of any thread ends all.
 */
import { availableParallelism } from 'node:os';
import { startWorker } from './worker-line.ts';

export type CrewTerms = {
  readonly workers: number;
  /** Old-generation heap of each worker in MiB. */
  readonly heapMiB: number;
};

/** How many threads work beside the one that reads and writes. More than four are not fed by one reader. */
export function crewSize(): number {
  return Math.min(availableParallelism(), 4);
}

/** A question waiting in the thread keeps it busy while the answer before it is being taken. */
const openEach = 2;

/**
 * @param entry module that calls lineToMain
 * @param first asked of every worker before anything else; its answers are not given
 * @throws LineBroken when a worker ends or falls over
 */
export async function* answersInOrder(entry: URL, first: unknown, questions: Iterable<unknown> | AsyncIterable<unknown>, { workers, heapMiB }: CrewTerms): AsyncGenerator<unknown, void, void> {
  const crew = Array.from({ length: workers }, () => ({ line: startWorker(entry, () => undefined, { heapMiB }), open: 0 }));
  const put = (question: unknown): Promise<unknown> => {
    const member = crew.reduce((least, candidate) => (candidate.open < least.open ? candidate : least));
    member.open += 1;
    const answer = member.line.ask(question).finally(() => { member.open -= 1; });
    // A fault is thrown when its turn comes; until then nobody waits for it.
    answer.catch(() => undefined);
    return answer;
  };
  try {
    for (const { line } of crew) line.ask(first).catch(() => undefined);
    const open: Promise<unknown>[] = [];
    for await (const question of questions) {
      open.push(put(question));
      if (open.length >= workers * openEach) yield await open.shift();
    }
    for (const answer of open) yield await answer;
  } finally {
    await Promise.all(crew.map(({ line }) => line.terminate()));
  }
}
