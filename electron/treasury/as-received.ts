/**
 * Vouchers against the log 凭证与收到的批次核对: before a voucher is checked or paid, or its outcome is told, every element of it is compared with the line of the batch as it was received.
 * The state table is only its shadow: an account or amount changed there while the office was closed pays nobody.
 */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { voucherElementsSchema, voucherFields, type VoucherElements } from '../../shared/refunds/voucher-fields.ts';
import { readLines, readNewest } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { batchReceived } from './payment-entries.ts';
import type { PaymentRecord } from './treasury.tables.ts';

const batchesRead = 100_000;
const keys = Object.keys(voucherFields) as (keyof VoucherElements)[]; // the keys it is made of

/** Judges voucher by voucher; each batch is read once. */
export function asReceived(db: Database): (voucher: PaymentRecord) => Refusal | null {
  const batches = new Map<string, ReadonlyMap<string, VoucherElements>>();
  return (voucher) => {
    const lines = batches.get(voucher.batchNo) ?? receivedLines(db, voucher.batchNo);
    batches.set(voucher.batchNo, lines);
    const line = lines.get(voucher.voucherNo);
    const altered = line === undefined ? ['凭证号'] : keys.filter((key) => line[key] !== standing(voucher, key)).map((key) => voucherFields[key].label);
    return altered.length === 0 ? null : refusal('VOUCHER_ALTERED', { name: voucher.name, voucher: voucher.voucherNo, fields: altered.join('、') });
  };
}

/** The refund's own reason stands beside that of the last step. */
function standing(voucher: PaymentRecord, key: keyof VoucherElements): unknown {
  return key === 'reason' ? voucher.refundReason : voucher[key];
}

function receivedLines(db: Database, batchNo: string): ReadonlyMap<string, VoucherElements> {
  const entry = readNewest(db, batchReceived, batchesRead).find(({ facts }) => facts.batch.batchNo === batchNo);
  if (entry === undefined) return new Map();
  return new Map([...readLines(db, entry.facts.lines)].map((value) => {
    const line = z.decode(voucherElementsSchema, value as z.input<typeof voucherElementsSchema>); // decode checks it
    return [line.voucherNo, line];
  }));
}
