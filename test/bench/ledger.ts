/**
 * `roster import` and `assess` measured from outside, as whole commands on a practice office: reading, judging, journal, state tables, commit. The baseline is
 * what the plainest program would do with the same file: read it, split lines and commas, and insert all columns as text into one STRICT table through
 * better-sqlite3 with its own pragmas, prepared, by position, in one transaction; it checks nothing. Where a sqlite3 shell is installed its `.import` is timed
 * beside it. The size of the ledger is said too.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings } from '../../electron/office/office.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import { commandOnce } from './command.ts';
import { countyMonths, rosterCsvOf } from '../../electron/demo/synthetic-county.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Subject } from './measure.ts';

const period = '2022-04';
const baselineSays = '同一文件按行、按逗号切开，各列作为文本按位置插入 better-sqlite3 的一张表，一个事务';

/** @param folder for rosters and offices */
export function importingRoster(folder: string): Subject {
  return {
    name: '命令行 roster import（启动、读 CSV、校验、入账、提交；内存为整个进程）', baselineSays, unit: '行', warmUp: false,
    prepare: async (size) => {
      const { roster, empty, office, baseline } = await made(folder, size);
      shellImport(roster, join(folder, 'shell.db'), size);
      return {
        run: () => {
          fresh(empty, office);
          return commandOnce(['roster', 'import', roster, '--period', period, '--accept-valid', '--office', office, '--json']);
        },
        baseline,
        done: () => { sizeOf(office, size, '导入'); },
      };
    },
  };
}

export function assessing(folder: string): Subject {
  return {
    name: '命令行 assess（启动、读账本里的名册、测算、入账、提交；内存为整个进程）', baselineSays, unit: '行', warmUp: false,
    prepare: async (size) => {
      const { roster, empty, office, baseline } = await made(folder, size);
      await commandOnce(['roster', 'import', roster, '--period', period, '--accept-valid', '--office', empty, '--json']);
      return {
        run: () => {
          fresh(empty, office);
          return commandOnce(['assess', '--period', period, '--office', office, '--json']);
        },
        baseline,
        done: () => { sizeOf(office, size, '导入并测算'); },
      };
    },
  };
}

async function made(folder: string, size: number) {
  const [roster, empty, office] = ['roster.csv', 'empty', 'office'].map((name) => join(folder, `ledger-${String(size)}-${name}`)) as [string, string, string];
  writeFileSync(roster, rosterOf(size));
  rmSync(empty, { recursive: true, force: true });
  (await foundOffice(empty, { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, systemSurroundings({ random: seededRandom('bench') }))).close();
  const baseline = (): undefined => { bulkInsert(roster, join(folder, 'bare.db')); };
  return { roster, empty, office, baseline };
}

/** One county: counties made apart repeat each other's codes, and a repeated code is not imported. */
function rosterOf(size: number): Uint8Array {
  const [month] = countyMonths({ seed: 1, enterprises: Math.ceil(size * 1.05) + 20, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: taxPeriod(period) });
  if (month === undefined) throw new Error('a county has a first month');
  return rosterCsvOf({ ...month, rows: month.rows.slice(0, size) }, 'utf-8');
}

function fresh(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

function bulkInsert(roster: string, path: string): void {
  rmSync(path, { force: true });
  const db = new BetterSqlite3(path);
  const [head = '', ...lines] = readFileSync(roster, 'utf8').split('\n');
  const columns = head.split(',').length;
  db.exec(`${tableOf(columns)}; BEGIN`);
  const insert = db.prepare<string[]>(`INSERT INTO roster VALUES (${Array.from({ length: columns }, () => '?').join(', ')})`);
  for (const line of lines) {
    if (line === '') continue;
    // A quoted cell with a comma gives pieces too many, a cut line too few: the plainest program would not notice either.
    const cells = line.split(',', columns);
    while (cells.length < columns) cells.push('');
    insert.run(...cells);
  }
  db.exec('COMMIT');
  db.close();
}

function tableOf(columns: number): string {
  return `CREATE TABLE roster (${Array.from({ length: columns }, (_, index) => `c${String(index)} TEXT`).join(', ')}) STRICT`;
}

/** Times the sqlite3 shell's own import of the file, where there is a shell. */
function shellImport(roster: string, path: string, size: number): void {
  rmSync(path, { force: true });
  const columns = (readFileSync(roster, 'utf8').split('\n', 1)[0] ?? '').split(',').length;
  const start = performance.now();
  const { error, status } = spawnSync('sqlite3', [path, tableOf(columns), `.import --csv --skip 1 "${roster}" roster`]);
  const ms = performance.now() - start;
  console.log(error !== undefined || status !== 0 ? '  （没有可用的 sqlite3 命令，不作对照）' : `  （sqlite3 命令的 .import ${String(size)} 行：${ms.toFixed(0)} ms）`);
}

function sizeOf(office: string, size: number, after: string): void {
  const bytes = statSync(join(office, 'ledger.db')).size;
  console.log(`  （${after} ${String(size)} 行以后账本 ${(bytes / 1e6).toFixed(1)} MB，每行 ${(bytes / size).toFixed(0)} 字节）`);
}
