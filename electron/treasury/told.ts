/**
 * What finance is told of refunds, line by line 逐笔核对: the vouchers of the batches that the tax office sent it, and the outcomes of the treasury's receipts
 * against them. Nothing is paid here; what does not agree is shown until somebody has it put right.
 * @source shared spec product.md P3, P8
 */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { groupedYuan } from '../../shared/kernel/money.ts';
import { onlyFields, pickFields, schemaOf, type RecordOf } from '../../shared/kernel/record.ts';
import { civilDateSchema } from '../../shared/kernel/schema.ts';
import type { VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import { voucherFindings } from '../../shared/treasury/findings.ts';
import { outcomeFields } from '../../shared/treasury/outcome-fields.ts';
import { blobRefSchema, canonicalText, defineEntry, type Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';
import { differencesFromList, listedOf } from './listed.ts';
import { toldOutcomes, toldShareFields, toldVoucherFields, toldVouchers, type ToldOutcome, type ToldVoucher } from './treasury.tables.ts';

const toldVoucherSchema = schemaOf({ ...toldVoucherFields, ...toldShareFields });
/** Lines written before the shares were kept lack them. */
const withoutShares = { centralFen: null, provinceFen: null, countyFen: null };
const toldOutcomeFields = pickFields(outcomeFields, ['voucherNo', 'batchNo', 'uscc', 'outcome', 'amountFen', 'on']);
const toldOutcomeSchema = schemaOf(toldOutcomeFields);
type IncomingOutcome = RecordOf<typeof toldOutcomeFields>;

export const batchTold = defineEntry({
  kind: 'treasury.tellBatch', stream: 'business', version: 1, title: '收到退库批次（财政）',
  facts: z.strictObject({ on: civilDateSchema, lines: blobRefSchema }),
  fold({ db, lines }, { facts, ...entry }) {
    for (const value of lines(facts.lines)) {
      const voucher = z.decode(toldVoucherSchema, { ...withoutShares, ...value as z.input<typeof toldVoucherSchema> });
      db.prepare('DELETE FROM told_voucher WHERE voucher_no = @voucherNo').run({ voucherNo: voucher.voucherNo });
      toldVouchers.insert(db, { ...voucher, package: present(entry.package, 'package'), receivedOn: facts.on });
    }
  },
});

export const receiptTold = defineEntry({
  kind: 'treasury.tellReceipt', stream: 'business', version: 1, title: '收到退库回单（财政）',
  facts: z.strictObject({ on: civilDateSchema, lines: blobRefSchema }),
  fold({ db, lines }, { facts, ...entry }) {
    const source = present(entry.package, 'package');
    let line = 0;
    for (const value of lines(facts.lines)) {
      const { on, ...outcome } = z.decode(toldOutcomeSchema, value as z.input<typeof toldOutcomeSchema>);
      toldOutcomes.insert(db, { ...outcome, package: source, line: (line += 1), onDate: on });
    }
  },
});

/** Vouchers of a batch of which a receipt has told already. A batch formed anew after a rejection names its vouchers again, and then takes their place. */
export function toldAlready(db: Database, vouchers: readonly Pick<VoucherElements, 'voucherNo'>[]): readonly string[] {
  return vouchers.map(({ voucherNo }) => voucherNo).filter((voucherNo) => toldOutcomes.all(db, 'WHERE voucher_no = @voucherNo LIMIT 1', { voucherNo }).length > 0);
}

export function tellBatch(ctx: Context, told: { readonly packageId: string; readonly vouchers: readonly VoucherElements[] }): void {
  const lines = told.vouchers.map((row) => canonicalText(z.encode(toldVoucherSchema, onlyFields({ ...toldVoucherFields, ...toldShareFields }, { ...row, refundReason: row.reason }))));
  ctx.journal.append(batchTold, {
    key: `treasury.tellBatch/${told.packageId}`, subject: told.packageId, origin: 'tax', package: told.packageId, facts: { on: ctx.today, lines: ctx.journal.putLines(lines) },
  });
}

export function tellReceipt(ctx: Context, told: { readonly packageId: string; readonly outcomes: readonly IncomingOutcome[] }): void {
  if (told.outcomes.length === 0) return;
  const lines = told.outcomes.map((row) => canonicalText(z.encode(toldOutcomeSchema, onlyFields(toldOutcomeFields, row))));
  ctx.journal.append(receiptTold, {
    key: `treasury.tellReceipt/${told.packageId}`, subject: told.packageId, origin: 'treasury', package: told.packageId, facts: { on: ctx.today, lines: ctx.journal.putLines(lines) },
  });
}

export type ToldDifference = { readonly voucherNo: string; readonly name: string; readonly what: string };

/** What finance was told of: vouchers of batches, and payments of receipts that no bank return has undone. */
export function toldTotals(db: Database) {
  const row = db.prepare(
    `SELECT (SELECT count(*) FROM told_voucher) AS vouchers, (SELECT coalesce(sum(amount_fen), 0) FROM told_voucher) AS amount,
       count(*) AS paid, coalesce(sum(amount_fen), 0) AS paid_amount FROM told_outcome AS o WHERE o.outcome = 'paid'
       AND NOT EXISTS (SELECT 1 FROM told_outcome AS b WHERE b.voucher_no = o.voucher_no AND b.outcome = 'bank-returned')`,
  ).get();
  const count = (key: string): number => Number(row?.[key] ?? 0n);
  return { vouchers: { count: count('vouchers'), amount: fenOf(row, 'amount') }, paid: { count: count('paid'), amount: fenOf(row, 'paid_amount') } };
}

/** Every line that does not agree: vouchers with the list, outcomes with their voucher and with each other. */
export function toldDifferences(db: Database): readonly ToldDifference[] {
  const vouchers = toldVouchers.all(db, 'ORDER BY voucher_no');
  const byNumber = new Map(vouchers.map((row) => [row.voucherNo, row]));
  const fromList = vouchers.flatMap((row) => differencesFromList(row, listedOf(db, row)).map(({ code, what }) => (
    { voucherNo: row.voucherNo, name: row.name, what: `${voucherFindings[code]}（${what}）` })));
  const paid = new Set<string>();
  const fromReceipts = toldOutcomes.all(db, 'ORDER BY rowid').flatMap((row): ToldDifference[] => {
    const voucher = byNumber.get(row.voucherNo) ?? null;
    const what = outcomeDifference(row, voucher, paid);
    if (row.outcome === 'paid') paid.add(row.voucherNo);
    return what === null ? [] : [{ voucherNo: row.voucherNo, name: voucher?.name ?? row.uscc, what }];
  });
  return [...fromList, ...fromReceipts];
}

function outcomeDifference(row: ToldOutcome, voucher: ToldVoucher | null, paid: ReadonlySet<string>): string | null {
  if (voucher === null) return `回单有此退还书（${groupedYuan(row.amountFen)} 元），没有收到税务局的批次`;
  if (voucher.uscc !== row.uscc) return `回单的统一社会信用代码 ${row.uscc} 与批次 ${voucher.uscc} 不一致`;
  if (voucher.amountFen !== row.amountFen) return `回单金额 ${groupedYuan(row.amountFen)} 元与批次 ${groupedYuan(voucher.amountFen)} 元不一致`;
  if (voucher.batchNo !== row.batchNo) return `回单的批次 ${row.batchNo} 与税务局的 ${voucher.batchNo} 不一致`;
  if (row.outcome === 'paid' && paid.has(row.voucherNo)) return `回单两次登记退付（${groupedYuan(row.amountFen)} 元）`;
  return row.outcome === 'bank-returned' && !paid.has(row.voucherNo) ? '回单登记退汇，没有收到退付回单' : null;
}
