/**
 * Facts on which an answer may turn 可能改变结论的事实, for 差多少就符合: each lever is one column of the roster, the kind of change it would be, and
 * the values to try, nearest first. Nothing is judged here; what-if.ts runs the engine on every change. Levers of amounts: what-if-amounts.ts.
 * @source 2022-14/3, /7, /10, 2025-07/1; readings.md, Rows, Dates, Ratio; features.md B4
 */
import type { ProposalKind } from '../../shared/eligibility/what-if-contract.ts';
import type { Determination } from '../../shared/eligibility/model.ts';
import { paperDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import { lastDay, periodLabel, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { ColumnKey } from '../../shared/roster/columns.ts';
import type { IndustrySales, RosterRow } from '../../shared/roster/model.ts';
import { statusNames } from './conditions.ts';
import type { FilingTerms } from './pack.ts';
import { sizing } from './size.ts';
import type { SizeStandards } from './size-standards.ts';

/** What the levers of one case are made from. */
export type LeverTerms = {
  readonly row: RosterRow;
  readonly filing: TaxPeriod;
  readonly now: Determination;
  readonly terms: FilingTerms;
  readonly standards: SizeStandards;
};

type LeverHead = {
  readonly fact: ColumnKey;
  readonly kind: ProposalKind;
  /** Rules of the packs whose citations speak of this fact. */
  readonly rules: readonly string[];
  /** As the roster has it; null = blank. */
  readonly from: string | null;
  /** May raise an amount that is already refundable, rather than only bring one about. */
  readonly raises: boolean;
};

/** One value to try. */
export type Option = { readonly apply: (row: RosterRow) => RosterRow; readonly to: string; readonly says: string };

export type ChoiceLever = LeverHead & { readonly form: 'choice'; readonly options: readonly Option[] };

/** An amount that is moved from where it stands towards the samples; between two neighbours the answer turns at most once. */
export type AmountLever = LeverHead & {
  readonly form: 'amount';
  /** Fen as the roster has it; null = blank, then the first sample is the least favourable amount. */
  readonly start: Fen | null;
  /** In the order of growing distance. */
  readonly samples: readonly Fen[];
  readonly at: (row: RosterRow, fen: Fen) => RosterRow;
  readonly says: (found: FoundAmount) => string;
};

/** @param distance null for a blank; @param after what the engine answers at `fen` */
export type FoundAmount = { readonly fen: Fen; readonly distance: Fen | null; readonly after: Determination };

export type Lever = ChoiceLever | AmountLever;

/** Every lever of known or blank facts that are no amounts. */
export function choiceLevers(given: LeverTerms): readonly ChoiceLever[] {
  return [...conditionLevers(given), ...measureLevers(given), ...shareLevers(given)];
}

function lever(fact: ColumnKey, kind: ProposalKind, rules: readonly string[], from: string | null, options: readonly Option[], raises = false): ChoiceLever {
  return { form: 'choice', fact, kind, rules, from, options, raises };
}

function setTo(change: Partial<RosterRow>, to: string, says: string): Option {
  return { apply: (row) => ({ ...row, ...change }), to, says };
}

function conditionLevers({ row, filing }: LeverTerms): ChoiceLever[] {
  const levers: ChoiceLever[] = [];
  const add = (...made: Parameters<typeof lever>): void => { levers.push(lever(...made)); };
  if (row.taxpayerKind === null) add('taxpayerKind', 'supply', ['generalTaxpayer'], null, [setTo({ taxpayerKind: 'general' }, '一般纳税人', '补齐纳税人类型：为一般纳税人时')]);
  if (row.taxpayerKind === 'small-scale') add('taxpayerKind', 'registered', ['generalTaxpayer'], '小规模纳税人', [setTo({ taxpayerKind: 'general' }, '一般纳税人', '登记为一般纳税人（现登记为小规模纳税人）时')]);
  if (row.status === 'deregistered') add('status', 'registered', ['status'], statusNames.deregistered, [setTo({ status: 'normal' }, statusNames.normal, '纳税人状态登记为正常（现登记为注销）时')]);
  if (row.filed === null) add('filed', 'supply', ['filed'], null, [setTo({ filed: true }, '是', '查明当期申报：已申报时')]);
  if (row.filed === false) add('filed', 'act', ['filed'], '否', [setTo({ filed: true }, '是', '先完成当期增值税申报')]);
  if (row.creditRating === null) add('creditRating', 'supply', ['rating'], null, ratings('查明申请时的纳税信用级别：为'));
  if (row.creditRating !== null && row.creditRating !== 'A' && row.creditRating !== 'B') {
    const from = row.creditRating === 'unrated' ? '未评' : `${row.creditRating}级`;
    add('creditRating', 'registered', ['rating'], from, ratings(`纳税信用级别以申请时公布的为准，现为${from}；公布为`));
  }
  if (row.fraud36 === null) add('fraud36', 'supply', ['fraud'], null, [setTo({ fraud36: false }, '否', '查明申请前36个月有无骗税或虚开：没有时')]);
  if (row.fraud36 === true) add('fraud36', 'registered', ['fraud'], '是', [setTo({ fraud36: false }, '否', '申请前36个月内有骗税或虚开情形；名册没有发生日期，请向稽查部门查明，自该情形满36个月后')]);
  if (row.evasion36 === null) add('evasion36', 'supply', ['evasion'], null, [setTo({ evasion36: 0 }, '0', '查明申请前36个月因偷税被处罚的次数：没有时')]);
  if (row.evasion36 !== null && row.evasion36 > 0) {
    const from = row.evasion36;
    const fewer = Array.from({ length: from }, (_, index) => from - 1 - index);
    add('evasion36', 'registered', ['evasion'], String(from), fewer.map((count) =>
      setTo({ evasion36: count }, String(count), `申请前36个月内因偷税被处罚${String(from)}次；较早的处罚满36个月后不再计入，次数为${String(count)}次时`)));
  }
  if (row.immediateRefund === null) add('immediateRefund', 'supply', ['immediateRefund'], null, [setTo({ immediateRefund: false }, '否', '查明2019年4月起是否享受即征即退、先征后返（退）：没有时')]);
  if (row.immediateRefund === true) {
    const by = lastDay(filing);
    add('immediateRefundRepaidOn', 'act', ['immediateRefund'], row.immediateRefundRepaidOn, [setTo({ immediateRefundRepaidOn: by }, by, `将即征即退、先征后返（退）税款一次性全部缴回（至迟${paperDate(by)}）后申请`)]);
    add('immediateRefund', 'registered', ['immediateRefund'], '是', [setTo({ immediateRefund: false }, '否', '登记为自2019年4月起享受即征即退、先征后返（退）；登记为没有享受时')]);
  }
  if (row.exportRefundPending) add('exportRefundPending', 'act', ['exportRefund'], '是', [setTo({ exportRefundPending: false }, '否', '等免抵退应退税额核准，并把核准数填入名册后重新测算')]);
  if (row.underInspection === null) add('underInspection', 'supply', ['suspension'], null, [setTo({ underInspection: false }, '否', '查明有无稽查立案未结：没有时')]);
  if (row.underInspection === true) add('underInspection', 'act', ['suspension'], '是', [setTo({ underInspection: false }, '否', '稽查结案后继续办理')]);
  if (row.filingMismatch === null) add('filingMismatch', 'supply', ['suspension'], null, [setTo({ filingMismatch: false }, '否', '查明有无申报比对异常未处理：没有时')]);
  if (row.filingMismatch === true) add('filingMismatch', 'act', ['suspension'], '是', [setTo({ filingMismatch: false }, '否', '申报比对异常处理完毕后继续办理')]);
  if (row.abnormalVouchers > 0n) add('abnormalVouchers', 'act', ['suspension'], '有', [setTo({ abnormalVouchers: 0n }, '无', '异常增值税扣税凭证处理完毕后继续办理')]);
  if (row.vatArrears > 0n) {
    const from = `${groupedYuan(row.vatArrears)}元`;
    levers.push(lever('vatArrears', 'act', ['endingCredit'], from, [setTo({ vatArrears: 0n }, '0.00元', `增值税欠税${from}缴清后，不再抵减期末留抵税额`)], true));
  }
  if (row.generalRefundedOn !== null) {
    add('generalRefundedOn', 'registered', ['countedMonths'], row.generalRefundedOn, [setTo({ generalRefundedOn: null }, '空白', `上次一般留抵退税取得日期登记为${row.generalRefundedOn}，须在其后重新起计；没有该次退税时`)]);
  }
  return levers;
}

function ratings(says: string): Option[] {
  return (['A', 'B'] as const).map((rating) => setTo({ creditRating: rating }, `${rating}级`, `${says}A级或B级时`));
}

/** Size without amounts, and the start of the deducted columns. */
function measureLevers({ row, terms, standards }: LeverTerms): ChoiceLever[] {
  const levers: ChoiceLever[] = [];
  const { gap } = sizing(row, standards);
  if (gap === 'code-blank' || gap === 'code-coarse') {
    const largest = (row.salesByIndustry ?? []).toSorted((a, b) => (a.salesFen < b.salesFen ? 1 : -1)).map(({ code }) => code);
    const codes = [...new Set([...largest, ...standards.sectors.flatMap((sector) => sector.prefixes.slice(0, 1))])].filter((code) => row.industryCode === null || code.startsWith(row.industryCode));
    const options = codes.map((code) => setTo({ industryCode: code }, code, `补齐划型行业代码到大类或中类（上一会计年度增值税销售额占比最高的行业）：如为${code}`));
    levers.push(lever('industryCode', 'supply', ['size'], row.industryCode, options));
  }
  if (row.prevYearMonths === null || row.prevYearMonths === 0) {
    const says = row.prevYearMonths === null ? '补齐上年存续月数：如为12个月' : '上年存续月数为0，划型办法未见规定，请人工核定；如核定为满一年';
    levers.push(lever('prevYearMonths', 'supply', ['size'], row.prevYearMonths === null ? null : '0', [setTo({ prevYearMonths: 12 }, '12', says)]));
  }
  const { ratio, yearRatio } = terms.figures(row);
  const starts = [...new Set([ratio.from, ...(yearRatio === null ? [] : [yearRatio.from])])].filter((start) => start !== row.deductedFrom);
  const restated = starts.map((start) => setTo({ deductedFrom: start }, start, `已抵扣进项须自${periodLabel(start)}起重新统计，统计后各栏数字以实际为准；如各栏不变`));
  if (restated.length > 0) levers.push(lever('deductedFrom', 'supply', ['ratioPeriod', 'ratio'], row.deductedFrom, restated));
  if (yearRatio !== null && (yearRatio.gap === 'year-blank' || yearRatio.gap === 'start-blank' || yearRatio.gap === 'year-contradicts')) {
    const { yearDeductedQualified: qualified, yearDeductedTotal: total } = row;
    const whole = total ?? qualified ?? 1n;
    const says = `补齐或核对自${periodLabel(yearRatio.from)}起的“当年已抵扣”两栏；如两栏相等（比例为1，金额为最高）`;
    levers.push(lever('yearDeductedTotal', 'supply', ['ratioPeriod', 'ratio'], null, [setTo({ yearDeductedQualified: whole === 0n ? 1n : whole, yearDeductedTotal: whole === 0n ? 1n : whole }, '两栏相等', says)]));
  }
  return levers;
}

/** Blank or coarse sales by industry, and months of trade. */
function shareLevers({ row, terms }: LeverTerms): ChoiceLever[] {
  const levers: ChoiceLever[] = [];
  const { listingTests, shareTerms } = terms;
  if (listingTests.length === 0) return levers;
  const rules = ['industryShare', 'realEstateShare'];
  if (row.salesMonths === null) levers.push(lever('salesMonths', 'supply', rules, null, [setTo({ salesMonths: 12 }, '12', '补齐近12个月经营月数：如为12个月')]));
  if (row.salesMonths !== null && row.salesMonths < shareTerms.monthsMin) {
    const least = shareTerms.monthsMin;
    levers.push(lever('salesMonths', 'time', rules, String(row.salesMonths), [setTo({ salesMonths: least }, String(least), `经营满${String(least)}个月后，按届时的分行业销售额认定；如占比不变`)], true));
  }
  if (row.salesByIndustry === null) {
    const listed = listingTests.map(({ name, codes }) => ({ code: codes[0] ?? 'C', says: `补齐近12个月分行业销售额：${name}占比超过一半时` }));
    const outside = 'ABCDEFGHIJKLMNOPQRST'.split('').find((code) => listingTests.every((test) => test.coverage(code) === 'out'));
    const other = outside === undefined ? [] : [{ code: outside, says: '补齐近12个月分行业销售额：名单内行业占比没有超过一半时' }];
    levers.push(lever('salesByIndustry', 'supply', rules, null, [...listed, ...other].map(({ code, says }) => setTo({ salesByIndustry: [{ code, salesFen: 1n }] }, code, says))));
  } else {
    const sales = row.salesByIndustry;
    const finer = listingTests.flatMap((test) => {
      const inside = (code: string): string => (test.coverage(code) === 'partly' ? (test.codes.find((listed) => listed.startsWith(code)) ?? code) : code);
      const coarse = sales.filter(({ code }) => test.coverage(code) === 'partly').map(({ code }) => code);
      if (coarse.length === 0) return [];
      const says = `把分行业销售额中过粗的代码（${coarse.join('、')}）补齐到大类或中类：属于${test.name}时`;
      return [setTo({ salesByIndustry: joined(sales.map(({ code, salesFen }) => ({ code: inside(code), salesFen }))) }, coarse.map(inside).join('、'), says)];
    });
    if (finer.length > 0) levers.push(lever('salesByIndustry', 'supply', rules, sales.map(({ code }) => code).join('、'), finer));
  }
  return levers;
}

/** A code stands once in a cell of the roster. */
export function joined(sales: readonly IndustrySales[]): readonly IndustrySales[] {
  const once = new Map<string, Fen>();
  for (const { code, salesFen } of sales) once.set(code, (once.get(code) ?? 0n) + salesFen);
  return [...once].map(([code, salesFen]) => ({ code, salesFen }));
}
