/**
 * 退税办理 and 销号: refunds with their events, vouchers, number ranges, batches, receipt lines, clawbacks and calendar years.
 * Amounts that do not tie and duties that one person may not join are refused here too; which act follows which is the lifecycle's alone.
 */
import { forbiddenRefundPairs, separationChecks } from '../../shared/administration/duties.ts';
import { refundCases, refundStateRows, refundStates, suspendableStates } from '../../shared/refunds/cases.ts';
import { clocks, voucherSchema } from '../../shared/refunds/model.ts';
import { taxpayerFields } from '../../shared/eligibility/fields.ts';
import { outcomeFields } from '../../shared/treasury/outcome-fields.ts';
import { eventsDdl, type StateTables } from '../journal/index.ts';
import { column, recordTable, sqlTexts, type RowOf } from '../platform/record-table.ts';

const { text, date, fen, count, maybe, or } = column;
const { route, size } = taxpayerFields;

/** Both lines 存量、增量 of one amount. */
const bothLines = (of: string) => column.group(`${of}_`, { existing: or(0n, fen), incremental: or(0n, fen) });
/** The account to which the treasury pays. */
const account = column.group('', { bank: text, account: column.named('bank_account', text), accountName: text, bankCode: maybe(text) });

const refundColumns = {
  refund: text, period: column.period, uscc: text, name: text, route, size,
  /** Key of the determination that the amounts come from. */
  determination: text,
  state: column.oneOf(refundStates),
  suspendedFrom: maybe(column.oneOf(suspendableStates)),
  /** Withdrawn because a new determination no longer gave a refund. */
  lapsed: or(0n, column.flag),
  applicationNo: maybe(text), appliedOn: maybe(date),
  account,
  determined: column.group('determined_', { existing: fen, incremental: fen }), asked: bothLines('asked'), approved: bothLines('approved'),
  paid: bothLines('paid'), clawedBack: bothLines('clawed'),
  /** The determination against which the approver has kept a higher approval 维持核准. */
  kept: column.blank('kept_', { existing: fen, incremental: fen }),
  /** Day on which a reviewer saw in a return that the credit was reduced by the refund 核实冲减. */
  reducedOn: maybe(date),
  clock: or('none', column.oneOf(clocks)),
  dueOn: maybe(date), firstAcceptedOn: maybe(date), acceptedOn: maybe(date), decidedOn: maybe(date),
  people: column.group('', { handler: maybe(text), reviewer: maybe(text), approver: maybe(text), issuer: maybe(text), voucherChecker: maybe(text) }),
  voucherNo: maybe(text), batchNo: maybe(text), sentOn: maybe(date), paidOn: maybe(date),
  /** The line of the treasury's receipt that paid it. */
  receipt: column.blank('receipt_', { package: text, line: column.number }),
  crossedOffOn: maybe(date), reason: maybe(text), ground: maybe(text), noticedOn: maybe(date), events: column.number,
  changedAt: column.instant,
};
/** One refund as the ledger holds it. Amounts are fen. */
export type RefundRecord = RowOf<typeof refundColumns>;

const withPayment = refundStates.filter((state) => refundStateRows[state].paid === true);

export const refunds = recordTable('refund', refundColumns, [
  'PRIMARY KEY (refund)',
  'CHECK (approved_existing_fen <= asked_existing_fen AND approved_incremental_fen <= asked_incremental_fen)',
  'CHECK (paid_existing_fen IN (0, approved_existing_fen) AND paid_incremental_fen IN (0, approved_incremental_fen))',
  'CHECK (clawed_existing_fen <= paid_existing_fen AND clawed_incremental_fen <= paid_incremental_fen)',
  'CHECK ((kept_incremental_fen IS NULL) = (kept_existing_fen IS NULL))',
  'CHECK (reduced_on IS NULL OR paid_existing_fen + paid_incremental_fen > 0)',
  separationChecks(forbiddenRefundPairs),
  "CHECK (refund = period || '/' || uscc)",
  'CHECK (approved_existing_fen <= determined_existing_fen AND approved_incremental_fen <= determined_incremental_fen)',
  "CHECK ((state = 'suspended') = (suspended_from IS NOT NULL))",
  "CHECK ((clock = 'running') = (due_on IS NOT NULL))",
  'CHECK (application_no IS NULL OR handler IS NOT NULL)',
  `CHECK ((state IN (${sqlTexts(withPayment)})) = (paid_existing_fen + paid_incremental_fen > 0))`,
  'CHECK (paid_existing_fen + paid_incremental_fen = 0 OR (paid_on IS NOT NULL AND receipt_package IS NOT NULL AND receipt_line IS NOT NULL))',
  "CHECK ((state IN ('crossed-off', 'clawed-back')) = (crossed_off_on IS NOT NULL))",
  `CHECK ((state = 'clawed-back') = (paid_existing_fen + paid_incremental_fen > 0
    AND clawed_existing_fen = paid_existing_fen AND clawed_incremental_fen = paid_incremental_fen))`,
]);

const voucherColumns = {
  voucherNo: text, refund: text, state: column.oneOf(voucherSchema.shape.state.options),
  // What the refund said when the voucher was issued: packages and months are told from it, whatever became of the refund since.
  name: text, route, size, appliedOn: date, approvedOn: date, approver: text,
  issuedOn: date, existing: fen, incremental: fen, amount: fen, central: fen, province: fen, county: fen, capital: text, levelText: text,
  subjectCode: text, subjectName: text,
  payee: account, reason: text, basis: text, authority: text, approvalNo: text, replaces: maybe(text), issuer: text,
  voucherChecker: maybe(text), batchNo: maybe(text),
  paidOn: maybe(date), returnedOn: maybe(date), crossedOffOn: maybe(date),
};
export type VoucherRecord = RowOf<typeof voucherColumns>;
export const refundVouchers = recordTable('refund_voucher', voucherColumns, [
  'PRIMARY KEY (voucher_no)',
  'FOREIGN KEY (refund) REFERENCES refund (refund)',
  'FOREIGN KEY (replaces) REFERENCES refund_voucher (voucher_no)',
  'FOREIGN KEY (batch_no) REFERENCES refund_batch (batch_no)',
  "CHECK (voucher_no GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]')",
  'CHECK (amount_fen > 0 AND amount_fen = existing_fen + incremental_fen)',
  'CHECK (length(subject_code) = 9)',
  separationChecks([['issuer', 'voucherChecker'], ['approver', 'issuer']]),
  'CHECK (account_name = name)',
  'CHECK (central_fen + province_fen + county_fen = amount_fen)',
  "CHECK (state NOT IN ('checked', 'sent', 'paid', 'treasury-returned', 'bank-returned') OR voucher_checker IS NOT NULL)",
  "CHECK (state NOT IN ('sent', 'paid', 'treasury-returned', 'bank-returned') OR batch_no IS NOT NULL)",
  "CHECK ((state IN ('paid', 'bank-returned')) = (paid_on IS NOT NULL))",
  "CHECK (crossed_off_on IS NULL OR state = 'paid')",
]);

const batchColumns = {
  batchNo: text, state: column.oneOf(['sealed', 'sent', 'cancelled']), formedOn: date, formedBy: text, vouchers: column.number, total: fen,
  sentOn: maybe(date),
  package: maybe(text), reason: maybe(text),
};
export type BatchRecord = RowOf<typeof batchColumns>;
export const refundBatches = recordTable('refund_batch', batchColumns, [
  'PRIMARY KEY (batch_no)',
  "CHECK (batch_no GLOB 'PC-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]')",
  'CHECK (total_fen > 0)',
  "CHECK ((state = 'sent') = (sent_on IS NOT NULL AND package IS NOT NULL))",
  "CHECK ((state = 'cancelled') = (reason IS NOT NULL))",
]);

/** A line of a receipt as it came, and what became of it. `why` is a word of receipts.ts; null when posted. */
const receiptLineColumns = {
  package: text, line: column.number, voucherNo: text, outcome: outcomeFields.outcome, amount: fen, on: date, reasonCode: maybe(text),
  reason: maybe(text), batchNo: text,
  uscc: text, verdict: column.oneOf(['posted', 'held', 'conflict']), why: maybe(text), refund: maybe(text),
};
export type StoredReceiptLine = RowOf<typeof receiptLineColumns>;
export const receiptLines = recordTable('refund_receipt_line', receiptLineColumns, [
  'PRIMARY KEY (package, line)',
  'FOREIGN KEY (refund) REFERENCES refund (refund)',
  'CHECK (amount_fen > 0)',
  "CHECK ((verdict = 'posted') = (why IS NULL))",
  "CHECK (verdict <> 'posted' OR refund IS NOT NULL)",
]);

/** What came back of a refund that was paid; `reversedBy` is the entry that reversed a wrong one. */
const clawbackColumns = {
  refund: text, no: column.number, existing: fen, incremental: fen, receivedOn: date, document: text, reason: text, entry: count,
  reversedBy: maybe(count),
};
export type Clawback = RowOf<typeof clawbackColumns>;
export const refundClawbacks = recordTable('refund_clawback', clawbackColumns, [
  'PRIMARY KEY (refund, no)', 'FOREIGN KEY (refund) REFERENCES refund (refund)', 'CHECK (existing_fen + incremental_fen > 0)',
]);

const rangeColumns = { first: column.number, last: column.number, next: column.number, addedOn: date, addedBy: text };
export const voucherRanges = recordTable('voucher_range', rangeColumns, [
  'PRIMARY KEY (first)', 'CHECK (last BETWEEN first AND 99999999)', 'CHECK (next BETWEEN first AND last + 1)',
]);

export const refundsTables: StateTables = {
  capability: 'refunds',
  version: 4,
  tables: [
    'refund', 'refund_event', 'refund_voucher', 'voucher_range', 'refund_batch', 'refund_receipt_line', 'refund_clawback', 'refund_number',
    'calendar_year',
  ],
  deciding: [{ tables: ['calendar_year'], from: ['refunds.importCalendar'] }],
  ddl: `
${refunds.create}
CREATE UNIQUE INDEX refund_application ON refund (application_no) WHERE application_no IS NOT NULL;
CREATE INDEX refund_state ON refund (state, period);
CREATE INDEX refund_period ON refund (period, uscc);
CREATE INDEX refund_uscc ON refund (uscc);
CREATE INDEX refund_due ON refund (due_on) WHERE due_on IS NOT NULL;

CREATE TRIGGER refund_starts BEFORE INSERT ON refund
WHEN NEW.state <> 'candidate' OR NEW.events <> 1 OR EXISTS (SELECT 1 FROM refund WHERE refund = NEW.refund)
BEGIN SELECT RAISE(ABORT, 'refund: starts once, as a candidate'); END;
CREATE TRIGGER refund_asks BEFORE UPDATE ON refund
WHEN NEW.state = 'applied' AND OLD.state <> 'applied'
  AND (NEW.asked_existing_fen > NEW.determined_existing_fen OR NEW.asked_incremental_fen > NEW.determined_incremental_fen
    OR NEW.asked_existing_fen + NEW.asked_incremental_fen = 0 OR NEW.application_no IS NULL OR NEW.applied_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'refund: asked amounts stay within the determination'); END;
CREATE TRIGGER refund_counts_acts BEFORE UPDATE ON refund
WHEN NEW.events <> OLD.events + 1 OR NEW.refund <> OLD.refund
BEGIN SELECT RAISE(ABORT, 'refund: every change is one counted act'); END;
CREATE TRIGGER refund_stays BEFORE DELETE ON refund
BEGIN SELECT RAISE(ABORT, 'refund: never deleted'); END;

${eventsDdl(refundCases, { rows: 'refund', events: 'refund_event', key: 'refund' })}

${refundVouchers.create}
CREATE UNIQUE INDEX refund_voucher_live ON refund_voucher (refund) WHERE state IN ('issued', 'checked', 'sent', 'paid');
CREATE INDEX refund_voucher_refund ON refund_voucher (refund);
CREATE INDEX refund_voucher_batch ON refund_voucher (batch_no) WHERE batch_no IS NOT NULL;
CREATE INDEX refund_voucher_paid ON refund_voucher (paid_on) WHERE paid_on IS NOT NULL;
CREATE TRIGGER refund_voucher_approved BEFORE INSERT ON refund_voucher
WHEN EXISTS (SELECT 1 FROM refund_voucher WHERE voucher_no = NEW.voucher_no) OR NEW.state <> 'issued' OR NOT EXISTS (
  SELECT 1 FROM refund WHERE refund = NEW.refund AND account_name = name AND NEW.name = name AND approver = NEW.approver
    AND approved_existing_fen = NEW.existing_fen AND approved_incremental_fen = NEW.incremental_fen
    AND bank = NEW.bank AND bank_account = NEW.bank_account AND bank_code IS NEW.bank_code)
BEGIN SELECT RAISE(ABORT, 'voucher: amount and payee are those approved'); END;
CREATE TRIGGER refund_voucher_fixed BEFORE UPDATE OF voucher_no, refund, name, route, size, applied_on, approved_on, approver, issued_on,
  existing_fen, incremental_fen, amount_fen, central_fen, province_fen, county_fen, capital, subject_code, bank, bank_account, account_name, bank_code, issuer ON refund_voucher
BEGIN SELECT RAISE(ABORT, 'voucher: never altered, only voided'); END;
CREATE TRIGGER refund_voucher_moves BEFORE UPDATE OF state ON refund_voucher
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'issued>checked', 'issued>void', 'checked>void', 'checked>sent', 'sent>checked', 'sent>paid', 'sent>treasury-returned', 'paid>bank-returned')
BEGIN SELECT RAISE(ABORT, 'voucher: not a move of a voucher'); END;
CREATE TRIGGER refund_voucher_stays BEFORE DELETE ON refund_voucher
BEGIN SELECT RAISE(ABORT, 'voucher: never deleted'); END;

${voucherRanges.create}
CREATE TRIGGER voucher_range_apart BEFORE INSERT ON voucher_range
WHEN NEW.next <> NEW.first OR EXISTS (SELECT 1 FROM voucher_range WHERE NEW.first <= last AND first <= NEW.last)
BEGIN SELECT RAISE(ABORT, 'voucher range: overlaps'); END;
CREATE TRIGGER voucher_range_in_order BEFORE UPDATE ON voucher_range
WHEN NEW.next <> OLD.next + 1 OR NEW.first <> OLD.first OR NEW.last <> OLD.last
BEGIN SELECT RAISE(ABORT, 'voucher range: one number after the other'); END;

${refundBatches.create}
CREATE TRIGGER refund_batch_sealed BEFORE UPDATE ON refund_batch
WHEN (OLD.state <> 'sealed' AND OLD.state || '>' || NEW.state <> 'sent>sealed') OR NEW.vouchers <> OLD.vouchers OR NEW.total_fen <> OLD.total_fen OR NEW.batch_no <> OLD.batch_no
BEGIN SELECT RAISE(ABORT, 'batch: sealed'); END;

${receiptLines.create}
CREATE UNIQUE INDEX refund_receipt_once ON refund_receipt_line (voucher_no, outcome) WHERE verdict = 'posted';
CREATE INDEX refund_receipt_open ON refund_receipt_line (verdict) WHERE verdict <> 'posted';

${refundClawbacks.create}

CREATE TABLE refund_number (
  series TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last >= 1)
) STRICT;
CREATE TRIGGER refund_number_starts BEFORE INSERT ON refund_number
WHEN NEW.last <> 1 BEGIN SELECT RAISE(ABORT, 'numbers: without gaps'); END;
CREATE TRIGGER refund_number_goes_on BEFORE UPDATE ON refund_number
WHEN NEW.last <> OLD.last + 1 BEGIN SELECT RAISE(ABORT, 'numbers: without gaps'); END;

CREATE TABLE calendar_year (
  year INTEGER PRIMARY KEY CHECK (year BETWEEN 2000 AND 2199),
  content TEXT NOT NULL CHECK (json_valid(content)),
  imported_on TEXT NOT NULL
) STRICT;
`,
};
