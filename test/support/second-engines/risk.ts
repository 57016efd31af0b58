/**
 * A second engine of the risk indicators 风险指标, written from the page alone (risk.md) without reading the engine: plain, slow, obvious.
 * A blank is settled by trying values it could have. The refund at stake is given; sentences and bases are not made.
 */
import { readFileSync } from 'node:fs';
import { byText, yuan } from './reconcile.ts';

/** Cells by the roster's keys, '' = blank; `stake`: refund at stake in fen, null = unknown. */
export type Firm = { readonly cells: Readonly<Record<string, string>>; readonly stake: bigint | null };
export const riskDefaults: Readonly<Record<string, string | number>> = { largeAmount: '1000000.00', customsShare: '0.5', tollShare: '0.3', otherShare: '0.6', jumpFactor: '2',
  jumpRise: '100000.00', salesDrop: '0.3', refundToSales: '0.3', refundToAssets: '0.5', newFirmMonths: 12, sharedAccountFirms: 2, sharedPhoneFirms: 3, transferredOutShare: '0.2' };

const huge = 10n ** 40n;
const scale = 10n ** 20n;
const fen = (text: string): bigint => { const [whole = '0', part = ''] = text.split('.'); return BigInt(whole + part.padEnd(2, '0')); };
/** A plain decimal in units of 10^-20. */
const scaled = (value: string | number | undefined): bigint => { const [whole = '0', part = ''] = String(value).split('.'); return BigInt(whole + part.padEnd(20, '0')); };
const tables: readonly (readonly string[])[] = // the shipped file, whose form its own tests assert
  rowsOf(JSON.parse(readFileSync(new URL('../../../resources/reference/look-alikes.json', import.meta.url), 'utf8')));
function rowsOf(file: unknown): readonly (readonly string[])[] {
  const lists = Array.isArray(file) ? [file] : Object.values(file ?? {}).filter(Array.isArray);
  return lists.flat().flatMap((row: unknown) => (typeof row === 'string' ? [[...row]] : Array.isArray(row) ? [row.map(String)] : []));
}
const plainCode = (text: string): string => text.normalize('NFKC').toUpperCase().replace(/[^\p{L}\p{Nd}]/gu, '');
const folded = (name: string): string => [...name.normalize('NFKC').toLowerCase().replace(/[\s·‧•\-—()]/gu, '')]
  .map((one) => tables.find((row) => row.includes(one))?.[0] ?? one).join('');

type Value = bigint | null;
type Facts = Readonly<Record<string, unknown>>;
type Judged = { readonly outcome: 'hit' | 'clear' | 'needs-evidence'; readonly facts: Facts; readonly missing: readonly string[] };
const clear: Judged = { outcome: 'clear', facts: {}, missing: [] };

/** Tries every combination of values for what is unknown; one outcome for all of them is the outcome. */
function tried(read: readonly (readonly [string, Value, readonly bigint[]])[], isHit: (...values: bigint[]) => boolean, facts: () => Facts): Judged {
  let combinations: bigint[][] = [[]];
  for (const [, value, could] of read) combinations = combinations.flatMap((one) => (value === null ? could : [value]).map((next) => [...one, next]));
  const outcomes = new Set(combinations.map((values) => isHit(...values)));
  if (outcomes.size > 1) return { outcome: 'needs-evidence', facts: {}, missing: read.filter(([, value]) => value === null).map(([name]) => name) };
  return outcomes.has(true) ? { outcome: 'hit', facts: facts(), missing: [] } : clear;
}
const amounts = [0n, 1n, huge];
const monthsOfYear = Array.from({ length: 13 }, (_, n) => BigInt(n));
const given = (facts: Facts, isHit: boolean): Judged => (isHit ? { outcome: 'hit', facts, missing: [] } : clear);

/** The lines of the run and its last line, without sentences and bases. */
export function risk(firms: readonly Firm[], period: string, previous: readonly Firm[] | null, wanted: Readonly<Record<string, string | number>> = {}): unknown[] {
  const settings = { ...riskDefaults, ...wanted };
  const share = (name: string): bigint => scaled(settings[name]);
  const ids = indicatorsOf(settings);
  const counts = Object.fromEntries(ids.map(([id]) => [id, { hit: 0, needsEvidence: 0, clear: 0 }]));
  const lines: unknown[] = [];
  for (const firm of firms) {
    const cell = (key: string): string => firm.cells[key] ?? '';
    const known = (key: string): Value => (cell(key) === '' ? null : fen(cell(key)));
    const orZero = (key: string): bigint => known(key) ?? 0n;
    const before = previous?.find((one) => one.cells['uscc'] === cell('uscc'));
    const special = known('deductedSpecial');
    const others = ['deductedVehicle', 'deductedToll', 'deductedCustoms', 'deductedWithholding', 'deductedAir', 'deductedRail', 'deductedOther'].reduce((sum, key) => sum + orZero(key), 0n);
    const all = (): string => yuan(others + (special ?? 0n));
    const ofDeducted = (part: bigint, limit: bigint, facts: () => Facts): Judged => tried([['deductedSpecial', special, amounts]],
      (x = 0n) => others + x > 0n && part > 0n && part * scale >= limit * (others + x), facts);
    const months = (key: string): Value => (cell(key) === '' ? null : BigInt(cell(key)));
    const recent = cell('recentCredits') === '' ? null : cell('recentCredits').split(';').map(fen);
    const credits = (isHit: (list: readonly bigint[]) => boolean): Judged => recent === null ? { outcome: 'needs-evidence', facts: {}, missing: ['recentCredits'] }
      : recent.length < 6 ? clear : given({ recentCredits: recent.map(yuan) }, isHit(recent));
    const sales = cell('salesByIndustry') === '' ? null : cell('salesByIndustry').split(';').map((one) => fen(one.split('=')[1] ?? '')).reduce((a, b) => a + b, 0n);
    const sharing = (key: string, form: (text: string) => string, least: number): Judged => {
      const own = form(cell(key));
      const same = own === '' ? [] : firms.filter((one) => form(one.cells[key] ?? '') === own && one.cells['uscc'] !== cell('uscc'));
      return given({ [key]: cell(key), firms: same.length + 1, others: same.map((one) => one.cells['uscc'] ?? '').toSorted(byText).slice(0, 20) }, same.length + 1 >= least && own !== '');
    };
    const ranks = ['A', 'B', 'M', 'C', 'D'];
    const rank = (rating: string): Value => (rating === '' ? null : BigInt(ranks.indexOf(rating)));
    const judge: Readonly<Record<string, () => Judged>> = {
      'large-amount': () => tried([['refundAtStake', firm.stake, amounts]], (x = 0n) => x > 0n && x >= fen(String(settings['largeAmount'])), () => ({ refundAtStake: yuan(firm.stake ?? 0n) })),
      'abnormal-vouchers': () => given({ abnormalVouchers: yuan(orZero('abnormalVouchers')) }, orZero('abnormalVouchers') > 0n),
      'abnormal-heavy': () => tried([['deductedSpecial', special, amounts]], (x = 0n) => x > 0n && orZero('abnormalVouchers') * 10n >= x * 7n && orZero('abnormalVouchers') > 5_000_000n,
        () => ({ abnormalVouchers: yuan(orZero('abnormalVouchers')), deductedSpecial: yuan(special ?? 0n) })),
      'input-customs': () => ofDeducted(orZero('deductedCustoms'), share('customsShare'), () => ({ deductedCustoms: yuan(orZero('deductedCustoms')), allDeducted: all() })),
      'input-toll': () => ofDeducted(orZero('deductedToll') + orZero('deductedAir') + orZero('deductedRail'), share('tollShare'), () => ({ deductedToll: yuan(orZero('deductedToll')),
        deductedAir: yuan(orZero('deductedAir')), deductedRail: yuan(orZero('deductedRail')), allDeducted: all() })),
      'input-other': () => ofDeducted(orZero('deductedOther'), share('otherShare'), () => ({ deductedOther: yuan(orZero('deductedOther')), allDeducted: all() })),
      'credit-jump': () => credits((list) => {
        const five = list.slice(0, 5).reduce((a, b) => a + b, 0n);
        const last = 5n * (list[5] ?? 0n);
        return last * scale >= share('jumpFactor') * five && last - five >= 5n * fen(String(settings['jumpRise']));
      }),
      'credit-still': () => credits((list) => list.every((one) => one === list[0] && one > 0n)),
      'sales-down-input-up': () => before === undefined ? clear : tried([
        ['prevYearSales', known('prevYearSales'), amounts], ['prevYearMonths', months('prevYearMonths'), monthsOfYear], ['salesByIndustry', sales, amounts],
        ['salesMonths', months('salesMonths'), monthsOfYear], ['endingCredit', known('endingCredit'), amounts],
        ['previous.endingCredit', (before.cells['endingCredit'] ?? '') === '' ? null : fen(before.cells['endingCredit'] ?? ''), amounts],
      ], (year = 0n, yearMonths = 0n, sum = 0n, sumMonths = 0n, ending = 0n, was = 0n) => yearMonths > 0n && sum * yearMonths * scale < (scale - share('salesDrop')) * year * sumMonths && ending > was,
      () => ({ prevYearSales: yuan(orZero('prevYearSales')), prevYearMonths: Number(cell('prevYearMonths')), sales: yuan(sales ?? 0n), salesMonths: Number(cell('salesMonths')),
        endingCredit: yuan(orZero('endingCredit')), previousEndingCredit: yuan(fen(before.cells['endingCredit'] ?? '0')) })),
      'refund-over-sales': () => tried([['refundAtStake', firm.stake, amounts], ['prevYearSales', known('prevYearSales'), amounts], ['prevYearMonths', months('prevYearMonths'), monthsOfYear]],
        (stake = 0n, year = 0n, yearMonths = 0n) => stake > 0n && yearMonths > 0n && stake * yearMonths * scale >= share('refundToSales') * year * 12n,
        () => ({ refundAtStake: yuan(firm.stake ?? 0n), prevYearSales: yuan(orZero('prevYearSales')), prevYearMonths: Number(cell('prevYearMonths')) })),
      'refund-over-assets': () => tried([['refundAtStake', firm.stake, amounts], ['prevYearAssets', known('prevYearAssets'), amounts]],
        (stake = 0n, assets = 0n) => stake > 0n && stake * scale >= share('refundToAssets') * assets, () => ({ refundAtStake: yuan(firm.stake ?? 0n), prevYearAssets: yuan(orZero('prevYearAssets')) })),
      'new-firm': () => {
        const from = new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)) - 1 - Number(settings['newFirmMonths']), 1)).toISOString().slice(0, 10);
        return cell('registeredOn') === '' ? { outcome: 'needs-evidence', facts: {}, missing: ['registeredOn'] } : given({ registeredOn: cell('registeredOn') }, cell('registeredOn') > from);
      },
      status: () => given({ status: cell('status') }, ['破产', '非正常', '停业'].includes(cell('status'))),
      'account-shared': () => sharing('bankAccount', plainCode, Number(settings['sharedAccountFirms'])),
      'contact-shared': () => sharing('phone', plainCode, Number(settings['sharedPhoneFirms'])),
      'account-name': () => given({ name: cell('name'), accountName: cell('accountName') }, cell('accountName') !== '' && cell('accountName') !== cell('name')),
      'transferred-out': () => tried([['deductedSpecial', special, amounts], ['transferredOut', known('transferredOut'), amounts]],
        (x = 0n, out = 0n) => others + x > 0n && out * scale >= share('transferredOutShare') * (others + x), () => ({ transferredOut: yuan(orZero('transferredOut')), allDeducted: all() })),
      rating: () => before === undefined ? clear : tried([['creditRating', rank(cell('creditRating')), [-1n, 0n, 1n, 2n, 3n, 4n]],
        ['previous.creditRating', rank(before.cells['creditRating'] ?? ''), [-1n, 0n, 1n, 2n, 3n, 4n]]], (now = 0n, was = 0n) => now >= 0n && was >= 0n && now > was,
      () => ({ creditRating: cell('creditRating'), previousRating: before.cells['creditRating'] ?? '' })),
      'name-look-alike': () => {
        const same = firms.filter((one) => one.cells['uscc'] !== cell('uscc') && one.cells['name'] !== cell('name') && folded(one.cells['name'] ?? '') === folded(cell('name')));
        return given({ name: cell('name'), firms: same.length + 1, others: same.map((one) => one.cells['uscc'] ?? '').toSorted(byText).slice(0, 20) }, same.length > 0);
      },
    };
    const hits: unknown[] = [];
    const needs: unknown[] = [];
    for (const [id, threshold] of ids) {
      const { outcome, facts, missing } = judge[id]?.() ?? clear;
      const count = counts[id];
      if (count !== undefined) count[outcome === 'needs-evidence' ? 'needsEvidence' : outcome] += 1;
      if (outcome === 'hit') hits.push({ indicator: id, facts, threshold });
      if (outcome === 'needs-evidence') needs.push({ indicator: id, missing });
    }
    if (hits.length + needs.length > 0) lines.push({ uscc: cell('uscc'), name: cell('name'), hits, needsEvidence: needs });
  }
  return [...lines, { period, firms: firms.length, rejected: 0, settings, counts }];
}

function indicatorsOf(settings: Readonly<Record<string, unknown>>): readonly (readonly [string, Facts])[] {
  const of = (...names: readonly string[]): Facts => Object.fromEntries(names.map((name) => [name, settings[name]]));
  return [
    ['large-amount', of('largeAmount')], ['abnormal-vouchers', {}], ['abnormal-heavy', { share: '0.7', amount: '50000.00' }], ['input-customs', of('customsShare')],
    ['input-toll', of('tollShare')], ['input-other', of('otherShare')], ['credit-jump', of('jumpFactor', 'jumpRise')], ['credit-still', {}],
    ['sales-down-input-up', of('salesDrop')], ['refund-over-sales', of('refundToSales')], ['refund-over-assets', of('refundToAssets')], ['new-firm', of('newFirmMonths')],
    ['status', {}], ['account-shared', of('sharedAccountFirms')], ['contact-shared', of('sharedPhoneFirms')], ['account-name', {}], ['transferred-out', of('transferredOutShare')],
    ['rating', {}], ['name-look-alike', {}],
  ];
}
