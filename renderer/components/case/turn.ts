/** Whose turn it is 轮到谁: the people who hold the duty of a state's next act and may still take it in this case, and what an act came to in one sentence. */
import { forbiddenBeside, ownersOf } from '../../../shared/kernel/case.ts';
import { groupedYuan } from '../../../shared/kernel/money.ts';
import { dutyNames } from '../../../shared/kernel/office.ts';
import { usePeople } from '../../shell/use-people.ts';
import type { CaseOutcome, CaseView } from './case-view.ts';

/** @param people role → name of who filled it in this case; nobody where the cases are many */
export function turnText(view: CaseView, state: string, people: Readonly<Record<string, string>> = {}): string | null {
  const row = view.table.states[state];
  const act = row === undefined || row.next === null ? undefined : view.table.acts[row.next];
  if (row === undefined || act === undefined) return null;
  const rolesOf = (name: string): string[] => Object.entries(people).flatMap(([role, who]) => (who === name ? [role] : []));
  const names = usePeople().holding(ownersOf(view.table, state)).filter((name) => act.role === null || forbiddenBeside(view.table, act.role, rolesOf(name)) === null);
  const duty = act.may.map((of) => dutyNames[of]).join('或');
  return `${act.title}，轮到：${duty}${names.length === 0 ? '' : ` ${names.slice(0, 3).join('、')}${names.length > 3 ? '等' : ''}`}`;
}

/** The bar after an act. */
export function resultOf(view: CaseView, { says, total, state }: CaseOutcome): { readonly says: string; readonly next: string } {
  const turn = state === null ? null : turnText(view, state);
  return { says: `${says}${total === null ? '' : `　${groupedYuan(total)} 元`}`, next: turn === null ? '' : `下一步：${turn}` };
}
