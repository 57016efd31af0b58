/**
 * `roster import` and `assess` measured from outside, as whole commands on a practice office: reading, judging, journal, state tables, commit. The baseline is
 * what the plainest program would do with the same file: read it, split lines and commas, and insert all columns as text into one STRICT table of the same
 * SQLite, with the pragmas of the house, prepared, in one transaction. The size of the ledger is said beside it.
 */
import { cpSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings } from '../../electron/office/office.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import { commandOnce } from './command.ts';
import { writeRoster } from './evaluate.ts';
import type { Subject } from './measure.ts';

const period = '2022-04';
const baselineSays = '同一文件按行、按逗号切开，各列作为文本插入同一种 SQLite 的一张表，一个事务';

/** @param folder for rosters and offices */
export function importingRoster(folder: string): Subject {
  return {
    name: '命令行 roster import（启动、读 CSV、校验、入账、提交；内存为整个进程）', baselineSays, unit: '行', warmUp: false,
    prepare: async (size) => {
      const { roster, empty, office, baseline } = await made(folder, size);
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
  writeRoster(roster, size);
  rmSync(empty, { recursive: true, force: true });
  (await foundOffice(empty, { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, systemSurroundings({ random: seededRandom('bench') }))).close();
  const baseline = (): undefined => { bulkInsert(roster, join(folder, 'bare.db')); };
  return { roster, empty, office, baseline };
}

function fresh(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}

function bulkInsert(roster: string, path: string): void {
  rmSync(path, { force: true });
  const db = openLedgerFile(path, { mustExist: false });
  const [head = '', ...lines] = readFileSync(roster, 'utf8').split('\n');
  const names = head.split(',').map((_, index) => `c${String(index)}`);
  db.exec(`CREATE TABLE roster (${names.map((name) => `${name} TEXT`).join(', ')}) STRICT; BEGIN`);
  const insert = db.prepare(`INSERT INTO roster VALUES (${names.map((name) => `@${name}`).join(', ')})`);
  for (const line of lines) {
    if (line === '') continue;
    const cells = line.split(',');
    insert.run(Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ''])));
  }
  db.exec('COMMIT');
  db.close();
}

function sizeOf(office: string, size: number, after: string): void {
  const bytes = statSync(join(office, 'ledger.db')).size;
  console.log(`  （${after} ${String(size)} 行以后账本 ${(bytes / 1e6).toFixed(1)} MB，每行 ${(bytes / size).toFixed(0)} 字节）`);
}
