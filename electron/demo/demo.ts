/**
 * The demo 演示: a synthetic county, three practice offices, the months one after the other with real ledgers and real signed files, and at
 * the end every ledger verified to the last cell. It prints what happened, how long each phase took and where every file lies.
 */
import { assert } from '../../shared/kernel/assert.ts';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { agencies, agencyNames } from '../../shared/kernel/office.ts';
import { taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { refuse } from '../../shared/errors.ts';
import { countyProfileSchema } from '../../shared/administration/model.ts';
import { isEmptyFolder, joinPath, makeFolder } from '../platform/folders.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { writeOutput } from '../platform/output-file.ts';
import { type WrittenEncoding } from '../platform/text-file.ts';
import { openAnew, renewKeys } from './care.ts';
import { monthLines, runMonth, type MonthResult } from './month.ts';
import { printPapers } from './paper.ts';
import { openStage, trustEachOther, type Stage } from './stage.ts';
import { countyMonths, rosterCsvOf, type CountyMonth, type PaidInMonth } from './synthetic-county.ts';

export type DemoTerms = {
  readonly out: string;
  readonly enterprises: number;
  readonly months: number;
  readonly seed: number;
  readonly resources: ResourceReader;
  /** One PDF of each report of each office, when this machine has a browser. */
  readonly pdf: boolean;
  readonly say: (line: string) => void;
};

export type DemoResult = {
  readonly ok: boolean;
  readonly out: string;
  readonly months: readonly { readonly period: string; readonly refundable: number; readonly paid: string; readonly crossedOff: string; readonly ties: boolean }[];
  readonly ledgers: readonly { readonly agency: string; readonly entries: number; readonly stateRows: number; readonly head: string; readonly faults: number }[];
  readonly phases: readonly { readonly phase: string; readonly seconds: string }[];
  /** Papers printed, as paths. */
  readonly papers: readonly string[];
};

/** 凌源市: the first county of the product; the demo starts when the 2022 policy did. */
const county = '211382';
const firstPeriod = taxPeriod('2022-04');
const startsOn = civilDate('2022-04-06');
/** Rows that the reader must reject, in every file; the first file is refused because of them and then taken without them. */
const faultyRows = 3;
/** Counted from 0; a demo that is longer than a year has one. */
const failsIn = 11;
const encodings: readonly WrittenEncoding[] = ['utf-8-bom', 'gb18030', 'utf-8'];

/** @throws Refusal OFFICE_EXISTS when the folder is not empty */
export async function runDemo(terms: DemoTerms): Promise<DemoResult> {
  if (!isEmptyFolder(terms.out)) refuse('OFFICE_EXISTS', { dir: terms.out });
  const profile = countyProfileSchema.parse(JSON.parse(terms.resources(`county/${county}.json`) ?? '{}'));
  const started = performance.now();
  const stage = await openStage({ root: terms.out, county, countyName: profile.name, seed: terms.seed, startsOn, resources: terms.resources, join: joinPath, makeFolder });
  try {
    terms.say(`留抵直达演示：${profile.name}，${String(terms.enterprises)} 户，${String(terms.months)} 个月，种子 ${String(terms.seed)}`);
    await stage.phase('密钥核对', () => trustEachOther(stage));
    await stage.call('tax', 'issuer', 'refunds.addVoucherRange', { first: '00000001', last: '00999999' });
    const months = await runMonths(stage, terms, profile.name);
    const papers = terms.pdf ? await stage.phase('打印', () => printPapers(stage, terms.out, months.at(-1)?.period ?? firstPeriod)) : null;
    const ledgers = await stage.phase('账本校验', () => Promise.resolve(verifyAll(stage)));
    for (const ledger of ledgers) terms.say(ledgerLine(ledger));
    const ok = months.every((month) => month.ties.every((tie) => tie.left === tie.right)) && ledgers.every((ledger) => ledger.faults === 0);
    const phases = stage.phases.map(({ phase, ms }) => ({ phase, seconds: (ms / 1000).toFixed(1) }));
    terms.say(`用时 ${((performance.now() - started) / 1000).toFixed(1)} 秒：${phases.map((row) => `${row.phase} ${row.seconds}`).join('，')}`);
    sayFiles(stage, terms);
    if (papers !== null) terms.say(papers.without === null ? `  ${papers.folder}　单证与报表 PDF ${String(papers.files.length)} 份` : papers.without);
    terms.say(ok ? '全部轧平。' : '有未轧平之处，请看上面标 ✘ 的行。');
    return {
      ok,
      out: terms.out,
      months: months.map((month) => ({
        period: month.period,
        refundable: month.roster.assessed.counts.refundable,
        paid: groupedYuan(month.paid.total),
        crossedOff: groupedYuan(month.crossedOff.total),
        ties: month.ties.every((tie) => tie.left === tie.right),
      })),
      ledgers,
      phases,
      papers: papers?.files ?? [],
    };
  } finally {
    stage.close();
  }
}

async function runMonths(stage: Stage, terms: DemoTerms, countyName: string): Promise<MonthResult[]> {
  const results: MonthResult[] = [];
  const paidIn = (period: TaxPeriod): PaidInMonth => results.find((month) => month.period === period)?.paidRefunds ?? new Map();
  const county_ = { seed: terms.seed, enterprises: terms.enterprises, months: terms.months, countyCode: county, countyName, firstPeriod };
  let index = 0;
  for (const month of countyMonths(county_, paidIn, faultyRows)) {
    const file = await stage.phase('生成名册', () => Promise.resolve(writeRoster(stage, month, encodings[index % encodings.length] ?? 'utf-8')));
    stage.at(civilDate(`${month.filingPeriod}-16`), '09:00');
    for (const line of await stage.phase('更换密钥', () => renewKeys(stage))) terms.say(line);
    // In the twelfth month of a longer demo the finance office's computer fails after the month; its backup is from before.
    const backup = index === failsIn ? await stage.phase('备份与恢复', () => stage.backUp('finance', '财政局备份')) : null;
    const result = await runMonth(stage, month.filingPeriod, file);
    for (const line of monthLines(result)) terms.say(line);
    results.push(result);
    if (backup !== null) {
      await stage.phase('备份与恢复', () => stage.replaceMachine('finance', backup));
      terms.say('  恢复　财政局更换计算机，由上月备份恢复；重新开期前只读');
      for (const line of await stage.phase('重新开期', () => openAnew(stage, 'finance'))) terms.say(line);
    }
    index += 1;
  }
  return results;
}

function writeRoster(stage: Stage, month: CountyMonth, encoding: WrittenEncoding): string {
  const file = joinPath(stage.folders.rosters, `${month.filingPeriod}-名册-${encoding}.csv`);
  assert(writeOutput(file, rosterCsvOf(month, encoding), false) === null, 'the roster of the demo is written');
  return file;
}

function verifyAll(stage: Stage): DemoResult['ledgers'] {
  return agencies.map((agency) => {
    const { entries, stateRows, head, faults } = stage.offices[agency].verify('deep');
    return { agency: agencyNames[agency], entries, stateRows, head: head.hash, faults: faults.length };
  });
}

function ledgerLine(ledger: DemoResult['ledgers'][number]): string {
  const verdict = ledger.faults === 0 ? '通过' : `发现 ${String(ledger.faults)} 处问题`;
  return `${ledger.faults === 0 ? '✔' : '✘'} ${ledger.agency}账本：${String(ledger.entries)} 条，状态 ${String(ledger.stateRows)} 行，深度校验${verdict}，账本头 ${ledger.head.slice(0, 16)}…`;
}

function sayFiles(stage: Stage, terms: DemoTerms): void {
  terms.say(`文件都在 ${terms.out}：`);
  for (const agency of agencies) terms.say(`  ${joinPath(terms.out, agency)}　${agencyNames[agency]}的数据目录（ledger.db 为账本；可用 npm run -s liudi -- office status --office ${joinPath(terms.out, agency)} 查看）`);
  terms.say(`  ${stage.folders.stick}　U 盘：密钥卡（.kxc）与交换包（.kxp）`);
  terms.say(`  ${stage.folders.rosters}　各月名册`);
}

