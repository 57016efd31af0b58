/**
 * `evaluate` measured from outside: the whole command line in a process of its own, from start to written files, beside a bare loop over the same
 * parsed figures. The file is made piece by piece from synthetic counties, so that a million rows never stand in memory.
 */
import { appendFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { countyMonths, rosterCsvOf, type CountyMonth } from '../../electron/demo/synthetic-county.ts';
import { openFileSource } from '../../electron/platform/byte-source.ts';
import { batchReader, openRosterBatches, passedFileBytesMax } from '../../electron/roster/without-ledger.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { commandOnce } from './command.ts';
import type { Subject } from './measure.ts';

const period = taxPeriod('2022-04');
/** Firms of one county; a bigger one would cost the bench itself memory. */
const countySize = 20_000;

/** @param folder for rosters and outputs */
export function evaluating(folder: string, as: 'lines' | 'table'): Subject {
  const what = as === 'lines' ? '写出带逐条判定的 JSON 行' : '只写 CSV 表，不作逐条判定的文字';
  return {
    name: `命令行 evaluate（启动、读 CSV、测算、${what}；内存为整个进程，含工作线程）`,
    baselineSays: '同样的数已解析好，只做一遍乘法与舍入的循环', unit: '行', warmUp: false,
    prepare: async (size) => {
      const roster = join(folder, `evaluate-${String(size)}.csv`);
      const out = join(folder, 'evaluate.out');
      writeRoster(roster, size);
      const figures = await figuresOf(roster, size);
      console.log(`  （${String(size)} 行的名册 ${(statSync(roster).size / 1e6).toFixed(0)} MB）`);
      return {
        run: () => {
          rmSync(out, { force: true });
          return commandOnce(['evaluate', roster, '--period', period, as === 'lines' ? '--out' : '--csv', out, '--json']);
        },
        baseline: () => { bareLoop(figures); },
        done: () => {
          for (const file of [roster, out]) rmSync(file, { force: true });
        },
      };
    },
  };
}

/** Rosters of counties one after the other under one header, cut at the size. */
function writeRoster(path: string, size: number): void {
  let rows = 0;
  for (let seed = 1; rows < size; seed += 1) {
    const enterprises = Math.min(countySize, Math.ceil((size - rows) * 1.05) + 20);
    const [month] = countyMonths({ seed, enterprises, months: 1, countyCode: '211382', countyName: '凌源市', firstPeriod: period });
    if (month === undefined) throw new Error('a county has a first month');
    const part: CountyMonth = { ...month, rows: month.rows.slice(0, size - rows) };
    const bytes = rosterCsvOf(part, 'utf-8');
    if (rows === 0) writeFileSync(path, bytes);
    else appendFileSync(path, bytes.subarray(bytes.indexOf(10) + 1));
    rows += part.rows.length;
  }
}

type Figures = { readonly base: BigInt64Array; readonly ending: BigInt64Array; readonly special: BigInt64Array; readonly other: BigInt64Array };

/** The figures of the file in fen, read once, before anything is measured. */
async function figuresOf(path: string, size: number): Promise<Figures> {
  const opened = openFileSource(path, passedFileBytesMax);
  if (opened.kind === 'refused') throw new Error(opened.reason);
  const reading = await openRosterBatches(opened.source, period);
  if (reading.kind === 'refused') throw new Error(reading.code);
  const [base, ending, special, other] = Array.from({ length: 4 }, () => new BigInt64Array(size)) as [BigInt64Array, BigInt64Array, BigInt64Array, BigInt64Array];
  const read = batchReader(reading.head, period);
  let index = 0;
  for await (const batch of reading.batches) {
    for (const line of read(batch)) {
      if (line.kind === 'row') [base[index], ending[index], special[index], other[index]] = [line.row.baseCredit ?? 0n, line.row.endingCredit ?? 0n, line.row.deductedSpecial ?? 0n, line.row.deductedOther];
      index += 1;
    }
  }
  opened.source.close();
  if (index !== size) throw new Error(`${String(index)} rows instead of ${String(size)}`);
  return { base, ending, special, other };
}

function bareLoop({ base, ending, special, other }: Figures): void {
  let total = 0n;
  for (let index = 0; index < base.length; index += 1) {
    const [from, to, counted] = [base[index] ?? 0n, ending[index] ?? 0n, special[index] ?? 0n];
    const whole = counted + (other[index] ?? 0n);
    const existing = from < to ? from : to;
    if (whole > 0n) total += (existing * counted * 2n + whole) / (2n * whole) + ((to - existing) * counted * 2n + whole) / (2n * whole);
  }
  if (total < 0n) throw new Error('impossible');
}
