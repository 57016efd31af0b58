/**
 * The operations of a case table: one row an act that a clerk can ask for, its input made from the act's own fields, its answer the cases as they are
 * after it. Names and JSON shapes follow from the table alone; nothing here runs an act.
 */
import { z } from 'zod';
import type { CaseAct, CaseTable } from './case.ts';
import type { Agency } from './office.ts';
import { command, type Operation } from './operation.ts';
import type { Field, Fields } from './record.ts';
import { instantSchema, requiredText, yuanTotal } from './schema.ts';

/** Most cases one act may name; more are done by `all` or in several acts. */
export const casesPerActMax = 20_000;

/** Cases by name, or every one in a state, but for some. */
export type CaseSelection<All extends z.ZodRawShape = z.ZodRawShape> = {
  readonly named: readonly string[] | null;
  readonly all: ({ readonly state?: string | undefined } & z.output<z.ZodObject<All>>) | null;
  readonly except: readonly string[];
};

/** A case that a bulk act cannot take. `case` is what the selection takes. */
export type RefusedCase = { readonly case: string; readonly name: string; readonly code: string; readonly message: string };
/** Beside BULK_REFUSED: what could be done without those refused. */
export type BulkRefusal = { readonly fit: { readonly count: number; readonly total: string | null }; readonly refused: readonly RefusedCase[] };

type FieldInput<V> = V extends z.ZodNullable<infer I extends z.ZodType> ? z.ZodOptional<I> : V extends z.ZodBoolean ? z.ZodDefault<z.ZodBoolean> : V;
type FieldsInput<F> = { [K in keyof F]: F[K] extends Field<z.ZodType, infer V> ? FieldInput<V> : never };
type MemberInput<V> = V extends z.ZodNullable<z.ZodType> ? z.ZodDefault<V> : V;
export type GroupInput<F> = z.ZodObject<{ [K in keyof F]: F[K] extends Field<z.ZodType, infer V extends z.ZodType> ? MemberInput<V> : never }, z.core.$strict>;
type GroupsInput<G> = { [K in keyof G]: z.ZodOptional<GroupInput<G[K]>> };

type Part<Row, K extends string> = Row extends { readonly [P in K]: infer F } ? F : object;
type Asked<Row> = FieldsInput<Part<Row, 'input'>> & GroupsInput<Part<Row, 'groups'>> & (Row extends { readonly reason: 'required' } ? { reason: z.ZodString } : object);
type Flat<T> = { [K in keyof T]: T[K] };

type Acts<T extends CaseTable> = T['acts'];
type Asking<T extends CaseTable> = { [A in keyof Acts<T>]: Acts<T>[A] extends { readonly operation: string } ? A : never }[keyof Acts<T>];
type Name<T extends CaseTable, A extends keyof Acts<T>> = Acts<T>[A] extends { readonly operation: infer O extends string } ? `${T['name']}.${O}` : never;
type One<T extends CaseTable, Row> = Row extends { readonly one: true } ? { [K in T['case']]: z.ZodString } : object;

/** `{refunds: […]}` or `{all: {…}, except: […]}` as input. */
type ManyOf<T extends CaseTable, All extends z.ZodRawShape> = { [K in T['cases']]: z.ZodOptional<z.ZodArray<z.ZodType<string, string>>> } & {
  all: z.ZodOptional<z.ZodObject<Flat<All & { state: z.ZodOptional<z.ZodType<keyof T['states'], keyof T['states']>> }>, z.core.$strict>>; except: z.ZodOptional<z.ZodArray<z.ZodType<string, string>>>;
};
export type CaseOperations<T extends CaseTable, All extends z.ZodRawShape, Out extends z.ZodType> = {
  [A in Asking<T> as Name<T, A>]: Operation<'command', z.ZodObject<Flat<Asked<Acts<T>[A]> & (Acts<T>[A] extends { readonly one: true } ? One<T, Acts<T>[A]> : ManyOf<T, All>)>, z.core.$strict>, Out>;
};

type Terms<All extends z.ZodRawShape> = {
  readonly agencies: readonly Agency[];
  /** What names a case. */
  readonly ref: z.ZodType<string, string>;
  /** What limits `all` beside the state. */
  readonly all: All;
  /** Refusals of every act. */
  readonly errors: readonly string[];
};

/** The cases after an act. @param row what is told of each */
export function actedSchema<K extends string, R extends z.ZodType>(cases: K, row: R) {
  return z.strictObject({
    changed: z.boolean(),
    /** Sequence number of the journal entry; null when nothing changed. */
    entry: z.number().int().nullable(),
    count: z.number().int(),
    total: yuanTotal,
    warnings: z.array(z.string()).readonly(),
    ...({ [cases]: z.array(row).readonly() } as { readonly [P in K]: z.ZodReadonly<z.ZodArray<R>> }), // exactly this key
  });
}

/** What the page of a case tells beside the case itself: all that was done, and which acts fit its state; where one may not be done now, why. */
export function caseTold<A extends string, S extends string, R extends string>(of: { readonly acts: readonly A[]; readonly states: readonly S[]; readonly roles: readonly R[] }) {
  const acts = z.enum(of.acts);
  const states = z.enum(of.states);
  return {
    history: z.array(z.strictObject({
      no: z.number().int(),
      /** Sequence number of the journal entry. */
      entry: z.number().int(),
      act: acts, title: z.string(), from: states.nullable(), to: states, at: instantSchema, maker: z.string(), role: z.enum(of.roles).nullable(), reason: z.string().nullable(),
      /** What the act set beside the state: numbers, dates, amounts in yuan; Chinese label → text. */
      details: z.record(z.string(), z.string()),
    })),
    acts: z.array(z.strictObject({ act: acts, title: z.string(), allowed: z.boolean(), code: z.string().nullable(), message: z.string().nullable() })),
  };
}

/** Every act that has an operation. @param out made by actedSchema */
export function caseOperations<T extends CaseTable, All extends z.ZodRawShape, Out extends z.ZodType>(table: T, terms: Terms<All>, out: Out): CaseOperations<T, All, Out> {
  const rows = Object.values<CaseAct>(table.acts).flatMap((act) => {
    if (act.operation === undefined) return [];
    const errors = [...terms.errors, 'BULK_REFUSED', ...(act.errors ?? [])];
    return [[`${table.name}.${act.operation}`, command(inputOf(table, act, terms), out, { title: act.title, may: act.may, agencies: terms.agencies, errors })] as const];
  });
  return Object.fromEntries(rows) as unknown as CaseOperations<T, All, Out>; // one for every act that has an operation, its input made from its row
}

/** A selection with nothing beside it, for questions about the same cases. */
export function selectionInput<T extends CaseTable, All extends z.ZodRawShape>(table: T, terms: Pick<Terms<All>, 'ref' | 'all'>): z.ZodObject<Flat<ManyOf<T, All>>, z.core.$strict> {
  return oneOfTwo(table, manyShape(table, terms)) as never; // the shape that the type says
}

/** The selection in an act's input. */
export function selectionOf(table: CaseTable, input: Readonly<Record<string, unknown>>): CaseSelection {
  const one = input[table.case];
  const { all, except } = input as { readonly all?: CaseSelection['all']; readonly except?: readonly string[] }; // read by the schema below
  return { named: typeof one === 'string' ? [one] : ((input[table.cases] as readonly string[] | undefined) ?? null), all: all ?? null, except: except ?? [] };
}

/** Fields that travel together, as the input carries them: what is not known may be left out. */
export function groupSchema<F extends Fields>(fields: F): GroupInput<F> {
  return z.strictObject(Object.fromEntries(Object.entries(fields).map(([key, { view, nullable }]) => [key, nullable ? view.default(null) : view]))) as unknown as GroupInput<F>; // one for every key
}

function inputOf<All extends z.ZodRawShape>(table: CaseTable, act: CaseAct, terms: Terms<All>): z.ZodObject {
  const asked = {
    ...(act.reason === 'required' ? { reason: requiredText(500) } : {}),
    ...Object.fromEntries(Object.entries(act.input ?? {}).map(([key, of]) => [key, given(of)])),
    ...Object.fromEntries(Object.entries(act.groups ?? {}).map(([key, fields]) => [key, groupSchema(fields).optional()])),
  };
  return act.one === true ? z.strictObject({ [table.case]: terms.ref, ...asked }) : oneOfTwo(table, { ...manyShape(table, terms), ...asked });
}

/** A field that may be empty may be left out; a box not ticked is no. */
function given({ view, shape }: Field): z.ZodType {
  if (view instanceof z.ZodNullable) return z.optional(view.unwrap());
  return shape.kind === 'flag' ? z.boolean().default(false) : view;
}

function manyShape<All extends z.ZodRawShape>(table: CaseTable, terms: Pick<Terms<All>, 'ref' | 'all'>): z.ZodRawShape {
  const states = Object.keys(table.states) as [string, ...string[]]; // a table has states
  const named = z.array(terms.ref).min(1).max(casesPerActMax).optional();
  return { [table.cases]: named, all: z.strictObject({ state: z.enum(states).optional(), ...terms.all }).optional(), except: named };
}

function oneOfTwo(table: CaseTable, shape: z.ZodRawShape): z.ZodObject {
  const { cases, counter } = table;
  return z.strictObject(shape)
    .refine((input) => (input[cases] === undefined) !== (input['all'] === undefined), `请逐${counter}指定或指定全部，二者取一`)
    .refine((input) => input['except'] === undefined || input['all'] !== undefined, '只有指定全部时才能另外除去几项');
}
