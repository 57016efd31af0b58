/**
 * A record 单据 is described once: one table of fields from which its type, its schema (as journal and package carry it), its view (as screens and
 * the command line carry it), its Chinese names, the columns of its table and the fields of its form are made. Nobody spells a record again.
 * @source shared spec decisions 31; platform/record-table.ts makes the SQL
 */
import { z } from 'zod';
import { yuanText } from './money.ts';
import { civilDateSchema, fenNotNegative, fenTotal, instantSchema, periodSchema, requiredText, textSchema, yuanNotNegative, yuanTotal } from './schema.ts';

/** What a field holds, for whoever draws a control, a column or a line of paper for it. */
export type FieldShape =
  | { readonly kind: 'fen' | 'count' | 'flag' | 'date' | 'instant' | 'period' | 'coded' | 'text' }
  /** Several lines of free text. */
  | { readonly kind: 'note' }
  /** A closed list: word → its Chinese name. */
  | { readonly kind: 'words'; readonly words: Readonly<Record<string, string>> };

export type Field<S extends z.ZodType = z.ZodType, V extends z.ZodType = z.ZodType> = {
  /** The official word, as on the form. */
  readonly label: string;
  /** In journal bodies and packages: integer fen as text outside, typed inside. */
  readonly schema: S;
  /** Towards people: yuan text outside, the same inside. */
  readonly view: V;
  readonly shape: FieldShape;
  readonly sql: 'TEXT' | 'INTEGER';
  readonly nullable: boolean;
  /** What SQLite checks beside the type; `@` stands for the column. */
  readonly check: string | null;
};
export type Fields = Readonly<Record<string, Field>>;
export type RecordOf<F extends Fields> = { readonly [K in keyof F]: z.output<F[K]['schema']> };

const row = <S extends z.ZodType, V extends z.ZodType = S>(label: string, schema: S, shape: FieldShape, sql: Field['sql'], check: string | null = null, view?: V): Field<S, V> => ({
  label, schema, view: view ?? (schema as unknown as V), shape, sql, nullable: false, check, // without a view of its own a field looks the same everywhere
});

export const field = {
  fen: (label: string) => row(label, fenNotNegative, { kind: 'fen' }, 'INTEGER', '@ >= 0', yuanNotNegative),
  /** A sum of amounts 合计: more digits than one amount may have. */
  total: (label: string) => row(label, fenTotal, { kind: 'fen' }, 'INTEGER', '@ >= 0', yuanTotal),
  /** A whole number that is no money. */
  count: (label: string, least = 0, most = Number.MAX_SAFE_INTEGER) => row(label, z.int().min(least).max(most), { kind: 'count' }, 'INTEGER', `@ >= ${String(least)}`),
  flag: (label: string) => row(label, z.boolean(), { kind: 'flag' }, 'INTEGER', '@ IN (0, 1)'),
  text: (label: string, longest: number) => row(label, requiredText(longest), { kind: 'text' }, 'TEXT'),
  note: (label: string, longest: number) => row(label, textSchema(longest), { kind: 'note' }, 'TEXT'),
  date: (label: string) => row(label, civilDateSchema, { kind: 'date' }, 'TEXT'),
  instant: (label: string) => row(label, instantSchema, { kind: 'instant' }, 'TEXT'),
  period: (label: string) => row(label, periodSchema, { kind: 'period' }, 'TEXT'),
  /** @param fault what a person reads when the text has another form */
  coded: (label: string, form: RegExp, fault: string) => row(label, z.string().regex(form, fault), { kind: 'coded' }, 'TEXT'),
  /** @param words every word with its Chinese name */
  oneOf: <const W extends Readonly<Record<string, string>>>(label: string, words: W) => {
    const keys = Object.keys(words) as [keyof W & string, ...(keyof W & string)[]]; // the keys of a closed table
    return row(label, z.enum(keys), { kind: 'words', words }, 'TEXT', `@ IN (${keys.map((word) => `'${word}'`).join(', ')})`);
  },
  /** Text with a schema of its own: a code with a check character, a month or a word, a document inside a row. */
  own: <S extends z.ZodType>(label: string, schema: S) => row(label, schema, { kind: 'text' }, 'TEXT'),
  /** Fen that may be negative, or that are a total of more digits than one amount may have. */
  fenBy: <S extends z.ZodType<bigint>>(label: string, schema: S) => row(label, schema, { kind: 'fen' }, 'INTEGER'),
  optional: <S extends z.ZodType, V extends z.ZodType>(of: Field<S, V>): Field<z.ZodNullable<S>, z.ZodNullable<V>> => ({
    ...of, schema: of.schema.nullable(), view: of.view.nullable(), nullable: true,
  }),
};

/** The schema of a record in journal and package; unknown fields are refused. */
export function schemaOf<F extends Fields>(fields: F) {
  return z.strictObject(shapeOf(fields, 'schema'));
}

/** The schema of a record towards people. */
export function viewOf<F extends Fields>(fields: F) {
  return z.strictObject(shapeOf(fields, 'view'));
}

export function labelsOf<F extends Fields>(fields: F): { readonly [K in keyof F]: string } {
  return Object.fromEntries(Object.entries(fields).map(([key, { label }]) => [key, label])) as { readonly [K in keyof F]: string }; // one for every key
}

/** Some fields of a record, in the order of its table. */
export function pickFields<F extends Fields, const K extends readonly (keyof F & string)[]>(fields: F, keys: K): Pick<F, K[number]> {
  return Object.fromEntries(Object.entries(fields).filter(([key]) => keys.includes(key))) as unknown as Pick<F, K[number]>;
}

/** The record inside a wider row: its own fields and nothing else. */
export function onlyFields<F extends Fields>(fields: F, row: RecordOf<F>): RecordOf<F> {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, row[key]])) as RecordOf<F>; // every field of the table, taken from the row
}

/** The name of a field's column: `filingPeriod` → `filing_period`. `on` is a word of SQL itself. */
export function columnOf(key: string): string {
  return key === 'on' ? 'on_date' : key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Facts of an event under their labels, as a person reads them; what is blank is left out. @param facts as the journal carries them */
export function fieldTexts(fields: Fields, facts: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, { label, shape }]) => {
    const value = facts[key];
    if (value === undefined || value === null || value === '') return [];
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    if (shape.kind === 'fen') return [[label, yuanText(BigInt(text))]];
    if (shape.kind === 'words') return [[label, shape.words[text] ?? text]];
    return [[label, shape.kind === 'flag' ? (value === true ? '是' : '否') : text]];
  }));
}

function shapeOf<F extends Fields, K extends 'schema' | 'view'>(fields: F, side: K): { readonly [N in keyof F]: F[N][K] } {
  return Object.fromEntries(Object.entries(fields).map(([key, of]) => [key, of[side]])) as { readonly [N in keyof F]: F[N][K] }; // one for every key
}
