/**
 * 退库: batches and vouchers received, their events, outcomes for the receipts, and the suspension list. The same person checking and paying,
 * amounts that do not tie and payment of a suspended taxpayer are refused here too.
 */
import { forbiddenPaymentPairs, separationChecks } from '../../shared/administration/duties.ts';
import { batchFields, voucherFields } from '../../shared/refunds/voucher-fields.ts';
import { paymentCases, paymentStates } from '../../shared/treasury/cases.ts';
import { outcomeFields } from '../../shared/treasury/outcome-fields.ts';
import { eventsDdl, type StateTables } from '../journal/index.ts';
import { pickFields } from '../../shared/kernel/record.ts';
import { column, recordTable, type RowOf } from '../platform/record-table.ts';

const { text, date, maybe } = column;

/** The head of a batch as it came. */
const batchColumns = { ...batchFields, package: text, receivedOn: date };
export const treasuryBatches = recordTable('treasury_batch', batchColumns, ['PRIMARY KEY (batch_no)', 'UNIQUE (package)', 'CHECK (amount_fen > 0)']);
export type TreasuryBatch = RowOf<typeof batchColumns>;

/** A voucher as it came, and what was done with it: `reasonCode` a word of the closed lists, `reason` of the last step that needed one. */
const { reason: refundReason, ...elements } = voucherFields;
const paymentColumns = {
  ...elements, refundReason, receivedOn: date, state: column.oneOf(paymentStates), checker: maybe(text), payer: maybe(text),
  paidOn: maybe(date), returnedOn: maybe(date),
  reasonCode: maybe(text), reason: maybe(text), events: column.number,
};
export const payments = recordTable('payment', paymentColumns, [
  'PRIMARY KEY (voucher_no)',
  'FOREIGN KEY (batch_no) REFERENCES treasury_batch (batch_no)',
  "CHECK (voucher_no GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]')",
  'CHECK (amount_fen > 0)',
  separationChecks(forbiddenPaymentPairs),
  `CHECK (state NOT IN ('checked', 'paid', 'bank-returned') OR (checker IS NOT NULL AND account_name = name
    AND existing_fen + incremental_fen = amount_fen AND central_fen + province_fen + county_fen = amount_fen))`,
  'CHECK (paid_on IS NULL OR payer IS NOT NULL)',
  "CHECK ((state IN ('paid', 'bank-returned')) = (paid_on IS NOT NULL))",
  "CHECK ((state IN ('returned', 'bank-returned')) = (returned_on IS NOT NULL))",
]);
export type PaymentRecord = RowOf<typeof paymentColumns>;

/** What the receipts tell of a voucher, one row an outcome; `taxPackage` and `financePackage` once the agency has been told. */
const outcomeColumns = {
  voucherNo: text, no: column.number, outcome: outcomeFields.outcome, on: date, reasonCode: maybe(text), reason: maybe(text), checker: text,
  payer: maybe(text),
  cancelled: column.or(0n, column.flag), taxPackage: maybe(text), financePackage: maybe(text),
};
export const paymentOutcomes = recordTable('payment_outcome', outcomeColumns, [
  'PRIMARY KEY (voucher_no, no)',
  'FOREIGN KEY (voucher_no) REFERENCES payment (voucher_no)',
  "CHECK ((outcome = 'paid') = (reason_code IS NULL))",
  "CHECK ((outcome = 'returned') = (payer IS NULL))",
  'CHECK (cancelled = 0 OR (tax_package IS NULL AND finance_package IS NULL))',
]);
export type OutcomeRecord = RowOf<typeof outcomeColumns>;

const suspensionColumns = {
  uscc: text, no: column.number, name: text, reason: text, since: date, source: column.oneOf(['notice', 'manual']), package: maybe(text),
  liftedOn: maybe(date),
  liftReason: maybe(text),
};
export const treasurySuspensions = recordTable('treasury_suspension', suspensionColumns, [
  'PRIMARY KEY (uscc, no)', "CHECK ((source = 'notice') = (package IS NOT NULL))", 'CHECK (lift_reason IS NULL OR lifted_on IS NOT NULL)',
]);
export type SuspensionRecord = RowOf<typeof suspensionColumns>;

/** A taxpayer of the newest 企业清单 of a filing period, as the tax office's list told it. */
const listedColumns = {
  filingPeriod: column.period, uscc: text, name: text, route: maybe(text), existingFen: column.fen, incrementalFen: column.fen,
  accountName: maybe(text), bankAccount: maybe(text), package: text,
};
export const listedTaxpayers = recordTable('listed_taxpayer', listedColumns, ['PRIMARY KEY (filing_period, uscc)']);
export type ListedTaxpayer = RowOf<typeof listedColumns>;

/** A voucher as finance was told of it, and what receipts told of it later. */
export const toldVoucherFields = {
  ...pickFields(voucherFields, ['voucherNo', 'refundNo', 'batchNo', 'uscc', 'name', 'filingPeriod', 'route', 'existingFen', 'incrementalFen', 'amountFen', 'accountName',
    'bankAccount']), refundReason,
};
const { centralFen, provinceFen, countyFen } = voucherFields;
/** Shares by level 分担: null where the batch was told before finance kept them. */
export const toldShareFields = { centralFen: maybe(centralFen), provinceFen: maybe(provinceFen), countyFen: maybe(countyFen) };
const toldVoucherColumns = { ...toldVoucherFields, ...toldShareFields, receivedOn: date, package: text };
export const toldVouchers = recordTable('told_voucher', toldVoucherColumns, [
  'PRIMARY KEY (voucher_no)', 'CHECK (central_fen IS NULL OR central_fen + province_fen + county_fen = amount_fen)',
]);
export type ToldVoucher = RowOf<typeof toldVoucherColumns>;
const toldOutcomeColumns = {
  package: text, line: column.number, voucherNo: text, batchNo: text, uscc: text, outcome: outcomeFields.outcome, amountFen: column.fen, onDate: date,
};
export const toldOutcomes = recordTable('told_outcome', toldOutcomeColumns, ['PRIMARY KEY (package, line)']);
export type ToldOutcome = RowOf<typeof toldOutcomeColumns>;

export const treasuryTables: StateTables = {
  capability: 'treasury',
  version: 6,
  tables: ['treasury_batch', 'payment', 'payment_event', 'payment_outcome', 'treasury_suspension', 'listed_taxpayer', 'told_voucher', 'told_outcome'],
  deciding: [{ tables: ['treasury_suspension'], from: ['treasury.receiveSuspensions', 'treasury.suspend', 'treasury.liftSuspension'] }],
  ddl: `
${treasuryBatches.create}

${payments.create}
CREATE INDEX payment_batch ON payment (batch_no);
CREATE INDEX payment_state ON payment (state);
CREATE INDEX payment_uscc ON payment (uscc);
CREATE INDEX payment_refund ON payment (refund_no);
CREATE INDEX payment_paid ON payment (paid_on) WHERE paid_on IS NOT NULL;
CREATE UNIQUE INDEX payment_of_refund ON payment (refund_no) WHERE state IN ('checked', 'paid');

CREATE TRIGGER payment_starts BEFORE INSERT ON payment
WHEN NEW.state <> 'received' OR NEW.events <> 1 OR EXISTS (SELECT 1 FROM payment WHERE voucher_no = NEW.voucher_no)
BEGIN SELECT RAISE(ABORT, 'payment: a voucher is received once'); END;
CREATE TRIGGER payment_suspended BEFORE UPDATE OF state ON payment
WHEN NEW.state IN ('checked', 'paid') AND OLD.state IN ('received', 'checked') AND EXISTS (
  SELECT 1 FROM treasury_suspension WHERE uscc = NEW.uscc AND lifted_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'payment: the taxpayer is under suspension'); END;
CREATE TRIGGER payment_counts_acts BEFORE UPDATE ON payment
WHEN NEW.events <> OLD.events + 1 OR NEW.voucher_no <> OLD.voucher_no
BEGIN SELECT RAISE(ABORT, 'payment: every change is one counted act'); END;
CREATE TRIGGER payment_fixed BEFORE UPDATE OF batch_no, refund_no, uscc, name, existing_fen, incremental_fen, amount_fen,
  central_fen, province_fen, county_fen, subject_code, account_name, bank, bank_account, bank_code ON payment
BEGIN SELECT RAISE(ABORT, 'payment: a voucher is never altered'); END;
CREATE TRIGGER payment_stays BEFORE DELETE ON payment
BEGIN SELECT RAISE(ABORT, 'payment: never deleted'); END;

${eventsDdl(paymentCases, { rows: 'payment', events: 'payment_event', key: 'voucherNo' })}

${paymentOutcomes.create}
CREATE UNIQUE INDEX payment_outcome_once ON payment_outcome (voucher_no, outcome) WHERE cancelled = 0;
CREATE INDEX payment_outcome_unsent ON payment_outcome (cancelled) WHERE tax_package IS NULL OR finance_package IS NULL;
CREATE TRIGGER payment_outcome_sent BEFORE UPDATE ON payment_outcome
WHEN (OLD.tax_package IS NOT NULL AND NEW.tax_package IS NOT NULL AND NEW.tax_package IS NOT OLD.tax_package)
  OR (OLD.finance_package IS NOT NULL AND NEW.finance_package IS NOT NULL AND NEW.finance_package IS NOT OLD.finance_package)
  OR NEW.outcome <> OLD.outcome OR NEW.on_date <> OLD.on_date OR OLD.cancelled > NEW.cancelled
BEGIN SELECT RAISE(ABORT, 'outcome: what was sent stands'); END;

${listedTaxpayers.create}
${toldVouchers.create}
CREATE INDEX told_voucher_batch ON told_voucher (batch_no);
${toldOutcomes.create}
CREATE INDEX told_outcome_voucher ON told_outcome (voucher_no);

${treasurySuspensions.create}
CREATE UNIQUE INDEX treasury_suspension_once ON treasury_suspension (uscc, source) WHERE lifted_on IS NULL;
`,
};
