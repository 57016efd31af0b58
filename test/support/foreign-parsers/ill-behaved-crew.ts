/** A worker of a crew that doubles numbers, slowly when they are even, and comes to grief as it is told. */
import process from 'node:process';
import { lineToMain } from '../../../electron/platform/worker-line.ts';

const hoard: unknown[] = [];

lineToMain(async (question) => {
  if (question === 'throws') throw new Error('fell over');
  if (question === 'leaves') process.exit(3);
  if (question === 'greedy') for (;;) hoard.push(Array.from({ length: 100_000 }, (_, index) => ({ index })));
  if (typeof question !== 'number') return null;
  if (question % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 3));
  return question * 2;
});
