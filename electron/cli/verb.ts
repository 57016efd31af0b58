/**
 * The form of a verb 命令 of the headless interface. A verb turns words into operations and results into text; it decides nothing. Its
 * result has one JSON document and one Chinese text, and the exit code of headless.md.
 */
import type { Surroundings } from '../journal/index.ts';
import type { ByteSink } from '../platform/output-file.ts';
import type { Session } from './session.ts';

export type VerbOptions = Readonly<Record<string, string | boolean | undefined>>;

export type VerbArgs = {
  readonly words: readonly string[];
  readonly options: VerbOptions;
  /** Surroundings with the clock of --clock, progress to standard error. */
  readonly env: Surroundings;
  /** The office of --office, opened at the first use. @throws Refusal */
  readonly session: () => Session;
  /** Reads the next line of standard input or of --password-fd. @throws Refusal SECRET_NEEDED */
  readonly secret: (what: string) => string;
  /** All of standard input, for `operation NAME -`. */
  readonly standardInput: () => string;
  readonly output: Output;
  /** From the first call on, an interrupt (Ctrl+C) asks the verb to stop instead of ending the program; a second one ends it. */
  readonly stopSignal: () => AbortSignal;
};

export type LineWriter = { readonly line: (text: string) => void; readonly flush: () => void; readonly close: () => void };

/** Standard output for verbs that print as they go. */
export type Output = {
  readonly lines: () => LineWriter;
  readonly bytes: () => ByteSink;
  /** A line for the person at the screen, beside the result: standard error. */
  readonly notice: (text: string) => void;
};

export type VerbResult = {
  readonly exit: 0 | 1 | 3;
  readonly json: unknown;
  readonly text: string;
  /** True when the verb has printed its lines itself. */
  readonly printed?: boolean;
};

export type Verb = {
  /** One or two words: `evaluate`, `office init`. */
  readonly name: string;
  /** After the name, in Chinese where it is prose. */
  readonly usage: string;
  readonly says: string;
  readonly options: Readonly<Record<string, 'text' | 'flag'>>;
  /** Fewest and most words after the name. */
  readonly words: readonly [number, number];
  readonly run: (args: VerbArgs) => Promise<VerbResult> | VerbResult;
};

/** Wrong usage: exit 2 with the usage line. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

export function textOption(options: VerbOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

export function requiredOption(options: VerbOptions, name: string): string {
  const value = textOption(options, name);
  if (value === undefined) throw new UsageFault(`缺少 --${name}`);
  return value;
}
