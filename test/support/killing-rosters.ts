/** Acts for the killing and power-loss harnesses: a tax office imports roster files 企业名册, new months and corrected ones, one after the other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundOffice } from '../../electron/office/found-office.ts';
import { columnOf, type ColumnKey } from '../../shared/roster/columns.ts';
import { withoutAny } from './roster-rows.ts';
import { usccOf } from '../../shared/roster/uscc.ts';
import { steeredEnv, type ActSet } from './killing-acts.ts';

const columns: readonly ColumnKey[] = ['uscc', 'name', 'taxpayerKind', 'industryCode', 'creditRating', 'endingCredit', 'baseCredit', 'office', 'bankAccount'];
const months = ['2021-11', '2021-12', '2022-01', '2022-02', '2022-03', '2022-04'];

/** @param rows taxpayers in each file */
export function rosterImports(count: number, rows: number): ActSet {
  return {
    name: `${String(count)} roster imports of ${String(rows)} rows`,
    agency: 'tax',
    count,
    async prepare(folder, dir) {
      const office = await foundOffice(dir, { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, steeredEnv().env);
      office.close();
      for (let act = 0; act < count; act += 1) writeFileSync(rosterFile(folder, act), rosterText(act, rows));
    },
    async run(office, folder, act) {
      const reply = await office.call('roster.import', { file: rosterFile(folder, act), period: months[act % months.length], without: withoutAny }, 'handler');
      if (!reply.ok) throw new Error(`${reply.error.code} ${reply.error.message}`);
    },
  };
}

function rosterFile(folder: string, act: number): string {
  return join(folder, `roster-${String(act)}.csv`);
}

/** Every file differs from the one before for its month: amounts change, a few taxpayers come and go. */
function rosterText(act: number, rows: number): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    const number = row + (act % 7);
    const cells: Readonly<Record<string, string>> = {
      uscc: usccOf({ authority: '91', district: '211382', organisation: `MA${String(number).padStart(6, '0')}` }),
      name: `凌源市第${String(number)}机械制造有限公司`,
      taxpayerKind: '一般纳税人',
      industryCode: 'C3411',
      creditRating: 'ABM'[row % 3] ?? 'A',
      endingCredit: `${String(1000 * act + row)}.${String(10 + (row % 90))}`,
      baseCredit: String(act),
      office: '城关税务所',
      bankAccount: `0012345678${String(number).padStart(9, '0')}`,
    };
    return columns.map((key) => cells[key] ?? '').join(',');
  });
  return `${[columns.map((key) => columnOf(key).header).join(','), ...lines].join('\r\n')}\r\n`;
}
