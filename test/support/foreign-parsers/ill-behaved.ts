/** A worker entry that behaves as a parser under attack would: endless, greedy, crashing, leaving, or simply doing its work. */
import { serveForeign } from '../../../electron/platform/worker-line.ts';

const behaviours: Readonly<Record<string, () => Generator<number, void, void>>> = {
  *count() {
    yield 1;
    yield 2;
  },
  *endless() {
    let turns = 0;
    while (turns >= 0) turns += 1;
    yield turns;
  },
  *greedy() {
    const kept: number[][] = [];
    while (kept.length >= 0) kept.push(Array.from({ length: 10_000 }, (_, index) => index));
    yield kept.length;
  },
  *throws() {
    yield 1;
    throw new Error('the parser fell over');
  },
  *leaves() {
    yield process.exit(7);
  },
  *environment() {
    yield Object.keys(process.env).length;
  },
};

serveForeign((request) => {
  const behaviour = behaviours[String(request)];
  if (behaviour === undefined) throw new Error(`no such behaviour: ${String(request)}`);
  return behaviour();
});
