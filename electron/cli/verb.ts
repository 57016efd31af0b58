/**
 * The form of a verb 命令 of the headless interface. A verb turns words into operations and results into text; it decides nothing. Its
 * result has one JSON document and one Chinese text, and the exit code of headless.md.
 */
import type { ErrorKey } from '../../shared/errors.ts';
import { parseCivilDate, type CivilDate } from '../../shared/kernel/civil-date.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { parsePeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Progress, Surroundings } from '../journal/index.ts';
import type { ByteSink } from '../platform/output-file.ts';
import type { ResourceReader } from '../platform/resources.ts';
import type { Session } from './session.ts';

export type VerbOptions = Readonly<Record<string, string | boolean | undefined>>;

/** What a verb has that needs no office. */
export type BareArgs = {
  readonly words: readonly string[];
  readonly options: VerbOptions;
  readonly resources: ResourceReader;
  /** Told on standard error. */
  readonly progress: Progress;
  /** Reads the next line of standard input or of --password-fd. @throws Refusal SECRET_NEEDED */
  readonly secret: (what: string) => string;
  /** All of standard input, for `operation NAME -`. */
  readonly standardInput: () => string;
  readonly output: Output;
  /** From the first call on, an interrupt (Ctrl+C) asks the verb to stop instead of ending the program; a second one ends it. */
  readonly stopSignal: () => AbortSignal;
};

export type VerbArgs = BareArgs & {
  /** Surroundings with the clock of --clock, progress to standard error. */
  readonly env: Surroundings;
  /** The office of --office, opened at the first use. @throws Refusal */
  readonly session: () => Session;
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

export type VerbForm = {
  /** One or two words: `evaluate`, `office init`. */
  readonly name: string;
  /** After the name, in Chinese where it is prose. */
  readonly usage: string;
  readonly says: string;
  readonly options: Readonly<Record<string, 'text' | 'flag'>>;
  /** Fewest and most words after the name. */
  readonly words: readonly [number, number];
};

export type Verb = VerbForm & { readonly run: (args: VerbArgs) => Promise<VerbResult> | VerbResult };

/** A verb that needs no office: it runs without any of an office's code being read. */
export type BareVerb = VerbForm & { readonly run: (args: BareArgs) => Promise<VerbResult> | VerbResult };

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

/** @param what the option or argument, as the usage names it @throws UsageFault */
export function agencyOf(text: string, what: string): Agency {
  const agency = agencies.find((candidate) => candidate === text);
  if (agency === undefined) throw new UsageFault(`${what} 须是 tax、finance 或 treasury`);
  return agency;
}

/** @throws UsageFault */
export function periodOf(text: string): TaxPeriod {
  const period = parsePeriod(text);
  if (period === null) throw new UsageFault('--period 须是 YYYY-MM');
  return period;
}

/** A day option when it is given. @throws UsageFault */
export function dayOption(options: VerbOptions, name: string): CivilDate | null {
  const text = textOption(options, name);
  const day = text === undefined ? null : parseCivilDate(text);
  if (text !== undefined && day === null) throw new UsageFault(`--${name} 须是 YYYY-MM-DD`);
  return day;
}

/** The period option when it is given. @throws UsageFault */
export function optionalPeriod(options: VerbOptions): { readonly period?: TaxPeriod } {
  const text = textOption(options, 'period');
  return text === undefined ? {} : { period: periodOf(text) };
}

/** A sentence of the table of refusals; the table, which knows every capability, is read only when a sentence is needed. */
export async function sentenceOf(code: ErrorKey, params: ErrorParams = {}): Promise<string> {
  const { errorMessage } = await import('../../shared/error-table.ts');
  return errorMessage(code, params);
}
