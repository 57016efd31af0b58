/**
 * Amounts on which an answer may turn 差额: credits, sales, assets, listed sales, deductions. Each lever names the amounts at which the law may turn
 * on either side, so that between two neighbours the answer turns at most once and what-if.ts finds the bound to the fen. Judges nothing.
 * @source 2022-14/4 to /8, 2019-39/8, 2025-07/1; readings.md, Credit, Share, Size
 */
import { sizeNames } from '../../shared/eligibility/terms.ts';
import { fenOfYuan, groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import { joined, type AmountLever, type FoundAmount, type LeverTerms } from './what-if-levers.ts';

/** The largest amount that a cell of the roster can hold (13 digits of yuan). */
const largest: Fen = 999_999_999_999_999n;

export function amountLevers(given: LeverTerms): readonly AmountLever[] {
  return [...creditLevers(given), ...deductionLevers(given), ...sizeLevers(given), ...listedSalesLevers(given)];
}

/** Every bound with the fen before it, growing, beyond the start. */
function upwards(start: Fen | null, bounds: readonly Fen[]): readonly Fen[] {
  const all = [...bounds.flatMap((bound) => [bound - 1n, bound, bound + 1n]), largest, ...(start === null ? [0n] : [])];
  return [...new Set(all)].filter((fen) => fen >= 0n && fen <= largest && (start === null || fen > start)).sort((a, b) => (a < b ? -1 : 1));
}

function downwards(start: Fen | null, bounds: readonly Fen[]): readonly Fen[] {
  const all = [...bounds.flatMap((bound) => [bound - 1n, bound, bound + 1n]), 0n, ...(start === null ? [largest] : [])];
  return [...new Set(all)].filter((fen) => fen >= 0n && fen <= largest && (start === null || fen < start)).sort((a, b) => (a > b ? -1 : 1));
}

function shownFrom(fen: Fen | null): string | null {
  return fen === null ? null : `${groupedYuan(fen)}元`;
}

/** `现为1.00元，差2.00元`, nothing for a blank. */
function gapWords(start: Fen | null, { distance }: FoundAmount): string {
  return start === null || distance === null ? '' : `（现为${groupedYuan(start)}元，差${groupedYuan(distance)}元）`;
}

function creditLevers({ row, now }: LeverTerms): AmountLever[] {
  const taken = row.exportRefundDue + row.vatArrears;
  const floors = now.findings.flatMap(({ facts }) => (typeof facts['atLeast'] === 'string' ? [fenOfYuan(facts['atLeast'])] : []));
  const bases = [0n, row.baseCredit ?? 0n, row.prevYearEndCredit ?? 0n];
  const bounds = bases.flatMap((base) => [0n, ...floors].map((floor) => base + floor + taken));
  const blank = (start: Fen | null): AmountLever['kind'] => (start === null ? 'supply' : 'distance');
  const ending: AmountLever = {
    form: 'amount', fact: 'endingCredit', kind: blank(row.endingCredit), raises: false, from: shownFrom(row.endingCredit), start: row.endingCredit,
    rules: ['endingCredit', 'lastIncrease', 'lastIncreaseOverBase', 'lastIncreaseOverYearEnd'],
    samples: upwards(row.endingCredit, bounds),
    at: (changed, fen) => ({ ...changed, endingCredit: fen, recentCredits: changed.recentCredits === null ? null : [...changed.recentCredits.slice(0, -1), fen] }),
    says: (found) => `当期期末留抵税额达到${groupedYuan(found.fen)}元时${gapWords(row.endingCredit, found)}`,
  };
  const earlier = row.recentCredits?.slice(0, -1) ?? null;
  const lowest = earlier === null || earlier.length === 0 ? null : earlier.reduce((least, credit) => (credit < least ? credit : least));
  const complete = earlier !== null && earlier.length >= (row.filingCycle === 'quarter' ? 1 : 5);
  const recent: AmountLever = {
    form: 'amount', fact: 'recentCredits', kind: complete ? 'distance' : 'supply', raises: false, from: shownFrom(lowest), start: complete ? lowest : null,
    rules: ['sixMonths', 'sixMonthsOverBase', 'sixMonthsOfCredit'],
    samples: upwards(complete ? lowest : null, bases),
    at: withFloor,
    says: (found) => `计数各期的期末留抵税额都不低于${groupedYuan(found.fen)}元时${complete ? gapWords(lowest, found).replace('现为', '最低一期现为') : ''}`,
  };
  const supplied = (fact: 'baseCredit' | 'prevYearEndCredit', rules: readonly string[], name: string): AmountLever => ({
    form: 'amount', fact, kind: 'supply', raises: false, from: null, start: null, rules,
    samples: downwards(null, [0n, ...floors].map((floor) => (row.endingCredit ?? 0n) - taken - floor)),
    at: (changed, fen) => ({ ...changed, [fact]: fen }),
    says: ({ fen }) => (fen === largest ? `补齐${name}：不论为多少` : `补齐${name}：不高于${groupedYuan(fen)}元时`),
  });
  return [
    ending,
    recent,
    ...(row.baseCredit === null ? [supplied('baseCredit', ['existingCredit', 'incrementalCredit', 'lastIncrease'], '2019年3月31日期末留抵税额')] : []),
    ...(row.prevYearEndCredit === null ? [supplied('prevYearEndCredit', ['lastIncreaseOverYearEnd', 'incrementalCredit'], '上年末期末留抵税额')] : []),
  ];
}

/** Every counted month but the last at least this much; months that are missing are filled with it. The last is the ending credit's. */
function withFloor(row: RosterRow, floor: Fen): RosterRow {
  const given = row.recentCredits ?? [];
  const raised = given.slice(0, -1).map((credit) => (credit < floor ? floor : credit));
  const missing = Array.from({ length: Math.max(0, 5 - raised.length) }, () => floor);
  return { ...row, recentCredits: [...missing, ...raised, given.at(-1) ?? row.endingCredit ?? floor] };
}

/** More of the qualifying vouchers: needed only where the ratio is nought, blank or too small to give one fen. */
function deductionLevers({ row }: LeverTerms): AmountLever[] {
  const special = row.deductedSpecial;
  const levers: AmountLever[] = [
    {
      form: 'amount', fact: 'deductedSpecial', kind: special === null ? 'supply' : 'distance', raises: false, from: shownFrom(special), start: special, rules: ['ratio'],
      samples: upwards(special, [0n]),
      at: (changed, fen) => ({ ...changed, deductedSpecial: fen }),
      says: (found) => `期间内已抵扣的增值税专用发票税额达到${groupedYuan(found.fen)}元时${gapWords(special, found)}`,
    },
  ];
  const { yearDeductedQualified: qualified, yearDeductedTotal: total } = row;
  if (qualified !== null && total !== null && qualified < total) {
    levers.push({
      form: 'amount', fact: 'yearDeductedQualified', kind: 'distance', raises: false, from: shownFrom(qualified), start: qualified, rules: ['ratio'],
      samples: upwards(qualified, [total]).filter((fen) => fen <= total),
      at: (changed, fen) => ({ ...changed, yearDeductedQualified: fen }),
      says: (found) => `当年已抵扣的七类凭证税额达到${groupedYuan(found.fen)}元时${gapWords(qualified, found)}`,
    });
  }
  return levers;
}

/** Distances to the next lower class, for sales in the months of the year as they stand (折算全年后比较). */
function sizeLevers({ row, standards }: LeverTerms): AmountLever[] {
  if (row.industryCode === null) return [];
  const sectors = standards.sectorsFor(row.industryCode);
  const months = BigInt(row.prevYearMonths ?? 12);
  const salesBounds = sectors.flatMap(({ thresholds }) => thresholds.annualSales ?? []).map((bound) => (bound * months + 11n) / 12n - 1n);
  const assetBounds = sectors.flatMap(({ thresholds }) => thresholds.totalAssets ?? []).map((bound) => bound - 1n);
  const make = (fact: 'prevYearSales' | 'prevYearAssets', name: string, bounds: readonly Fen[]): AmountLever => ({
    form: 'amount', fact, kind: row[fact] === null ? 'supply' : 'distance', raises: true, from: shownFrom(row[fact]), start: row[fact], rules: ['size'],
    samples: downwards(row[fact], bounds),
    at: (changed, fen) => ({ ...changed, [fact]: fen }),
    says: (found) => {
      const size = found.after.size === 'undetermined' ? '' : `，划为${sizeNames[found.after.size]}企业`;
      if (found.fen === largest) return `补齐${name}：不论为多少`;
      return `${name}不高于${groupedYuan(found.fen)}元时${gapWords(row[fact], found)}${size}`;
    },
  });
  return [
    ...(salesBounds.length === 0 ? [] : [make('prevYearSales', '上年增值税销售额', salesBounds)]),
    ...(assetBounds.length === 0 ? [] : [make('prevYearAssets', '上年末资产总额', assetBounds)]),
  ];
}

/** Sales of a listed industry that are missing for a share strictly above the bound, everything else as it stands. */
function listedSalesLevers({ row, terms }: LeverTerms): AmountLever[] {
  const sales = row.salesByIndustry;
  if (sales === null) return [];
  const { above } = terms.shareTerms;
  return terms.listingTests.map((test): AmountLever => {
    const code = sales.find((one) => test.coverage(one.code) === 'in')?.code ?? test.codes[0] ?? 'C';
    const start = sales.find((one) => one.code === code)?.salesFen ?? 0n;
    let listed = test.withPresales ? row.realEstatePresales : 0n;
    let whole = listed;
    for (const one of sales) {
      whole += one.salesFen;
      if (test.coverage(one.code) === 'in') listed += one.salesFen;
    }
    const [part, all] = [above.numerator, above.denominator];
    const missing = (part * whole - all * listed) / (all - part) + 1n;
    return {
      form: 'amount', fact: 'salesByIndustry', kind: 'distance', raises: true, from: `${code}＝${groupedYuan(start)}元`, start, rules: ['industryShare', 'realEstateShare'],
      samples: missing <= 0n ? [] : upwards(start, [start + missing]).filter((fen) => fen <= start + missing),
      at: (changed, fen) => ({ ...changed, salesByIndustry: joined([...(changed.salesByIndustry ?? []).filter((one) => one.code !== code), { code, salesFen: fen }]) }),
      says: (found) => `近12个月${test.name}销售额再多${groupedYuan(found.distance ?? 0n)}元（其他行业不变），占比才超过一半`,
    };
  });
}
