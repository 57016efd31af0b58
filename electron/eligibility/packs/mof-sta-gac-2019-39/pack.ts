/**
 * The pack of 财政部 税务总局 海关总署公告2019年第39号: one route for everyone, neither size nor industry matters. No. 84 of 2019 and
 * No. 15 of 2021, better terms for some manufacturers, are not modelled and only warned of.
 * @source 2019-39/8; readings.md, Routes
 */
import type { PackId } from '../../../../shared/eligibility/model.ts';
import type { TaxPeriod } from '../../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../../shared/roster/model.ts';
import { ratioFromColumns, type RatioTerms } from '../../composition-ratio.ts';
import { countedCredits, firstCountedMonth, type CountTerms } from '../../consecutive-months.ts';
import { boundRules, definePack, type FilingTerms, type Lane, type MadeFrom, type Pack } from '../../pack.ts';
import type { Warning } from '../../warnings.ts';
import { generalReads, judgeGeneral } from './general-refund.ts';
import { generalParametersSchema, type GeneralParameters } from './parameters.ts';
import { generalPackRules } from './rules.ts';

const id: PackId = 'mof-sta-gac-2019-39';

function generalPack({ title, span, hash, parameters }: MadeFrom<GeneralParameters>): Pack {
  const lane: Lane = { key: 'general', reads: generalReads, judge: (facts) => judgeGeneral(facts, parameters) };
  const countTerms = countTermsOf(parameters);
  const ratioTerms = ratioTermsOf(parameters);
  return {
    id,
    title,
    span,
    sources: [{ pack: id, hash }],
    rules: boundRules(generalPackRules, parameters),
    forFiling(filing): FilingTerms {
      const first = { month: firstCountedMonth(filing, 'month', countTerms), quarter: firstCountedMonth(filing, 'quarter', countTerms) };
      return {
        listingTests: [],
        shownTest: null,
        shareTerms: { above: { numerator: 1n, denominator: 1n }, monthsMin: 0 },
        shareScale: parameters.shareDisplayScale,
        ratioScale: parameters.ratioDisplayScale,
        figures: (row) => ({
          recent: countedCredits(row, countTerms),
          firstCounted: first[row.filingCycle],
          ratio: ratioFromColumns(row, ratioTerms),
          yearRatio: null,
        }),
        lane: () => lane,
        warnings: (row) => unmodelledWarnings(row, filing, parameters),
      };
    },
  };
}

export const generalDefinition = definePack({ schema: generalParametersSchema, build: generalPack });

export function countTermsOf({ consecutiveMonths, consecutiveQuarters }: { consecutiveMonths: number; consecutiveQuarters: number }): CountTerms {
  return { months: consecutiveMonths, quarters: consecutiveQuarters };
}

export function ratioTermsOf(p: Pick<GeneralParameters, 'ratioFrom' | 'ratioNumerator' | 'ratioDisplayScale' | 'ratioRoundedBeforeUse'>): RatioTerms {
  return { from: p.ratioFrom, numerator: p.ratioNumerator, displayScale: p.ratioDisplayScale, roundedBeforeUse: p.ratioRoundedBeforeUse };
}

/** Reading "Routes": 2019-84 and 2021-15 are not modelled. Both concern manufacturers, so a firm that makes nothing is not warned. */
function unmodelledWarnings(row: RosterRow, filing: TaxPeriod, parameters: GeneralParameters): readonly Warning[] {
  const manufactures = row.industryCode === null || row.salesByIndustry === null || row.industryCode.startsWith('C') || row.salesByIndustry.some(({ code }) => code.startsWith('C'));
  if (!manufactures) return [];
  const began = (from: TaxPeriod | undefined): boolean => from !== undefined && filing >= from;
  if (began(parameters['unmodelledFrom.2021-15'])) return [{ code: 'unmodelled2021', facts: {} }];
  if (began(parameters['unmodelledFrom.2019-84'])) return [{ code: 'unmodelled2019', facts: {} }];
  return [];
}
