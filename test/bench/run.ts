/**
 * `npm run bench [-- --rows 1000,4000,16000 --evaluate-rows 10000,100000 --no-window]`: the command line's evaluation, reading rosters, evaluating, importing and
 * verifying, then the window. Each subject is measured beside a bare loop over the same data in the same run; `--evaluate-rows 10000,100000,1000000` takes minutes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { determinationLine, evaluatorFor, officePolicy } from '../../electron/eligibility/index.ts';
import { countyMonths, rosterCsvOf } from '../../electron/demo/synthetic-county.ts';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings } from '../../electron/office/office.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import { checkoutResources } from '../../electron/platform/resources.ts';
import { readRosterCsv } from '../../electron/roster/index.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { evaluating as evaluatingFiles } from './evaluate.ts';
import { assessing, importingRoster } from './ledger.ts';
import { measure, type Subject } from './measure.ts';
import { opening } from './opening.ts';
import { importingPackage } from './packages.ts';
import { benchWindow } from './window.ts';

const period = taxPeriod('2022-04');
const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000,4000,16000' },
    'evaluate-rows': { type: 'string', default: '10000,100000' },
    'package-rows': { type: 'string', default: '10000,100000' },
    'ledger-entries': { type: 'string', default: '30000,300000' },
    'no-window': { type: 'boolean', default: false },
  },
});
const sizesOf = (text: string): number[] => text.split(',').filter((size) => size !== '').map(Number);
const sizes = sizesOf(values.rows);
const folder = mkdtempSync(join(tmpdir(), 'liudi-bench-'));
const files = new Map<number, Uint8Array>();

/** A roster of that many firms, the same for the same size. */
function rosterBytes(size: number): Uint8Array {
  const known = files.get(size);
  if (known !== undefined) return known;
  const terms = { seed: 1, enterprises: size, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period };
  const [month] = countyMonths(terms);
  if (month === undefined) throw new Error('a county has a first month');
  const bytes = rosterCsvOf(month, 'utf-8');
  files.set(size, bytes);
  return bytes;
}

function rosterRowsOf(size: number): RosterRow[] {
  const reading = readRosterCsv(rosterBytes(size), { filingPeriod: period });
  if (reading.kind === 'refused') throw new Error(reading.code);
  return [...reading.lines].flatMap((line) => (line.kind === 'row' ? [line.row] : []));
}

const reading: Subject = {
  name: '读名册（CSV → 类型化的行）', baselineSays: '解码并按行、按逗号切开', unit: '行', warmUp: true,
  prepare: (size) => {
    const bytes = rosterBytes(size);
    return Promise.resolve({
      run: () => void rosterRowsOf(size),
      baseline: () => {
        let cells = 0;
        for (const line of new TextDecoder().decode(bytes).split('\n')) cells += line.split(',').length;
        if (cells === 0) throw new Error('nothing read');
      },
    });
  },
};

const evaluating: Subject = {
  name: '测算（行 → 认定与 JSON）', baselineSays: '同样的数上只做存量、增量与比例的大整数运算', unit: '行', warmUp: true,
  prepare: (size) => {
    const rows = rosterRowsOf(size);
    const evaluate = evaluatorFor(period, officePolicy(checkoutResources));
    return Promise.resolve({
      run: () => {
        let length = 0;
        for (const row of rows) length += JSON.stringify(determinationLine(evaluate(row))).length;
        if (length === 0) throw new Error('nothing written');
      },
      baseline: () => {
        let total = 0n;
        for (const row of rows) {
          const [base, ending, special, other] = [row.baseCredit ?? 0n, row.endingCredit ?? 0n, row.deductedSpecial ?? 0n, row.deductedOther];
          const existing = base < ending ? base : ending;
          if (special + other > 0n) total += ((existing * special * 2n + special + other) / (2n * (special + other))) + (ending - existing);
        }
        if (total < 0n) throw new Error('impossible');
      },
    });
  },
};

const importing: Subject = {
  name: '导入与测算入账（整个操作，含事务与校验）', baselineSays: '同样多的行插入一张三列的表，一个事务', unit: '行', warmUp: true,
  prepare: async (size) => {
    const file = join(folder, `${String(size)}.csv`);
    writeFileSync(file, rosterBytes(size));
    let run = 0;
    return Promise.resolve({
      run: async () => {
        run += 1;
        const office = await foundOffice(join(folder, `${String(size)}-${String(run)}`), { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, systemSurroundings({ random: seededRandom('bench') }));
        for (const [name, input] of [['roster.import', { file, period }], ['eligibility.assess', { period }]] as const) {
          const reply = await office.call(name, input, 'handler');
          if (!reply.ok) throw new Error(reply.error.message);
        }
        if (office.verify('deep').faults.length > 0) throw new Error('the ledger does not verify');
        office.close();
      },
      baseline: () => {
        run += 1;
        const db = openLedgerFile(join(folder, `bare-${String(size)}-${String(run)}.db`), { mustExist: false });
        db.exec('CREATE TABLE t (a TEXT, b TEXT, c INTEGER) STRICT; BEGIN');
        const insert = db.prepare('INSERT INTO t VALUES (@a, @b, @c)');
        for (let index = 0; index < size; index += 1) insert.run({ a: `code${String(index)}`, b: 'name', c: BigInt(index) });
        db.exec('COMMIT');
        db.close();
      },
    });
  },
};

try {
  console.log(`Node ${process.version}，${String(availableParallelism())} 个处理器；每项取 3 次的中位数（同一进程内的先热身一次）。`);
  for (const subject of [evaluatingFiles(folder, 'lines'), evaluatingFiles(folder, 'table'), importingRoster(folder), assessing(folder)]) await measure(subject, sizesOf(values['evaluate-rows']));
  await measure(opening(folder), sizesOf(values['ledger-entries']));
  await measure(importingPackage(folder), sizesOf(values['package-rows']));
  for (const subject of [reading, evaluating, importing]) await measure(subject, sizes);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

if (!values['no-window']) await benchWindow();
