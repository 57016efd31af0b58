/** Whose turn it is 轮到谁: who holds the duty of a state's next act and may still take it in this case; what an act came to. */
import { forbiddenBeside } from '../../../shared/kernel/case.ts';
import { groupedYuan } from '../../../shared/kernel/money.ts';
import { usePeople } from '../../shell/use-people.ts';
import type { CaseOutcome, CaseView } from './case-view.ts';

/** @param people role → name of who filled it in this case; nobody where the cases are many */
export function turnText(view: CaseView, state: string, people: Readonly<Record<string, string>> = {}): string | null {
  const row = view.table.states[state];
  const act = row === undefined || row.next === null ? undefined : view.table.acts[row.next];
  if (row === undefined || act === undefined) return null;
  const rolesOf = (name: string): string[] => Object.entries(people).flatMap(([role, who]) => (who === name ? [role] : []));
  return usePeople().turn(row.turn ?? act.title, act.may, (name) => act.role !== null && forbiddenBeside(view.table, act.role, rolesOf(name)) !== null);
}

/** The bar after an act. */
export function resultOf(view: CaseView, { says, total, state }: CaseOutcome): { readonly says: string; readonly next: string } {
  const turn = state === null ? null : turnText(view, state);
  return { says: `${says}${total === null ? '' : `　${groupedYuan(total)} 元`}`, next: turn === null ? '' : `下一步：${turn}` };
}
