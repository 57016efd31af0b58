/** Handlers of the acts on vouchers: check, pay, return, bank return, and their undoing while no receipt has told of them. */
import { errorMessage } from '../../shared/error-table.ts';
import { refusal, refuse } from '../../shared/errors.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { sumFen } from '../../shared/kernel/money.ts';
import type { treasuryContract} from '../../shared/treasury/contract.ts';
import { type PaymentsActed, type PaymentSelection } from '../../shared/treasury/contract.ts';
import { paymentTransitionOf } from '../../shared/treasury/lifecycle.ts';
import type { OutcomeKind } from '../../shared/treasury/model.ts';
import { canonicalText, type Context, type HandlersOf, plain } from '../journal/index.ts';
import { checkGrounds } from './check-ground.ts';
import { standingOutcome } from './outcomes.sql.ts';
import { paymentEntries, type PaymentEntry } from './payment-entries.ts';
import { judgePaymentSeparation, judgePaymentState, type PaymentRecord } from './payment-record.ts';
import { paymentRolesHeld, readPayment, readPaymentsInStates, requirePayment } from './payments.sql.ts';
import { checkVoucher, type CheckGround } from './voucher-checks.ts';

type Names = 'check' | 'withdrawCheck' | 'returnVouchers' | 'undoReturn' | 'pay' | 'undoPay' | 'bankReturn' | 'findings';
export type PaymentOperations = Pick<typeof treasuryContract, `treasury.${Names}`>;

export const paymentHandlers: HandlersOf<PaymentOperations> = {
  'treasury.check': plain((ctx, input) => {
    const groundOf = checkGrounds(ctx);
    return runAct(ctx, paymentEntries.check, input, { on: ctx.today }, (voucher) => judgeOrder(voucher, groundOf(voucher)));
  }),
  'treasury.withdrawCheck': plain((ctx, input) => runAct(ctx, paymentEntries.withdrawCheck, input, { on: ctx.today, reason: input.reason }, () => null)),
  'treasury.returnVouchers': plain((ctx, input) => {
    const on = input.on ?? ctx.today;
    return runAct(ctx, paymentEntries.return, input, { on, reason: input.reason, reasonCode: input.reasonCode }, (voucher) => judgeDate(ctx, voucher, on, '接收日期', voucher.receivedOn));
  }),
  'treasury.undoReturn': plain((ctx, input) =>
    runAct(ctx, paymentEntries.undoReturn, input, { on: ctx.today, reason: input.reason }, (voucher) => judgeUnsent(ctx, voucher, 'returned')),
  ),
  // Checked again at the moment of payment: a suspension or a duplicate may have come since.
  'treasury.pay': plain((ctx, input) => {
    const on = input.on ?? ctx.today;
    const groundOf = checkGrounds(ctx);
    return runAct(ctx, paymentEntries.pay, input, { on }, (voucher) => judgeDate(ctx, voucher, on, '接收日期', voucher.receivedOn) ?? judgeOrder(voucher, groundOf(voucher)));
  }),
  'treasury.undoPay': plain((ctx, input) =>
    runAct(ctx, paymentEntries.undoPay, input, { on: ctx.today, reason: input.reason }, (voucher) => judgeUnsent(ctx, voucher, 'paid')),
  ),
  'treasury.bankReturn': plain((ctx, input) => {
    const on = input.on ?? ctx.today;
    return runAct(ctx, paymentEntries.bankReturn, input, { on, reason: input.reason, reasonCode: input.reasonCode }, (voucher) =>
      judgeDate(ctx, voucher, on, '退付日期', voucher.paidOn ?? voucher.receivedOn),
    );
  }),
  'treasury.findings': plain((ctx, input) => {
    const { records, unknown } = chosenVouchers(ctx, paymentEntries.check, input);
    const missing = unknown[0];
    if (missing !== undefined) refuse('VOUCHER_UNKNOWN', { voucher: missing });
    const groundOf = checkGrounds(ctx);
    const judged = records.map((voucher) => ({ voucher, findings: checkVoucher(voucher, groundOf(voucher)) }));
    return {
      checked: records.length,
      inOrder: judged.filter((row) => row.findings.length === 0).map((row) => row.voucher.voucherNo),
      faulty: judged
        .filter((row) => row.findings.length > 0)
        .map(({ voucher, findings }) => ({ voucherNo: voucher.voucherNo, uscc: voucher.uscc, name: voucher.name, amount: voucher.amountFen, findings })),
    };
  }),
};

type RefusedVoucher = { readonly voucherNo: string; readonly name: string; readonly code: string; readonly message: string };

/** Judges every voucher chosen, refuses them together or appends one entry. */
function runAct(
  ctx: Context,
  entry: PaymentEntry,
  selection: PaymentSelection,
  act: { readonly on: CivilDate; readonly reason?: string; readonly reasonCode?: string },
  judge: (voucher: PaymentRecord) => Refusal | null,
): PaymentsActed {
  const { records, unknown } = chosenVouchers(ctx, entry, selection);
  const refusals: { readonly item: RefusedVoucher; readonly refused: Refusal }[] = unknown.map((voucher) => itemOf(voucher, '', refusal('VOUCHER_UNKNOWN', { voucher })));
  for (const voucher of records) {
    const refused =
      judgePaymentState(entry.act, voucher) ??
      judgePaymentSeparation(entry.act, voucher, ctx.actor.name, paymentRolesHeld(ctx.db, voucher.voucherNo, ctx.actor.username)) ??
      judge(voucher);
    if (refused !== null) refusals.push(itemOf(voucher.voucherNo, voucher.name, refused));
  }
  const first = refusals[0];
  if (first !== undefined) {
    const total = records.length + unknown.length;
    if (total === 1) throw first.refused;
    refuse('VOUCHERS_REFUSED', { total, count: refusals.length, act: paymentTransitionOf(entry.act).title }, { refused: refusals.map((row) => row.item) });
  }
  const [head] = records;
  if (head === undefined) return { changed: false, entry: null, count: 0, total: 0n, vouchers: [] };
  const seq = ctx.journal.append(entry.kind, {
    key: `treasury.${entry.act}/${head.voucherNo}/${String(head.events + 1)}`,
    subject: records.length === 1 ? head.voucherNo : `${head.voucherNo}+${String(records.length - 1)}`,
    facts: {
      on: act.on, reason: act.reason ?? null, reasonCode: act.reasonCode ?? null, count: records.length,
      lines: ctx.journal.putLines(records.map(({ voucherNo }) => canonicalText({ voucherNo }))),
    },
  });
  return {
    changed: true,
    entry: seq,
    count: records.length,
    total: sumFen(records.map((voucher) => voucher.amountFen)),
    vouchers: records.map(({ voucherNo, uscc, name }) => ({ voucherNo, uscc, name, state: requirePayment(ctx.db, voucherNo).state })),
  };
}

function itemOf(voucherNo: string, name: string, refused: Refusal): { readonly item: RefusedVoucher; readonly refused: Refusal } {
  return { item: { voucherNo, name, code: refused.code, message: errorMessage(refused.code, refused.params) }, refused };
}

/** The vouchers of a selection, each once; numbers that are unknown beside them. */
function chosenVouchers(ctx: Context, entry: PaymentEntry, selection: PaymentSelection): { readonly records: readonly PaymentRecord[]; readonly unknown: readonly string[] } {
  if (selection.all !== undefined) {
    const states = selection.all.state === undefined ? paymentTransitionOf(entry.act).from : [selection.all.state];
    return { records: readPaymentsInStates(ctx.db, states, selection.all.batch ?? null), unknown: [] };
  }
  const records: PaymentRecord[] = [];
  const unknown: string[] = [];
  for (const voucherNo of new Set(selection.vouchers ?? [])) {
    const record = readPayment(ctx.db, voucherNo);
    if (record === null) unknown.push(voucherNo);
    else records.push(record);
  }
  return { records, unknown };
}

function judgeOrder(voucher: PaymentRecord, ground: CheckGround): Refusal | null {
  const findings = checkVoucher(voucher, ground);
  if (findings.length === 0) return null;
  return refusal('VOUCHER_NOT_IN_ORDER', { name: voucher.name, voucher: voucher.voucherNo, findings: findings.map((row) => row.message).join('；') }, { findings });
}

function judgeDate(ctx: Context, voucher: PaymentRecord, on: CivilDate, before: string, earliest: CivilDate): Refusal | null {
  if (on >= earliest && on <= ctx.today) return null;
  return refusal('PAYMENT_DATE_UNFIT', { name: voucher.name, voucher: voucher.voucherNo, date: on, before, earliest });
}

function judgeUnsent(ctx: Context, voucher: PaymentRecord, kind: OutcomeKind): Refusal | null {
  const outcome = standingOutcome(ctx.db, voucher.voucherNo, kind);
  if (outcome !== null && outcome.taxPackage === null && outcome.financePackage === null) return null;
  return refusal('OUTCOME_ALREADY_SENT', { name: voucher.name, voucher: voucher.voucherNo });
}
