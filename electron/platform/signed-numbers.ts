/**
 * The book of signed numbers 已签包号簿: beside the ledger and outside it, the numbers under which this office has signed packages, one line each, never
 * rewritten. An older copy of the ledger put back brings its own past along, but not this file. It knows numbers, no packages.
 * @source shared spec decisions 4 (highest numbers signed); reviews/faults.md C8
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';

const lineSchema = z.strictObject({ to: z.string(), epoch: z.int().min(1), seq: z.int().min(1), manifestHash: z.string().regex(/^[0-9a-f]{64}$/) });
export type SignedNumber = z.output<typeof lineSchema>;

export type SignedNumbers = {
  /** The highest number noted for a receiver, or null. @throws SignedNumbersFault */
  highest(to: string): SignedNumber | null;
  /** The hash noted under a number, or null. @throws SignedNumbersFault */
  hashAt(place: Pick<SignedNumber, 'to' | 'epoch' | 'seq'>): string | null;
  /** Notes a number for good, on the disk before it returns; the same line again changes nothing. */
  note(number: SignedNumber): void;
  /** Keeps a number until its act is committed. */
  begin(number: SignedNumber): void;
  /** After the commit: notes what was begun. */
  settle(): void;
  /** After a failed act: what was begun was never signed. */
  forget(): void;
};

/** The book cannot be read: nothing may be signed until people have looked. */
export class SignedNumbersFault extends Error {
  override readonly name = 'SignedNumbersFault';
}

export function signedNumbers(path: string): SignedNumbers {
  let begun: readonly SignedNumber[] = [];
  const noted = (): readonly SignedNumber[] => (existsSync(path) ? linesOf(readFileSync(path, 'utf8')) : []);
  const hashAt: SignedNumbers['hashAt'] = ({ to, epoch, seq }) => noted().findLast((line) => line.to === to && line.epoch === epoch && line.seq === seq)?.manifestHash ?? null;
  const note = (number: SignedNumber): void => {
    if (hashAt(number) === number.manifestHash) return;
    const book = openSync(path, 'a', 0o600);
    try {
      // A line cut by a power failure is ended first, so that it never runs into this one.
      writeSync(book, `${endsOpen(path) ? '\n' : ''}${JSON.stringify(number)}\n`);
      fsyncSync(book);
    } finally {
      closeSync(book);
    }
  };
  return {
    highest: (to) => noted().filter((line) => line.to === to).reduce<SignedNumber | null>((high, line) => (high === null || isAfter(line, high) ? line : high), null),
    hashAt,
    note,
    begin(number) {
      begun = [...begun, number];
    },
    settle() {
      const numbers = begun;
      begun = [];
      for (const number of numbers) note(number);
    },
    forget() {
      begun = [];
    },
  };
}

/** Numbers begin again with each epoch 开期. */
export function isAfter(a: Pick<SignedNumber, 'epoch' | 'seq'>, b: Pick<SignedNumber, 'epoch' | 'seq'>): boolean {
  return a.epoch === b.epoch ? a.seq > b.seq : a.epoch > b.epoch;
}

/** Whole lines; one that a power failure cut short named a number that had not left the office yet. */
function linesOf(text: string): readonly SignedNumber[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    const value = jsonOf(line);
    if (value === undefined) return [];
    const parsed = lineSchema.safeParse(value);
    if (!parsed.success) throw new SignedNumbersFault(line);
    return [parsed.data];
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (line.endsWith('}')) throw new SignedNumbersFault(line, { cause: error });
    return undefined;
  }
}

function endsOpen(path: string): boolean {
  const text = readFileSync(path, 'utf8');
  return text !== '' && !text.endsWith('\n');
}
