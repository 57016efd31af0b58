/**
 * The pack of 财政部 税务总局公告2025年第7号, in force from the filing period 2025-09. Puts parameters, rules and lanes together; size is
 * shown but decides nothing here.
 * @source 2025-07; readings.md
 */
import type { PackId } from '../../../../shared/eligibility/model.ts';
import { lastDay, taxPeriod, taxPeriodFiledIn, type TaxPeriod } from '../../../../shared/kernel/tax-period.ts';
import { present } from '../../../../shared/kernel/assert.ts';
import type { RosterRow } from '../../../../shared/roster/model.ts';
import { ratioFromColumns, ratioSinceJanuary, type RatioTerms } from '../../composition-ratio.ts';
import { countedCredits, firstCountedMonth, type CountTerms } from '../../consecutive-months.ts';
import { boundRules, definePack, type FilingTerms, type Lane, type MadeFrom, type Pack } from '../../pack.ts';
import { codesOf } from '../../parameter-values.ts';
import { listingTest } from '../../share.ts';
import type { Warning } from '../../warnings.ts';
import { laneFor } from './lanes.ts';
import { parametersSchema, type Parameters2025 } from './parameters.ts';
import { rules2025 } from './rules.ts';

const id: PackId = 'mof-sta-2025-07';

function pack2025({ title, span, hash, parameters }: MadeFrom<Parameters2025>): Pack {
  const countTerms: CountTerms = { months: parameters.consecutiveMonths, quarters: parameters.consecutiveQuarters };
  const lanes = [0, 1, 2, 3].map((bits) => laneFor([(bits & 1) !== 0, (bits & 2) !== 0], parameters));
  // 预收款 counts in the real estate test only (readings.md, Share).
  const listingTests = [
    listingTest('four', '制造业等4个行业', codesOf(parameters['industryList.four']), false),
    listingTest('realEstate', '房地产开发经营业', codesOf(parameters['industryList.realEstate']), true),
  ];
  return {
    id,
    title,
    span,
    sources: [{ pack: id, hash }],
    rules: boundRules(rules2025, parameters),
    forFiling(filing): FilingTerms {
      const first = { month: firstCountedMonth(filing, 'month', countTerms), quarter: firstCountedMonth(filing, 'quarter', countTerms) };
      const sinceBase = ratioTerms(parameters, parameters.ratioFrom);
      const sinceJanuary = ratioTerms(parameters, yearStart(filing, parameters.otherRatioFromMonth));
      return {
        listingTests,
        shownTest: 0,
        shareTerms: { above: parameters.shareAbove, monthsMin: parameters.shareMonthsMin },
        shareScale: parameters.shareDisplayScale,
        ratioScale: parameters.ratioDisplayScale,
        figures: (row) => ({
          recent: countedCredits(row, countTerms),
          firstCounted: first[row.filingCycle],
          ratio: ratioFromColumns(row, sinceBase),
          yearRatio: ratioSinceJanuary(row, sinceJanuary),
        }),
        lane: (_size, listed) => laneOf(lanes, listed),
        warnings: (row) => repaidWarnings(row, filing, parameters),
      };
    },
  };
}

export const definition2025 = definePack({ schema: parametersSchema, build: pack2025 });

function laneOf(lanes: readonly Lane[], listed: readonly boolean[]): Lane {
  return present(lanes[(listed[0] === true ? 1 : 0) | (listed[1] === true ? 2 : 0)], 'a lane for every pair of listings');
}

function ratioTerms(p: Parameters2025, from: TaxPeriod): RatioTerms {
  return { from, numerator: p.ratioNumerator, displayScale: p.ratioDisplayScale, roundedBeforeUse: p.ratioRoundedBeforeUse };
}

/** Reading "Ratio": January of the year of the tax period before the filing period: filing 2026-01 → 2025-01. */
function yearStart(filing: TaxPeriod, month: number): TaxPeriod {
  return taxPeriod(`${taxPeriodFiledIn(filing).slice(0, 4)}-${String(month).padStart(2, '0')}`);
}

/** Reading "Dates": No. 7 sets no last day for repaying, and warns of the months without another change; a later date is doubtful. */
function repaidWarnings({ immediateRefund, immediateRefundRepaidOn: repaidOn }: RosterRow, filing: TaxPeriod, { noChangeMonths }: Parameters2025): readonly Warning[] {
  if (repaidOn === null || immediateRefund === false) return [];
  const repaid: Warning = { code: 'repaid', facts: { on: repaidOn, months: noChangeMonths } };
  return repaidOn > lastDay(filing) ? [repaid, { code: 'repaidLate', facts: { on: repaidOn } }] : [repaid];
}
