/**
 * A lifecycle 办理流程 as one closed table: its states, who owns the next act of each, its acts with duty, role, reason and law. Refunds, payments,
 * amendments and surveys are such tables; handlers, SQL, desk, queues, dialogs and help are made from them. It decides nothing about amounts.
 * @source shared spec decisions 12, 31; look.md (Desk, Queue)
 */
import type { CivilDate } from './civil-date.ts';
import { dutyNames, type BusinessDuty } from './office.ts';
import type { Fields } from './record.ts';

/** How a state looks: waiting for its next step, on its way, done, held up by something, gone wrong, out of it. */
export type CaseTone = 'plain' | 'active' | 'good' | 'wait' | 'bad';

export type CaseState<A extends string = string> = {
  readonly name: string;
  readonly tone: CaseTone;
  /** The act that leads on from here; who may do it owns the state. null = nothing is due unless someone opens the matter again. */
  readonly next: A | null;
  /** What the next step is called where it is a choice among acts; else that act's title. */
  readonly turn?: string;
  /** The line of the desk, `待受理`; the state's name where it says enough. */
  readonly queue?: string;
  /** On the main way: the short word of the step that leads here, `受理`. */
  readonly step?: string;
  /** The tab of the page that it shares with other states; without one it has its own. */
  readonly tab?: string;
};

export type CaseAct<S extends string = string, R extends string = string> = {
  readonly title: string;
  /** Empty for the act that opens a case. */
  readonly from: readonly S[];
  /** `same`: the state stays; `resume`: the state from which the case had been suspended. */
  readonly to: S | 'same' | 'resume';
  /** `person`: a clerk acts; `package`: a signed file does; `assessment`: a new determination does. */
  readonly by: 'person' | 'package' | 'assessment';
  readonly may: readonly BusinessDuty[];
  /** The role the person fills in this case; kept for the separation of duties. */
  readonly role: R | null;
  readonly reason: 'required' | 'none';
  /** Rule behind the act; null when none was found (a step of the office itself). */
  readonly basis: string | null;
  /** Last part of the name of its operation; without one no clerk can ask for it by itself. */
  readonly operation?: string;
  /** Its operation takes exactly one case. */
  readonly one?: true;
  /** What the person is asked, beside the reason; the dialog and the operation's input are made from it. */
  readonly input?: Fields;
  /** Fields that travel together under one key of the input: all of them or none. */
  readonly groups?: Readonly<Record<string, Fields>>;
  /** Keys of `input` and `groups` that only a single case can be given. */
  readonly singly?: readonly string[];
  /** What will happen, for the confirmation. */
  readonly says?: string;
  /** Refusals beside those of every act. */
  readonly errors?: readonly string[];
};

export type CaseTable<S extends string = string, A extends string = string, R extends string = string> = {
  /** The capability and the first part of its operations and entry kinds. */
  readonly name: string;
  readonly title: string;
  /** Counter word 量词: 笔, 份, 件. */
  readonly counter: string;
  /** How an operation's input names many cases and one: `refunds`, `refund`. */
  readonly cases: string;
  readonly case: string;
  readonly states: Readonly<Record<S, CaseState<A>>>;
  readonly acts: Readonly<Record<A, CaseAct<S, R>>>;
  readonly roleNames: Readonly<Record<R, string>>;
  /** No one person may fill both roles in one case. */
  readonly forbidden: readonly (readonly [R, R])[];
  /** Titles of the tabs that several states share. */
  readonly tabs?: Readonly<Record<string, string>>;
};

/** Keeps every row's own type; a `next` that names no act, or a `from` or `to` that names no state, does not compile. */
export function defineCases<
  const N extends string, const Many extends string, const One extends string, const States extends Readonly<Record<string, CaseState>>, const Acts extends Readonly<Record<string, CaseAct>>, R extends string,
>(
  table: Omit<CaseTable<string, string, R>, 'name' | 'cases' | 'case' | 'states' | 'acts'> & {
    readonly name: N;
    readonly cases: Many;
    readonly case: One;
    readonly states: States & Readonly<Record<string, CaseState<keyof Acts & string>>>;
    readonly acts: Acts & Readonly<Record<string, CaseAct<keyof States & string, R>>>;
  },
): Omit<CaseTable<keyof States & string, keyof Acts & string, R>, 'name' | 'cases' | 'case' | 'states' | 'acts'> & {
  readonly name: N; readonly cases: Many; readonly case: One; readonly states: States; readonly acts: Acts;
} {
  return table; // the very same table; what is checked above is only narrower
}

/** The row of an act, whichever it is. */
export function actOf<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, act: A): CaseAct<S, R> {
  return table.acts[act];
}

/** The Chinese name of every state. */
export function stateNames<S extends string>(table: CaseTable<S>): Readonly<Record<S, string>> {
  return Object.fromEntries(statesOf(table).map((state) => [state, table.states[state].name])) as Record<S, string>; // one for every state
}

export function statesOf<S extends string>(table: { readonly states: Readonly<Record<S, unknown>> }): readonly S[] {
  return Object.keys(table.states) as S[]; // the keys of a closed table
}

export function actsOf<A extends string>(table: { readonly acts: Readonly<Record<A, unknown>> }): readonly A[] {
  return Object.keys(table.acts) as A[]; // the keys of a closed table
}

/** Whether the table lets this act happen in this state; `null` is a case that does not exist yet. */
export function fits<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, act: A, state: S | null): boolean {
  const { from } = table.acts[act];
  return state === null ? from.length === 0 : from.includes(state);
}

/** The state after an act. @param resumesTo where a suspended case returns to. @returns null when the act does not fit */
export function stateAfter<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, act: A, state: S | null, resumesTo: S | null = null): S | null {
  if (!fits(table, act, state)) return null;
  const { to } = table.acts[act];
  return to === 'same' ? state : to === 'resume' ? resumesTo : to;
}

/** Every change of state that some act makes. */
export function movesOf<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>): readonly (readonly [S, S])[] {
  const resumable = [...new Set(actsOf(table).flatMap((act) => (actsOf(table).some((back) => table.acts[back].to === 'resume' && table.acts[back].from.includes(table.acts[act].to as S)) ? table.acts[act].from : [])))];
  const moves = actsOf(table).flatMap((act) => {
    const { from, to } = table.acts[act];
    return from.flatMap((state) => (to === 'same' ? [] : to === 'resume' ? resumable : [to]).filter((after) => after !== state).map((after) => [state, after] as const));
  });
  return [...new Map(moves.map((move) => [move.join('>'), move])).values()];
}

/** The acts that fit a state, in the order of the table. */
export function actsFrom<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, state: S): readonly A[] {
  return actsOf(table).filter((act) => fits(table, act, state));
}

/** The duties that own the next act of a state; none where nothing is due. */
export function ownersOf<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, state: S): readonly BusinessDuty[] {
  const { next } = table.states[state];
  return next === null ? [] : table.acts[next].may;
}

/** What a desk and a queue call the cases in a state. */
export function queueName<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, state: S): string {
  return table.states[state].queue ?? table.states[state].name;
}

/** The role that forbids this one to a person who has filled `held` in the same case; null when nothing does. */
export function forbiddenBeside<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>, role: R, held: readonly R[]): R | null {
  for (const [a, b] of table.forbidden) {
    const other = role === a ? b : role === b ? a : null;
    if (other !== null && held.includes(other)) return other;
  }
  return null;
}

/** The whole machine in Chinese, one line an act, for help and the printed matrix. */
export function lifecycleLines<S extends string, A extends string, R extends string>(table: CaseTable<S, A, R>): readonly string[] {
  return statesOf(table).flatMap((state) => [
    table.states[state].name,
    ...actsFrom(table, state).map((act) => {
      const { title, to, by, may, reason, basis } = table.acts[act];
      const target = to === 'same' ? '状态不变' : to === 'resume' ? '回到暂停前状态' : table.states[to].name;
      const who = by === 'package' ? '交换包' : may.map((duty) => dutyNames[duty]).join('或');
      return `· ${title} → ${target}（${who}${reason === 'required' ? '，须写明原因' : ''}${basis === null ? '' : `；${basis}`}）`;
    }),
  ]);
}

/** A line of the desk: the cases of one table that are in one state, or something else that waits for a duty. Amounts are yuan text outside. */
export type DeskLine = {
  readonly table: string;
  readonly state: string;
  /** `待受理`. */
  readonly title: string;
  /** Who owns the next step. */
  readonly may: readonly BusinessDuty[];
  readonly count: number;
  /** Sum of the money in hand; null where the cases move none. */
  readonly total: bigint | null;
  /** Since when the oldest waits. */
  readonly oldest: string | null;
  /** The nearest legal deadline, and how many are past theirs. */
  readonly dueOn: CivilDate | null;
  /** Working days until then; null where no clock runs. */
  readonly daysLeft: number | null;
  readonly overdue: number;
};
