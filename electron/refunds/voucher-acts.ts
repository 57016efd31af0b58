/** Acts on 收入退还书: issue, check, void, and correction after a return. Numbers are used up where they are written, so that a gap cannot be folded. */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { Refusal } from '../../shared/kernel/errors.ts';
import { civilDateSchema, fenNotNegative, fenTotal } from '../../shared/kernel/schema.ts';
import { accountSchema, lineKinds, routes, sizes, voucherNoSchema, type LineAmounts } from '../../shared/refunds/model.ts';
import type { Database } from '../platform/database.ts';
import { takeVoucherNumbers } from './numbers.ts';
import { determinedNow, judgeStanding } from './newest-determination.ts';
import { accountColumns, liveVoucherNo, refundAct } from './refund-book.ts';
import { nameOf, type RefundRecord } from './refund-record.ts';
import { judgeAccount, voucherElements } from './voucher.ts';
import { refundVouchers, type VoucherRecord } from './refunds.tables.ts';
import { readRanges, readVoucher, setVoucherChecked, setVoucherVoid, useVoucherNumber } from './vouchers.sql.ts';

/** Stands until all vouchers of the act are numbered together. */
const unnumbered = '';

export const voucherActs = [
  refundAct('issueVoucher', {
    line: {
      voucherNo: voucherNoSchema, name: z.string(), route: z.enum(routes), size: z.enum(sizes), appliedOn: civilDateSchema, approvedOn: civilDateSchema, approver: z.string(),
      existing: fenNotNegative, incremental: fenNotNegative, amount: fenTotal, capital: z.string(), central: fenNotNegative, province: fenNotNegative, county: fenNotNegative,
      levelText: z.string(), subjectCode: z.string(), subjectName: z.string(), payee: accountSchema, reason: z.string(), basis: z.string(), authority: z.string(),
      approvalNo: z.string(), replaces: voucherNoSchema.nullable(),
    },
    decide: (ctx) => (record) => {
      const fault = judgeStanding(ctx.db, record);
      if (fault !== null) return fault;
      const elements = voucherElements({ ...groundOf(record), reduced: isReduced(record, determinedNow(ctx.db, record) ?? record.determined) }, ctx.profile, ctx.office.name);
      return elements instanceof Refusal ? elements : { ...elements, ...snapshotOf(record), voucherNo: unnumbered, replaces: returnedVoucher(ctx.db, record) };
    },
    together: (ctx, lines, { warn }) => {
      const numbers = takeVoucherNumbers(readRanges(ctx.db), lines.length);
      if (numbers instanceof Refusal) return numbers;
      const undetermined = lines.filter((line) => line.size === 'undetermined').length;
      warn(undetermined === 0 ? null : `${String(undetermined)} 户企业规模未确定，预算科目按“其他企业”开具，请核对`);
      return lines.map((line, index) => ({ ...line, voucherNo: present(numbers[index], 'voucher number') }));
    },
    write: ({ db, entry, before, line }) => {
      useVoucherNumber(db, line.voucherNo);
      refundVouchers.insert(db, { ...line, state: 'issued', refund: before.refund, issuedOn: entry.facts.on, issuer: entry.maker });
      return {
        set: { voucher_no: line.voucherNo, batch_no: null, sent_on: null },
        facts: { voucherNo: line.voucherNo, amount: line.amount, subject: `${line.subjectCode} ${line.subjectName}` },
      };
    },
  }),
  refundAct('checkVoucher', {
    decide: (ctx) => (record) => judgeStanding(ctx.db, record) ?? {},
    write: ({ db, entry, before }) => {
      setVoucherChecked(db, liveVoucherNo(before), entry.maker);
      return { facts: { voucherNo: liveVoucherNo(before) } };
    },
  }),
  refundAct('voidVoucher', {
    write: ({ db, before }) => {
      setVoucherVoid(db, liveVoucherNo(before));
      return { facts: { voidedVoucherNo: liveVoucherNo(before) } };
    },
  }),
  refundAct('correctReturned', {
    line: { account: accountSchema },
    decide: (_ctx, input) => (record) => {
      const account = input.account ?? record.account;
      return judgeAccount(nameOf(record), account) ?? { account };
    },
    write: ({ before, line }) => ({
      set: { ...accountColumns(line.account), batch_no: null, sent_on: null, noticed_on: null },
      facts: { returnedVoucherNo: liveVoucherNo(before), account: line.account.account },
    }),
  }),
];

/** The voucher that the treasury or the bank has sent back, which the new one replaces; a voided one was never known outside. */
function returnedVoucher(db: Database, record: RefundRecord): string | null {
  const previous = record.voucherNo === null ? null : readVoucher(db, record.voucherNo);
  if (previous === null) return null;
  return previous.state === 'treasury-returned' || previous.state === 'bank-returned' ? previous.voucherNo : previous.replaces;
}

/** What the refund says when the voucher is issued. */
function snapshotOf(record: RefundRecord): Pick<VoucherRecord, 'name' | 'route' | 'size' | 'appliedOn' | 'approvedOn' | 'approver'> {
  return {
    name: record.name,
    route: record.route,
    size: record.size,
    appliedOn: present(record.appliedOn, 'application date'),
    approvedOn: present(record.decidedOn, 'date of approval'),
    approver: present(record.people.approver, 'approver'),
  };
}

/** Of some kind less is approved than may be refunded; the voucher says so, and the treasury's list is told apart from a swapped line. */
function isReduced({ approved }: RefundRecord, determined: LineAmounts): boolean {
  return lineKinds.some((kind) => approved[kind] < determined[kind]);
}

function groundOf(record: RefundRecord) {
  return {
    refund: record.refund,
    uscc: record.uscc,
    name: record.name,
    route: record.route,
    size: record.size,
    applicationNo: present(record.applicationNo, 'application number'),
    appliedOn: present(record.appliedOn, 'application date'),
    approved: record.approved,
    account: record.account,
  };
}
