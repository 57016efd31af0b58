/**
 * The engine of every lifecycle 办理: which cases an act is asked for, whether state, duties and the act's own conditions let each take it, all refused
 * together or one entry with a line each, folded line by line. A capability gives its book and, for every act, what it asks, decides and writes.
 */
import { z } from 'zod';
import { refusal, refuse, type ErrorKey } from '../../shared/errors.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { actOf, actsFrom, fits, forbiddenBeside, type CaseTable } from '../../shared/kernel/case.ts';
import { selectionOf, type BulkRefusal, type CaseSelection, type RefusedCase } from '../../shared/kernel/case-operations.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { sumFen, yuanText, type Fen } from '../../shared/kernel/money.ts';
import { dutyNames } from '../../shared/kernel/office.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { civilDateSchema, requiredText } from '../../shared/kernel/schema.ts';
import type { Database } from '../platform/database.ts';
import { keysInStates, moveCase, rolesHeld, type AnyBook, type CaseBook, type CaseRecord, type Change } from './case-book.ts';
import { refuseLockedDay } from './locked-days.ts';
import { plain, type AnyHandler, type Context, type HandlersOf } from './context.ts';
import { blobRefSchema, canonicalText, defineEntry, type BlobRef, type EntryKind, type FoldEntry, type JsonValue } from './entry.ts';

/** Facts of every act. */
type ActFacts = { readonly on: CivilDate; readonly reason: string | null; readonly count: number; readonly lines: BlobRef };

/** What a line's writer sees. */
export type LineScene<C, L, F> = { readonly db: Database; readonly entry: FoldEntry<ActFacts & F>; readonly before: C; readonly line: L };
type Decided<L> = L | Refusal;
/** What is said beside the answer of an act. */
type Aside = { readonly on: CivilDate; readonly reason: string | null; readonly warn: (warning: string | null) => void };

/** What one act does. `I` is its operation's input, `L` a line beside the case's key, `F` facts beside those of every act. */
export type ActTerms<C, I, L extends z.ZodRawShape, F extends z.ZodRawShape> = {
  readonly line?: L;
  readonly more?: { readonly facts: F; readonly of: (input: I) => z.output<z.ZodObject<F>>; readonly upcast?: EntryKind['upcast'] };
  /** The business date; the input's `on`, else today. */
  readonly on?: (input: I) => CivilDate;
  /** Refusal for amounts that only a single case can be given. */
  readonly singly?: ErrorKey;
  /** Called once an act; judges and answers case by case. Left out where the state alone decides. */
  readonly decide?: (ctx: Context, input: I, aside: Aside) => (record: C, index: number) => Decided<z.output<z.ZodObject<L>>>;
  /** What all lines take together once each is decided: numbers. */
  readonly together?: (ctx: Context, lines: readonly z.output<z.ZodObject<L>>[], aside: Aside) => Decided<readonly z.output<z.ZodObject<L>>[]>;
  /** The act's own columns and facts; it may write other tables too. */
  readonly write?: (scene: LineScene<C, z.output<z.ZodObject<L>>, z.output<z.ZodObject<F>>>) => Change;
};

/** One act of a book, ready to run and to fold. */
export type BookAct<S extends string, A extends string, R extends string, C extends CaseRecord<S>> = {
  readonly act: A;
  readonly kind: EntryKind;
  readonly book: CaseBook<S, A, R, C>;
  readonly terms: ActTerms<C, never, z.ZodRawShape, z.ZodRawShape>;
  readonly lineSchema: z.ZodObject;
};

type InputOf<T extends CaseTable, K, A extends keyof T['acts']> = T['acts'][A] extends { readonly operation: infer O extends string }
  ? `${T['name']}.${O}` extends keyof K ? (K[`${T['name']}.${O}`] extends Operation<'command', infer I> ? z.output<I> : never) : never
  : object;

/**
 * How a capability writes its acts: `act('apply', { … })`. @param contract gives each act the type of its operation's input
 */
export function actsOf<T extends CaseTable<S, A, R>, K extends Readonly<Record<string, Operation>>, S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  table: T & CaseTable<S, A, R>, book: CaseBook<S, A, R, C>, contract: K,
) {
  return <N extends A, L extends z.ZodRawShape = z.ZodRawShape, F extends z.ZodRawShape = z.ZodRawShape>(
    act: N, terms: ActTerms<C, InputOf<T, K, N>, L, F> = {},
  ): BookAct<S, A, R, C> & { readonly act: N } => {
    const { operation } = actOf(table, act);
    assert(operation === undefined || Object.hasOwn(contract, `${table.name}.${operation}`), `${act} is asked for by an operation`);
    const lineSchema = z.strictObject({ ...terms.line, [book.key]: book.keySchema });
    const kind = defineEntry({
      kind: `${table.name}.${act}`,
      stream: 'business',
      version: 1 + Object.keys(terms.more?.upcast ?? {}).length,
      title: actOf(book.table, act).title,
      facts: z.strictObject({ on: civilDateSchema, reason: (book.reason ?? requiredText(500)).nullable(), ...terms.more?.facts, count: z.number().int().min(1), lines: blobRefSchema }),
      ...(terms.more?.upcast === undefined ? {} : { upcast: terms.more.upcast }),
      fold({ db, lines }, entry) {
        let count = 0;
        const facts = entry.facts as ActFacts & z.output<z.ZodObject<F>>; // the schema above
        for (const value of lines(facts.lines)) {
          const line = z.decode(lineSchema, value as never); // checked by the schema
          const before = present(book.read(db, String(line[book.key])), `case ${String(line[book.key])}`);
          moveCase(db, book, entry, act, before, facts.reason, terms.write?.({ db, entry: { ...entry, facts }, before, line: line as never }));
          count += 1;
        }
        assert(count === facts.count, `${kind.kind} has as many lines as it says`);
      },
    });
    return { act, kind, book, terms: terms as never, lineSchema }; // the closed table holds kinds of all shapes
  };
}

/** The operations of acts, by name; a capability answers the others itself. @param told what the answer tells of each case */
export function caseHandlers<K extends Readonly<Record<string, Operation>>, S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  acts: readonly BookAct<S, A, R, C>[], told: (record: C) => object,
): HandlersOf<K> {
  const rows = acts.flatMap((act): [string, AnyHandler<Readonly<Record<string, unknown>>, unknown>][] => {
    const { operation } = actOf(act.book.table, act.act);
    return operation === undefined ? [] : [[`${act.book.table.name}.${operation}`, plain((ctx, input) => runAct(ctx, act, input, told))]];
  });
  return Object.fromEntries(rows) as unknown as HandlersOf<K>; // every act with an operation; the completeness test finds a missing one
}

type Chosen<C> = { readonly records: readonly C[]; readonly unknown: readonly string[] };

/** The cases of a selection in order, each once, and the references that name none. */
export function chosenCases<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(ctx: Context, book: CaseBook<S, A, R, C>, act: A, selection: CaseSelection): Chosen<C> {
  const find = (ref: string): C | null => (book.find ?? book.read)(ctx.db, ref);
  if (selection.all !== null) {
    const { state, ...limits } = selection.all;
    const left = new Set(selection.except.flatMap((ref) => { const record = find(ref); return record === null ? [] : [book.keyOf(record)]; }));
    const keys = keysInStates(ctx.db, book, state === undefined ? actOf(book.table, act).from : [state as S], limits); // an input's state is one of the table's
    return { records: keys.filter((key) => !left.has(key)).map((key) => present(book.read(ctx.db, key), key)), unknown: [] };
  }
  const records = new Map<string, C>();
  const unknown: string[] = [];
  for (const ref of selection.named ?? []) {
    const record = find(ref);
    if (record === null) unknown.push(ref);
    else records.set(book.keyOf(record), record);
  }
  return { records: [...records.values()], unknown };
}

/** State, then duty, then the separation of duties: what stands before any condition of the act itself. All roles ever held count, also of earlier rounds. */
function judgeCommon<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(ctx: Context, book: CaseBook<S, A, R, C>, act: A, record: C): Refusal | null {
  const { table } = book;
  if (!fits(table, act, record.state)) return book.refuse.unfit(record, { state: table.states[record.state].name, act: actOf(table, act).title });
  return judgePerson(ctx, book, act, record);
}

function judgePerson<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(ctx: Context, book: CaseBook<S, A, R, C>, act: A, record: C): Refusal | null {
  const { table } = book;
  const { title, may, role } = actOf(table, act);
  if (!may.some((duty) => ctx.actor.duties.includes(duty))) {
    return refusal('DUTY_NOT_HELD', { person: ctx.actor.name, title, needed: may.map((duty) => dutyNames[duty]).join('、') });
  }
  const held = role === null ? null : forbiddenBeside(table, role, rolesHeld(ctx.db, book, book.keyOf(record), ctx.actor.username));
  return role === null || held === null ? null : book.refuse.samePerson(record, { person: ctx.actor.name, held: table.roleNames[held], role: table.roleNames[role] });
}

/**
 * The lines of an act, decided case by case.
 * @throws Refusal of the one case chosen, or BULK_REFUSED with every refusal, and what could be done without them
 */
export function decideLines<S extends string, A extends string, R extends string, C extends CaseRecord<S>, L>(
  ctx: Context, book: CaseBook<S, A, R, C>, act: A, chosen: Chosen<C>, decide: (record: C, index: number) => Decided<L>,
): readonly L[] {
  const { records, unknown } = chosen;
  const refused: { readonly item: RefusedCase; readonly by: Refusal }[] = unknown.map((ref) => refusedCase(book, ref, '', book.refuse.unknown(ref)));
  const fit: C[] = [];
  const lines: L[] = [];
  for (const record of records) {
    const decided = judgeCommon(ctx, book, act, record) ?? decide(record, lines.length);
    if (decided instanceof Refusal) refused.push(refusedCase(book, book.keyOf(record), record.name, decided));
    else {
      fit.push(record);
      lines.push(decided);
    }
  }
  const [first] = refused;
  if (first === undefined) return lines;
  const total = records.length + unknown.length;
  if (total === 1) throw first.by;
  const { amount, table } = book;
  const details: BulkRefusal = {
    fit: { count: fit.length, total: amount === null ? null : yuanText(sumFen(fit.map((record) => amount.of(record)))) }, refused: refused.map((row) => row.item),
  };
  return refuse('BULK_REFUSED', { total, count: refused.length, act: actOf(table, act).title, counter: table.counter }, details);
}

function refusedCase(book: Pick<AnyBook, 'sentence'>, key: string, name: string, by: Refusal): { readonly item: RefusedCase; readonly by: Refusal } {
  return { item: { case: key, name, code: by.code, message: book.sentence(by) }, by };
}

/** The answer of an act: the cases as they are after it; nothing changed where a selection of all found none. */
export type CasesActed = { readonly changed: boolean; readonly entry: number | null; readonly count: number; readonly total: Fen; readonly warnings: readonly string[] };

/** Decides, appends one entry, and answers with the cases as they are afterwards. */
export function runAct<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  ctx: Context, { act, kind, book, terms, lineSchema }: BookAct<S, A, R, C>, input: Readonly<Record<string, unknown>>, told: (record: C) => unknown,
): CasesActed & Readonly<Record<string, unknown>> {
  const given = input as never; // the operation's schema has read it, of which the terms were made
  const on = terms.on?.(given) ?? (input['on'] as CivilDate | undefined) ?? ctx.today;
  book.requireDate?.(ctx, on);
  refuseLockedDay(ctx, on);
  const reason = (input['reason'] as string | undefined) ?? null;
  const chosen = chosenCases(ctx, book, act, selectionOf(book.table, input));
  const count = chosen.records.length + chosen.unknown.length;
  if (count > 1 && terms.singly !== undefined && actOf(book.table, act).singly?.some((key) => input[key] !== undefined) === true) refuse(terms.singly, { count });
  const warnings = new Set<string>();
  const aside: Aside = { on, reason, warn: (warning) => { if (warning !== null) warnings.add(warning); } };
  const decide = terms.decide?.(ctx, given, aside);
  const decided = decideLines(ctx, book, act, chosen, (record, index) => decide?.(record, index) ?? {});
  const [first] = chosen.records;
  if (first === undefined) return { changed: false, entry: null, count: 0, total: 0n, warnings: [], [book.table.cases]: [] };
  const lines = terms.together?.(ctx, decided, aside) ?? decided;
  if (lines instanceof Refusal) throw lines;
  const entry = appendAct(ctx, { act, kind, book, lineSchema }, { on, reason, records: chosen.records, lines, more: terms.more?.of(given) ?? {} });
  const after = chosen.records.map((record) => present(book.read(ctx.db, book.keyOf(record)), 'a case just moved'));
  const { amount } = book;
  return {
    changed: true, entry, count: after.length, total: amount === null ? 0n : sumFen(after.map((record) => amount.of(record))), warnings: [...warnings],
    [book.table.cases]: after.map(told),
  };
}

/** Appends one act on one or many cases and folds it. @returns the sequence number of the entry */
export function appendAct<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(
  ctx: Context, { act, kind, book, lineSchema }: Pick<BookAct<S, A, R, C>, 'act' | 'kind' | 'book' | 'lineSchema'>,
  of: { readonly on: CivilDate; readonly reason: string | null; readonly records: readonly C[]; readonly lines: readonly object[]; readonly more?: object },
): number {
  const first = present(of.records[0], 'an act is about some case');
  const key = book.keyOf(first);
  const lines = of.lines.map((line, index) => canonicalText(z.encode(lineSchema, { ...line, [book.key]: book.keyOf(present(of.records[index], 'a line a case')) })));
  return ctx.journal.append(kind, {
    key: `${book.table.name}.${act}/${key}/${String(first.events + 1)}`,
    subject: lines.length === 1 ? key : `${key}+${String(lines.length - 1)}`,
    ...(book.periodOf === undefined ? {} : { period: book.periodOf(first) }),
    facts: { on: of.on, reason: of.reason, count: lines.length, lines: ctx.journal.putLines(lines), ...of.more },
  });
}

/** Acts of a person that fit a case, each with the reason why this one may not do it. Conditions on amounts are judged by the act. */
export function possibleActs<S extends string, A extends string, R extends string, C extends CaseRecord<S>>(ctx: Context, book: CaseBook<S, A, R, C>, record: C) {
  return actsFrom(book.table, record.state).filter((act) => actOf(book.table, act).by === 'person').map((act) => {
    const fault = judgePerson(ctx, book, act, record);
    return { act, title: actOf(book.table, act).title, allowed: fault === null, code: fault?.code ?? null, message: fault === null ? null : book.sentence(fault) };
  });
}

/** Lifts facts that lacked these members. */
export function withFacts(more: Readonly<Record<string, JsonValue>>): (facts: JsonValue) => JsonValue {
  return (facts) => ({ ...more, ...(facts as Readonly<Record<string, JsonValue>>) }); // facts are an object
}
