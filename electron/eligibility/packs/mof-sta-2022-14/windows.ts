/**
 * Windows 申请窗口 of No. 14: the first filing period in which a size class, listed by an industry list, may apply for existing and
 * incremental credit. A window has a start and no end: whoever did not apply may apply later.
 * @source 2022-14/1, 2022-14/2, 2022-17/2, 2022-19/1, 2022-21/1; readings.md, Routes
 */
import type { SizeClass } from '../../../../shared/eligibility/model.ts';
import type { TaxPeriod } from '../../../../shared/kernel/tax-period.ts';
import { codesOf, type IndustryList } from '../../parameter-values.ts';
import { listingTest, type ListingTest } from '../../share.ts';
import type { Parameters2022 } from './parameters.ts';

/** The list that first opened the door: No. 14's own industries, or those together with the industries of No. 21. */
export type ListId = 'six' | 'seven';

const listNames: Readonly<Record<ListId, string>> = { six: '制造业等行业', seven: '制造业、批发零售业等行业' };

/** Lists in force in a filing period, oldest first; each test holds the sales of every list up to it. */
export type ListsInForce = { readonly ids: readonly ListId[]; readonly tests: readonly ListingTest[] };

/** 2022-07 起分子是全部名单行业的合计 (2022-21/2). The oldest list that suffices alone gives the firm its windows. */
export function listsInForce(filing: TaxPeriod, parameters: Parameters2022): ListsInForce {
  const six = parameters['industryList.six'];
  const seven = parameters['industryList.seven'];
  const ids: ListId[] = [];
  const tests: ListingTest[] = [];
  const add = (id: ListId, lists: readonly IndustryList[], name: string): void => {
    ids.push(id);
    tests.push(listingTest(id, name, lists.flatMap(codesOf), false));
  };
  if (filing >= six.from) add('six', [six], listNames.six);
  if (seven !== undefined && filing >= seven.from) add('seven', [six, seven], listNames.seven);
  return { ids, tests };
}

/** By what name the widest list in force is called; null while there is none. */
export function listName(filing: TaxPeriod, parameters: Parameters2022): string | null {
  if (filing < parameters['industryList.six'].from) return null;
  const seven = parameters['industryList.seven'];
  return seven !== undefined && filing >= seven.from ? listNames.seven : listNames.six;
}

/** The oldest list by which the firm is listed; null when it is not. @param listed one answer per test, in the order of the lists */
export function listedBy(lists: ListsInForce, listed: readonly boolean[]): ListId | null {
  return lists.ids.find((_, index) => listed[index] === true) ?? null;
}

/** Existing credit of small and micro firms opens by article 1, of medium and large ones by their list; null = no existing refund. */
export function existingOpenFrom(size: SizeClass, list: ListId | null, parameters: Parameters2022): TaxPeriod | null {
  if (size === 'micro' || size === 'small') return parameters[`window.existing.${size}`];
  if (list === null) return null;
  return parameters[`window.existing.${list}.${size}`] ?? null;
}

/** Incremental credit of a listed firm (article 2). */
export function listedIncrementalOpenFrom(list: ListId, parameters: Parameters2022): TaxPeriod | null {
  return parameters[`window.incremental.${list}`] ?? null;
}
