/** The words of a roster on screen 名册用语: names of the closed values, taken from the columns that read them. Labels only. */
import { creditRatingWords, taxpayerKindWords, taxpayerStatusWords } from '../../shared/roster/columns.ts';
import type { CreditRating, TaxpayerKind, TaxpayerStatus } from '../../shared/roster/model.ts';
import type { StateWord, Tone } from '../components/table/columns.ts';

function turned<V extends string>(words: Readonly<Record<string, V>>): Readonly<Record<V, string>> {
  return Object.fromEntries(Object.entries(words).map(([word, value]) => [value, word])) as Record<V, string>; // the words are one to one
}

export const kindNames: Readonly<Record<TaxpayerKind, string>> = turned(taxpayerKindWords);
export const ratingNames: Readonly<Record<CreditRating, string>> = turned(creditRatingWords);
export const statusNames: Readonly<Record<TaxpayerStatus, string>> = turned(taxpayerStatusWords);

const statusTones: Readonly<Record<TaxpayerStatus, Tone>> = { normal: 'plain', 'suspended-business': 'wait', abnormal: 'bad', bankrupt: 'bad', deregistered: 'bad' };
export const statusWords: Readonly<Record<string, StateWord>> = Object.fromEntries(
  Object.entries(statusNames).map(([status, label]) => [status, { label, tone: statusTones[status as TaxpayerStatus] }]),
);
export const kindWords: Readonly<Record<string, StateWord>> = Object.fromEntries(
  Object.entries(kindNames).map(([kind, label]) => [kind, { label, tone: kind === 'general' ? 'plain' : 'wait' }]),
);
