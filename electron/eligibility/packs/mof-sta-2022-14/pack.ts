/**
 * The pack of 财政部 税务总局公告2022年第14号 as amended, with 2019-39/8 for those it leaves to No. 39. Puts parameters, rules and lanes
 * together; reasons nothing itself.
 * @source 2022-14, 2022-17, 2022-19, 2022-21
 */
import { sizeClasses, type PackId } from '../../../../shared/eligibility/model.ts';
import { present } from '../../../../shared/kernel/assert.ts';
import { ratioFromColumns } from '../../composition-ratio.ts';
import { countedCredits, firstCountedMonth } from '../../consecutive-months.ts';
import { boundRules, definePack, type FilingTerms, type MadeFrom, type OtherSource, type Pack } from '../../pack.ts';
import { countTermsOf, generalDefinition, ratioTermsOf } from '../mof-sta-gac-2019-39/pack.ts';
import { laneFor } from './lanes.ts';
import { parametersSchema, type Parameters2022 } from './parameters.ts';
import { generalSchemeRules, rulesAfterGeneral, rulesBeforeGeneral } from './rules.ts';
import { listsInForce } from './windows.ts';

const id: PackId = 'mof-sta-2022-14';

/** Article 8 of No. 39 stands in for those outside articles 1 and 2. */
function pack2022({ title, span, hash, parameters }: MadeFrom<Parameters2022>, other: OtherSource): Pack {
  const general = other('mof-sta-gac-2019-39', generalDefinition);
  const countTerms = countTermsOf(general.parameters);
  const ratioTerms = ratioTermsOf(parameters);
  return {
    id,
    title,
    span,
    sources: [
      { pack: id, hash },
      { pack: 'mof-sta-gac-2019-39', hash: general.hash },
    ],
    rules: [...boundRules(rulesBeforeGeneral, parameters), ...boundRules(generalSchemeRules, general.parameters), ...boundRules(rulesAfterGeneral, parameters)],
    forFiling(filing): FilingTerms {
      const lists = listsInForce(filing, parameters);
      const first = { month: firstCountedMonth(filing, 'month', countTerms), quarter: firstCountedMonth(filing, 'quarter', countTerms) };
      const lanes = laneTable(lists.tests.length, (size, listed) => laneFor(size, listed, { filing, parameters, general: general.parameters, lists }));
      return {
        listingTests: lists.tests,
        shownTest: lists.tests.length === 0 ? null : lists.tests.length - 1,
        shareTerms: { above: parameters.shareAbove, monthsMin: parameters.shareMonthsMin },
        shareScale: parameters.shareDisplayScale,
        ratioScale: parameters.ratioDisplayScale,
        figures: (row) => ({
          recent: countedCredits(row, countTerms),
          firstCounted: first[row.filingCycle],
          ratio: ratioFromColumns(row, ratioTerms),
          yearRatio: null,
        }),
        lane: lanes,
        warnings: () => [],
      };
    },
  };
}

export const definition2022 = definePack({ schema: parametersSchema, build: pack2022 });

/** Lanes worked out once per filing period: size class × listings, bit i standing for the i-th list. */
function laneTable(tests: number, make: FilingTerms['lane']): FilingTerms['lane'] {
  const listings = Array.from({ length: 1 << tests }, (_, bits) => Array.from({ length: tests }, (_unused, index) => (bits & (1 << index)) !== 0));
  const table = sizeClasses.map((size) => listings.map((listed) => make(size, listed)));
  return (size, listed) => {
    const bits = listed.reduce((sum, one, index) => (one ? sum | (1 << index) : sum), 0);
    return present(table[sizeClasses.indexOf(size)]?.[bits], 'a lane');
  };
}
