/** The risk indicators beside their second engine over the same seeded roster; sentences and bases are left out. The verdict on a refund is the evaluation's in both. */
import { judgeFor, officePolicy } from '../../../electron/eligibility/without-ledger.ts';
import { canonicalText } from '../../../electron/journal/index.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { linesOfJudged } from '../../../electron/risk/risk-lines.ts';
import { readRoster } from '../../../electron/roster/without-ledger.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { PreviousRow } from '../../../shared/risk/indicators.ts';
import { usualRiskSettings } from '../../../shared/risk/settings.ts';
import type { RosterLine } from '../../../shared/roster/model.ts';
import { bytesOf, completeCells, completeText, testUscc, type Cells } from '../roster-rows.ts';
import { chanceOf, type Chance } from './planted-differences.ts';
import { risk, type Firm } from './risk.ts';

const filing = taxPeriod('2022-05');
const judge = judgeFor(filing, officePolicy(checkoutResources));

/** A firm whose cells stand at, beside and far from the thresholds, some of them blank. */
function someFirm(n: number, chance: Chance): Record<string, string> {
  const of = (...texts: readonly string[]): string => texts[chance.below(texts.length)] ?? '';
  const amount = (): string => of('', '0.00', '0.01', '100.00', '30.00', '50000.00', '50000.01', '70000.00', '100000.00', '999999.99', '1000000.00', '5000000.00');
  const ending = of('', '120000.50', '1000000.00', '5000000.00');
  return { ...completeCells, uscc: testUscc(n + 1), name: of('凌源未来厂', '凌源末来厂', '凌源（未来）厂', `第${String(n)}公司`, '治金（A）', '冶金A'), status: of('正常', '正常', '破产', '非正常', '停业', ''),
    creditRating: of('', 'A', 'B', 'M', 'C', 'D', '未评'), registeredOn: of('', '2021-05-01', '2021-05-02', '2015-01-01', '2022-05-01'),
    prevYearSales: amount(), prevYearMonths: of('', '0', '1', '6', '12'), prevYearAssets: amount(), salesByIndustry: of('', 'C=0', 'C=70;I65=0.01', 'C=700000;F51=100', 'C=21'),
    salesMonths: of('', '0', '3', '12'), endingCredit: ending, recentCredits: ending === '' ? '' : of('', `1;${ending}`, `0;0;0;0;0;${ending}`, Array(6).fill(ending).join(';'), `60000;60000;60000;60000;60000;${ending}`),
    deductedSpecial: amount(), deductedVehicle: amount(), deductedToll: amount(), deductedCustoms: amount(), deductedWithholding: of('', '0'), deductedAir: of('', '20.00'), deductedRail: of('', '10.00'),
    deductedOther: amount(), transferredOut: amount(), abnormalVouchers: amount(), phone: of('', '0421-6812345', '04216812345', '1'), bankAccount: of('', '００12 345', '0012345', 'ab1', 'AB1'),
    accountName: of('', '凌源未来厂', '别的名称'), exportRefundDue: '0', vatArrears: '0', existingRefundedOn: '', baseCredit: of('0', '1000.00') };
}

async function linesRead(rows: readonly Cells[]): Promise<RosterLine[]> {
  const reading = await readRoster(bytesOf(completeText(...rows)), { filingPeriod: filing, repeatedCodes: 'refused' });
  if (reading.kind === 'refused') throw new Error(`the roster was refused: ${reading.code}`);
  const lines: RosterLine[] = [];
  for await (const line of reading.lines) lines.push(line);
  return lines;
}

/** The refund at stake as the page says it, from the evaluation's figures. */
function stakeOf(line: RosterLine): bigint | null {
  if (line.kind === 'rejected') return 0n;
  const { figures: { verdict, refundableExisting, refundableIncremental } } = judge(line.row);
  if (verdict === 'needs-evidence') return null;
  return ['refundable', 'suspended', 'not-open'].includes(verdict) ? (refundableExisting ?? 0n) + (refundableIncremental ?? 0n) : 0n;
}

const plain = (line: string): string => canonicalText(JSON.parse(line, (key, value: unknown) => (['text', 'basis'].includes(key) ? undefined : value)));

/** What differs between the two over a roster of a seed. */
export async function riskFaults(seed: number): Promise<string[]> {
  const chance = chanceOf(seed);
  const rows = Array.from({ length: 1 + chance.below(12) }, (_, n) => someFirm(n, chance));
  const old = rows.filter(() => chance.below(4) > 0).map((row, n) => ({ ...someFirm(n, chance), uscc: row['uscc'] ?? '' }));
  const [lines, before] = [await linesRead(rows), chance.below(4) === 0 ? null : await linesRead(old)];
  const rejected = [...lines, ...before ?? []].filter(({ kind }) => kind === 'rejected').length;
  if (rejected > 0) return [`风险 种子 ${String(seed)}：名册有错误行 ${canonicalText(lines.find(({ kind }) => kind === 'rejected') ?? before ?? {})}`];
  const known = new Map((before ?? []).flatMap((line): [string, PreviousRow][] => (line.kind === 'rejected' ? [] : [[line.row.uscc, line.row]])));
  const engine: string[] = [];
  for await (const line of linesOfJudged({ period: filing, settings: usualRiskSettings, judge, before: before === null ? null : known, lines: () => Promise.resolve(lines) }, checkoutResources, () => {})) engine.push(plain(line));
  const firms = rows.map((cells, n): Firm => ({ cells, stake: lines[n] === undefined ? 0n : stakeOf(lines[n]) }));
  const second = risk(firms, filing, before === null ? null : old.map((cells) => ({ cells, stake: null }))).map((line) => canonicalText(line));
  return engine.flatMap((line, n) => (line === second[n] ? [] : [`风险 种子 ${String(seed)} 行 ${String(n)}：引擎 ${line}；第二引擎 ${second[n] ?? '无'}`]))
    .concat(engine.length === second.length ? [] : [`风险 种子 ${String(seed)} 行数不同`]);
}
