/**
 * What was found in a roster file 读名册时发现的, as lines for a person at the command line: the same as the window shows, shortened. It leaves nothing out
 * without saying how much.
 * @source shared spec headless.md ("Warnings are printed, not only in --json"); faults.md B2
 */
import { faultSentence } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { countedColumns, decidingLacking, type ListFound, type RosterHeader } from '../roster/without-ledger.ts';

export type Found = {
  readonly remarks: readonly string[];
  readonly lacking: readonly string[];
  readonly counted: readonly { readonly column: string; readonly blank: string }[];
  readonly deciding: readonly string[];
  readonly faults?: readonly CellFault[];
  readonly faultCount?: number;
  readonly warnings: readonly CellFault[];
  readonly warningCount: number;
};

/** @param warned warnings of its rows: how many, and the first of them */
export function rosterFound(header: RosterHeader, warned: { readonly count: number; readonly first: readonly CellFault[] }): Found {
  return {
    remarks: header.remarks, lacking: header.lacking, counted: countedColumns(header), deciding: decidingLacking(header),
    warnings: [...header.notes, ...warned.first].slice(0, printedMax), warningCount: header.notes.length + warned.count,
  };
}

/** How many findings are printed one by one. */
export const printedMax = 20;

/** One line a finding and a line a matter; none where nothing was found. */
export function foundLines(found: Found): readonly string[] {
  const counted = new Set(found.counted.map(({ column }) => column));
  const others = found.lacking.filter((column) => !counted.has(column));
  return [
    ...listed('问题', found.faults ?? [], found.faultCount ?? 0),
    ...listed('提示', found.warnings, found.warningCount),
    ...(found.remarks.length === 0 ? [] : [`不认识的列（作为备注保留）：${found.remarks.join('、')}`]),
    ...(found.counted.length === 0 ? [] : [`文件没有、空白就按所示计的列：${found.counted.map(({ column, blank }) => `${column}＝${blank}`).join('、')}`]),
    ...(others.length === 0 ? [] : [`文件没有的列（按不知道处理）：${others.join('、')}`]),
    ...(found.deciding.length === 0 ? [] : [`缺 ${found.deciding.join('、')}，各户至多是“资料不足”，不会可退`]),
  ];
}

/** The same of another list file, told by its name. */
export function listFoundLines(list: string, { unread, warnings, warningCount }: ListFound): readonly string[] {
  return [
    ...listed(`${list}：提示`, warnings, warningCount),
    ...(unread.length === 0 ? [] : [`${list}：不是清单的列，未读入：${unread.join('、')}`]),
  ];
}

function listed(what: string, findings: readonly CellFault[], count: number): readonly string[] {
  if (count === 0) return [];
  const shown = findings.slice(0, printedMax);
  return [`${what} ${String(count)} 处${count > shown.length ? `，先列 ${String(shown.length)} 处` : ''}：`, ...shown.map((finding) => `  ${faultSentence(finding)}`)];
}
