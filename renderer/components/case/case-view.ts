/**
 * What a page of cases is made from 办理页: a capability's case table and, beside it, its columns, questions and words. QueuePage, CasePage
 * and ActDialog know no capability; everything that differs between refunds, payments and what is to come stands in one such description.
 */
import type { Component, VNode } from 'vue';
import type { OperationName } from '../../../shared/contract.ts';
import type { Reply } from '../../../shared/reply.ts';
import { actsFrom, fits, ownersOf, queueName, statesOf, type CaseAct, type CaseTable } from '../../../shared/kernel/case.ts';
import type { Instant } from '../../../shared/kernel/civil-date.ts';
import { parseTotal, sumFen, type Fen } from '../../../shared/kernel/money.ts';
import type { Duty } from '../../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { HelpKey } from '../../help/help-table.ts';
import { countText } from '../table/cell-text.ts';
import type { ColumnSet, StateWord, TableColumn, TableRow, TableSource } from '../table/columns.ts';

/** Cases that are shown under one tab: those of one state, or of several that the table puts together. */
export type CaseQueue = { readonly key: string; readonly title: string; readonly states: readonly string[] };
/** What a list is limited to beside its filter row; null is everything. */
export type CaseScope = { readonly states: readonly string[] | null; readonly period: TaxPeriod | null };

/** Somewhere to go, as a link or a button. */
export type CaseLink = { readonly title: string; readonly to: string };
export type CaseEvent = {
  readonly no: number; readonly act: string; readonly title: string; readonly from: string | null; readonly to: string;
  readonly at: Instant; readonly maker: string; readonly reason: string | null; readonly details?: Readonly<Record<string, string>>;
};

/** One case as its page and its dialogs need it. */
export type CaseShown = {
  readonly row: TableRow;
  readonly says: string;
  readonly links: readonly CaseLink[];
  /** Role → name of the person who filled it. */
  readonly people: Readonly<Record<string, string>>;
  readonly acts: readonly { readonly act: string; readonly title: string; readonly allowed: boolean; readonly message: string | null }[];
  readonly history: readonly CaseEvent[];
  /** What the fields of an act are now, as they are typed. */
  readonly now: (act: string) => Readonly<Record<string, string>>;
  /** Closed lists that depend on the case: field → word → Chinese. */
  readonly choices?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The sheets of the page that are this capability's own. */
  readonly body: () => readonly VNode[];
};

/** What an act came to, for the bar above the list. */
export type CaseOutcome = {
  readonly says: string; readonly count: number; readonly total: Fen | null; readonly state: string | null; readonly link: CaseLink | null;
};

export type CaseView = {
  readonly table: CaseTable;
  /** Address and title of the list; a case stands below it by its key. */
  readonly path: string;
  readonly title: string;
  readonly says: string;
  /** What the rows are called in the table's own sentences: 退税记录. */
  readonly rows: string;
  readonly rowKey: string;
  readonly columns: readonly TableColumn[];
  readonly columnSets: readonly ColumnSet[];
  /** Whether the list may look at one filing period. */
  readonly byPeriod: boolean;
  readonly source: (scope: CaseScope) => TableSource;
  /** How many cases stand in each state. */
  readonly counts: (period: TaxPeriod | null) => Promise<Reply<ReadonlyMap<string, number>>>;
  readonly get: (key: string) => Promise<Reply<CaseShown>>;
  /** A case's key for people, where the key itself holds words of the program. */
  readonly keyText?: (key: string) => string;
  readonly help: Readonly<Record<string, HelpKey>>;
  /** The money of one case: yuan text; null where cases move none. */
  readonly amountKey: string | null;
  /** What is unusual about these cases before this act, one sentence each. */
  readonly remarks: (act: string, rows: readonly TableRow[]) => readonly string[];
  /** Findings known before the act is tried: case, name and sentence of each that will be refused. */
  readonly foresee?: (act: string, keys: readonly string[]) => Promise<Reply<readonly RefusedCase[]>>;
  /** What is to be said of an act whose reply differs from the usual one. */
  readonly outcomes?: Readonly<Record<string, (reply: unknown) => CaseOutcome>>;
  /** The act whose totals are typed blind: no figure is shown. */
  readonly blind: readonly string[];
  readonly empty: { readonly says: string; readonly next: string };
  /** Further tabs and drawers of the page. */
  readonly sheets?: readonly { readonly key: string; readonly title: string; readonly component: Component }[];
  readonly drawers?: readonly { readonly title: string; readonly component: Component }[];
};

export type RefusedCase = { readonly case: string; readonly name: string; readonly message: string };

export function actOf(view: CaseView, act: string): CaseAct {
  const row = view.table.acts[act];
  if (row === undefined) throw new Error(`the case table ${view.table.name} has no act ${act}`);
  return row;
}

export function stateWord(view: CaseView, state: string): StateWord {
  const row = view.table.states[state];
  return row === undefined ? { label: state, tone: 'plain' } : { label: row.name, tone: row.tone };
}

/** The words of all states, for a column. */
export function stateWords(table: CaseTable): Readonly<Record<string, StateWord>> {
  return Object.fromEntries(Object.entries(table.states).map(([state, { name, tone }]) => [state, { label: name, tone }]));
}

/** The tabs of the page, each where the last of its states stands in the table. */
export function queuesOf(table: CaseTable): readonly CaseQueue[] {
  const queues = new Map<string, CaseQueue>();
  for (const state of statesOf(table)) {
    const key = table.states[state]?.tab ?? state;
    const before = queues.get(key);
    queues.delete(key);
    queues.set(key, { key, title: table.tabs?.[key] ?? queueName(table, state), states: [...(before?.states ?? []), state] });
  }
  return [...queues.values()];
}

/** The main way: its states with the short word of the step that leads there. */
export function wayOf(table: CaseTable): readonly (readonly [state: string, title: string])[] {
  return Object.entries(table.states).flatMap(([state, { step }]) => (step === undefined ? [] : [[state, step] as const]));
}

/** The operation of an act; null where no clerk can ask for it. */
export function operationOf({ table }: CaseView, act: string): OperationName | null {
  const part = table.acts[act]?.operation;
  return part === undefined ? null : (`${table.name}.${part}` as OperationName); // the capability's contract is made from the same table
}

/** Acts that a person with these duties may try on many cases at once that all stand in this state, in the order of the table. */
export function actsOnMany(view: CaseView, state: string, held: readonly Duty[]): readonly string[] {
  return actsFrom(view.table, state).filter((act) => {
    const { one, may } = actOf(view, act);
    return operationOf(view, act) !== null && one !== true && may.some((duty) => held.includes(duty));
  });
}

/** Acts that lead off the main way stand behind those that lead on. */
export function isSideAct(view: CaseView, act: string): boolean {
  return actOf(view, act).reason === 'required';
}

/** The first queue that waits for a person with these duties; `all` when none does. */
export function firstQueue(view: CaseView, counts: ReadonlyMap<string, number>, held: readonly Duty[]): string {
  const waits = (state: string): boolean => (counts.get(state) ?? 0) > 0 && ownersOf(view.table, state).some((duty) => held.includes(duty));
  return queuesOf(view.table).find(({ states }) => states.some(waits))?.key ?? 'all';
}

export function amountOf(view: CaseView, row: TableRow): Fen | null {
  const text = view.amountKey === null ? null : row[view.amountKey];
  return typeof text === 'string' ? parseTotal(text) : null;
}

/** The sum of the money of these cases; null where they move none, and where one says no amount: a sum that leaves out a case is no sum. */
export function sumOf(view: CaseView, rows: Iterable<TableRow>): Fen | null {
  const amounts = [...rows].map((row) => amountOf(view, row));
  return view.amountKey !== null && amounts.every((amount) => amount !== null) ? sumFen(amounts) : null;
}

export function caseName(row: TableRow): string {
  return String(row['name'] ?? '');
}

/** Names for the dialog: the first three and how many there are. */
export function firmsText(rows: readonly TableRow[]): string {
  const names = [...new Map(rows.map((row) => [row['uscc'], caseName(row)])).values()];
  const first = names.slice(0, 3).join('、');
  return names.length > 3 ? `${first} 等\u00a0${countText(names.length)}\u00a0户` : first;
}

/** Refusals of a bulk act out of a reply's details; null when it is a refusal of another kind. */
export function refusedCases(details: unknown): readonly RefusedCase[] | null {
  const refused = typeof details === 'object' && details !== null && 'refused' in details ? details.refused : null;
  if (!Array.isArray(refused)) return null;
  return refused.flatMap((item: unknown) => {
    if (typeof item !== 'object' || item === null) return [];
    const given = item as Readonly<Record<string, unknown>>; // an object; every member is asked for what it is
    const key = given['case'];
    const text = (member: unknown): string => (typeof member === 'string' ? member : '');
    return typeof key === 'string' ? [{ case: key, name: text(given['name']), message: text(given['message']) }] : [];
  });
}

/** The state that cases of one state are in after an act; null where it depends on the case. */
export function stateOnward(view: CaseView, act: string, state: string): string | null {
  const { to } = actOf(view, act);
  return !fits(view.table, act, state) || to === 'resume' ? null : to === 'same' ? state : to;
}
