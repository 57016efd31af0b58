/**
 * Rosters and their faults as workbooks 名册导出、问题清单: codes as text, amounts as numbers. A roster has no title and no totals, so that the file
 * can be read back and gives the same rows.
 * @source shared spec roster.md; conventions.md (Files); faults.md E07
 */
import { rosterColumns, type RosterColumn } from '../../shared/roster/columns.ts';
import type { CellFault, RosterRow } from '../../shared/roster/model.ts';
import { writeWorkbook, type WorkbookColumn } from '../platform/workbook-writer.ts';
import { shieldedText } from './cell-text.ts';
import { rosterRecords } from './roster-csv.ts';

/** @param rows called twice, once for the headers of the remarks */
export async function rosterWorkbook(rows: () => Iterable<RosterRow>): Promise<Uint8Array> {
  const records = rosterRecords(rows);
  const header = records.next();
  const titles = header.done === true ? [] : header.value;
  const columns = titles.map((title, index) => columnShape(title, rosterColumns[index]));
  return writeWorkbook({ sheet: '名册', heading: [], columns, rows: records, totals: null });
}

/** How a column of a roster is written; a remark's is text. */
export function columnShape(title: string, column: RosterColumn | undefined): WorkbookColumn {
  const kind = kindOf(column);
  return { title, kind, width: kind === 'text' ? widths[column?.key ?? ''] ?? 16 : 18 };
}

const widths: Readonly<Record<string, number>> = { uscc: 22, name: 36, salesByIndustry: 30, recentCredits: 40, bank: 28, bankAccount: 26, accountName: 36 };

function kindOf(column: RosterColumn | undefined): WorkbookColumn['kind'] {
  switch (column?.form.kind) {
    case 'amount':
      return 'amount';
    case 'count':
      return 'count';
    default:
      return 'text';
  }
}

/** The faults of a file, one a line, for whoever mends it. @param file its name */
export async function faultsWorkbook(file: string, faults: readonly CellFault[], faultCount: number): Promise<Uint8Array> {
  const listed = faultCount > faults.length ? `共 ${String(faultCount)} 处，列出前 ${String(faults.length)} 处` : `共 ${String(faultCount)} 处`;
  return writeWorkbook({
    sheet: '问题清单',
    heading: ['名册问题清单', shieldedText(`文件：${file}；${listed}`)],
    columns: [
      { title: '行', kind: 'count', width: 8 }, { title: '列', kind: 'text', width: 26 }, { title: '读到的值', kind: 'text', width: 30 },
      { title: '问题与办法', kind: 'text', width: 80 }, { title: '代码', kind: 'text', width: 28 },
    ],
    rows: faults.map((fault) => [String(fault.row), shieldedText(fault.column), shieldedText(fault.value), fault.message, fault.code]),
    totals: null,
  });
}
