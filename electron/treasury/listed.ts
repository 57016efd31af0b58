/**
 * The tax office's ENTERPRISE_LIST 企业清单 as a receiver keeps it, and a voucher held against it: name, article, amounts of each kind, account. Two documents of
 * the tax office must say the same of a taxpayer before money leaves. The newest list of a filing period stands.
 * @source shared spec exchange.md 2.6; product.md P3
 */
import { z } from 'zod';
import { groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import { present } from '../../shared/kernel/assert.ts';
import { civilDateSchema, fenNotNegative, periodSchema } from '../../shared/kernel/schema.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { routeNames } from '../../shared/eligibility/terms.ts';
import type { RouteId } from '../../shared/eligibility/model.ts';
import type { VoucherFinding } from '../../shared/treasury/findings.ts';
import { reducedReason, type VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import { blobRefSchema, canonicalText, defineEntry, type Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { listedTaxpayers, type ListedTaxpayer } from './treasury.tables.ts';

/** One taxpayer of a list: amounts whose window is open, and the account where the list tells one. Fen. */
export type ListLine = Pick<ListedTaxpayer, 'uscc' | 'name' | 'route' | 'existingFen' | 'incrementalFen' | 'accountName' | 'bankAccount'>;

/** In this order; a list has up to a hundred thousand of them. */
const lineForm = z.tuple([z.string(), z.string(), z.string().nullable(), fenNotNegative, fenNotNegative, z.string().nullable(), z.string().nullable()]);

export const listReceived = defineEntry({
  kind: 'treasury.receiveList',
  stream: 'business',
  version: 1,
  title: '接收企业清单',
  facts: z.strictObject({ on: civilDateSchema, period: periodSchema, lines: blobRefSchema }),
  fold({ db, lines }, { facts: { period, lines: ref }, ...entry }) {
    const source = present(entry.package, 'package');
    db.prepare('DELETE FROM listed_taxpayer WHERE filing_period = @period').run({ period });
    for (const value of lines(ref)) {
      const [uscc, name, route, existingFen, incrementalFen, accountName, bankAccount] = z.decode(lineForm, value as z.input<typeof lineForm>);
      listedTaxpayers.insert(db, { filingPeriod: period, uscc, name, route, existingFen, incrementalFen, accountName, bankAccount, package: source });
    }
  },
});

/** Keeps a list; the one before it of the same filing period no longer stands. */
export function receiveList(ctx: Context, list: { readonly packageId: string; readonly period: TaxPeriod; readonly lines: readonly ListLine[] }): void {
  const { packageId, period } = list;
  const texts = list.lines.map(({ uscc, name, route, existingFen, incrementalFen, accountName, bankAccount }) =>
    canonicalText([uscc, name, route, existingFen.toString(), incrementalFen.toString(), accountName, bankAccount]));
  ctx.journal.append(listReceived, {
    key: `treasury.receiveList/${packageId}`, subject: period, origin: 'tax', package: packageId, period, facts: { on: ctx.today, period, lines: ctx.journal.putLines(texts) },
  });
}

/** What the newest list of the voucher's filing period says: `none` without a list, null where the list does not name the taxpayer. */
export function listedOf(db: Database, { filingPeriod, uscc }: Pick<VoucherElements, 'filingPeriod' | 'uscc'>): ListedTaxpayer | null | 'none' {
  const found = listedTaxpayers.find(db, { filingPeriod, uscc });
  if (found !== null) return found;
  return db.prepare('SELECT 1 AS one FROM listed_taxpayer WHERE filing_period = @filingPeriod LIMIT 1').get({ filingPeriod }) === undefined ? 'none' : null;
}

type ListFinding = Extract<VoucherFinding, `list-${string}`>;
type Difference = { readonly code: ListFinding; readonly what: string };

type Compared = Pick<VoucherElements, 'name' | 'route' | 'existingFen' | 'incrementalFen' | 'accountName' | 'bankAccount'> & { readonly refundReason: string };

/** Everything in which a voucher differs from the list. Nothing is found where no list was received: that is said beside it. */
export function differencesFromList(voucher: Compared, listed: ListedTaxpayer | null | 'none'): readonly Difference[] {
  if (listed === 'none') return [];
  if (listed === null) return [{ code: 'list-lacks', what: voucher.name }];
  const found: Difference[] = [];
  if (listed.name !== voucher.name) found.push({ code: 'list-name-differs', what: listed.name });
  // A route of the list's own schema.
  if (listed.route !== voucher.route) found.push({ code: 'list-route-differs', what: listed.route === null ? '未列' : routeNames[listed.route as RouteId] });
  for (const [kind, paid, due] of [['存量', voucher.existingFen, listed.existingFen], ['增量', voucher.incrementalFen, listed.incrementalFen]] as const) {
    if (paid > due) found.push({ code: 'list-amount-above', what: amountsText(kind, paid, due) });
    if (paid < due && voucher.refundReason !== reducedReason) found.push({ code: 'list-amount-below', what: amountsText(kind, paid, due) });
  }
  const differs = (of: string | null, is: string): boolean => of !== null && of !== is;
  if (differs(listed.bankAccount, voucher.bankAccount) || differs(listed.accountName, voucher.accountName)) {
    found.push({ code: 'list-account-differs', what: `清单为${listed.accountName ?? ''} ${listed.bankAccount ?? ''}`.trim() });
  }
  return found;
}

function amountsText(kind: string, paid: Fen, due: Fen): string {
  return `${kind} ${groupedYuan(paid)} 元，清单 ${groupedYuan(due)} 元`;
}
