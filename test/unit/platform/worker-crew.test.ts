/** Threads that answer a stream in its order, take no more than they can answer, and end all at once when one falls over. */
import { expect, test } from 'vitest';
import { answersInOrder } from '../../../electron/platform/worker-crew.ts';
import { LineBroken } from '../../../electron/platform/worker-line.ts';

const entry = new URL('../../support/foreign-parsers/ill-behaved-crew.ts', import.meta.url);

test.each([1, 3])('%d threads answer in the order of the questions, and the questions wait for the answers', async (workers) => {
  let asked = 0;
  let answered = 0;
  let mostOpen = 0;
  function* questions(): Generator<number, void, void> {
    for (; asked < 60; asked += 1) {
      mostOpen = Math.max(mostOpen, asked - answered);
      yield asked;
    }
  }
  const answers: unknown[] = [];
  for await (const answer of answersInOrder(entry, 'first', questions(), { workers, heapMiB: 64 })) {
    answers.push(answer);
    answered += 1;
  }
  expect(answers).toEqual(Array.from({ length: 60 }, (_, index) => index * 2));
  expect(mostOpen).toBeLessThanOrEqual(workers * 2);
});

test('the asking thread answers too, in the same order, and takes no more than the threads and it can answer', async () => {
  let answeredHere = 0;
  let [asked, answered, mostOpen] = [0, 0, 0];
  function* questions(): Generator<number, void, void> {
    for (; asked < 200; asked += 1) {
      mostOpen = Math.max(mostOpen, asked - answered);
      yield asked;
    }
  }
  const here = (question: unknown): number => {
    answeredHere += 1;
    return Number(question) * 2;
  };
  const answers: unknown[] = [];
  for await (const answer of answersInOrder(entry, 'first', questions(), { workers: 2, heapMiB: 64, here })) {
    answers.push(answer);
    answered += 1;
  }
  expect(answers).toEqual(Array.from({ length: 200 }, (_, index) => index * 2));
  expect(answeredHere).toBeGreaterThan(0);
  expect(mostOpen).toBeLessThanOrEqual(2 * 3 + 4);
});

test('a thread that falls over while it starts ends the work of the asking thread too', async () => {
  function* endless(): Generator<number, void, void> {
    for (;;) yield 1;
  }
  const work = (async () => { for await (const answer of answersInOrder(entry, 'leaves', endless(), { workers: 1, heapMiB: 64, here: () => 2 })) expect(answer).toBe(2); })();
  await expect(work).rejects.toThrow(LineBroken);
});

test.each(['throws', 'leaves', 'greedy'])('a thread that %s ends the whole work with a fault, after the answers before it', async (grief) => {
  const answers: unknown[] = [];
  const work = (async () => {
    for await (const answer of answersInOrder(entry, 'first', [1, 3, grief, 5, 7, 9, 11, 13], { workers: 2, heapMiB: 32 })) answers.push(answer);
  })();
  await expect(work).rejects.toThrow(LineBroken);
  expect(answers).toEqual([2, 6].slice(0, answers.length));
});

test('a thread that falls over at its first question is a fault, not a wait', async () => {
  const work = answersInOrder(entry, 'leaves', [1, 3, 5, 7, 9], { workers: 2, heapMiB: 64 }).next();
  await expect(work).rejects.toThrow(LineBroken);
});

test('a fault of the questions themselves comes out, and whoever stops listening leaves no thread behind', async () => {
  function* broken(): Generator<number, void, void> {
    yield 1;
    throw new RangeError('no more');
  }
  await expect((async () => { for await (const answer of answersInOrder(entry, 'first', broken(), { workers: 1, heapMiB: 64 })) expect(answer).toBe(2); })()).rejects.toThrow(RangeError);
  for await (const answer of answersInOrder(entry, 'first', [1, 3, 5, 7, 9], { workers: 2, heapMiB: 64 })) {
    expect(answer).toBe(2);
    break;
  }
});
