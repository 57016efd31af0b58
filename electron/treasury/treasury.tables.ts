/**
 * 退库: batches and vouchers received, their events, outcomes for the receipts, and the suspension list. The same person checking and paying,
 * amounts that do not tie and payment of a suspended taxpayer are refused here too.
 */
import { forbiddenPaymentPairs, separationChecks } from '../../shared/administration/duties.ts';
import { routeIds, sizeClasses } from '../../shared/eligibility/model.ts';
import { paymentCases, paymentStates } from '../../shared/treasury/cases.ts';
import { eventsDdl, type StateTables } from '../journal/index.ts';
import { sqlTexts } from '../platform/record-table.ts';

export const treasuryTables: StateTables = {
  capability: 'treasury',
  version: 2,
  tables: ['treasury_batch', 'payment', 'payment_event', 'payment_outcome', 'treasury_suspension'],
  ddl: `
CREATE TABLE treasury_batch (
  batch_no TEXT PRIMARY KEY,
  package TEXT NOT NULL UNIQUE,
  received_on TEXT NOT NULL,
  tax_authority TEXT NOT NULL,
  prepared_on TEXT NOT NULL,
  approved_on TEXT NOT NULL,
  vouchers INTEGER NOT NULL CHECK (vouchers > 0),
  taxpayers INTEGER NOT NULL CHECK (taxpayers > 0),
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  basis TEXT NOT NULL,
  fund_source TEXT,
  prepared_by TEXT NOT NULL,
  reviewed_by TEXT NOT NULL,
  approved_by TEXT NOT NULL,
  note TEXT
) STRICT;

CREATE TABLE payment (
  voucher_no TEXT PRIMARY KEY CHECK (voucher_no GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  batch_no TEXT NOT NULL REFERENCES treasury_batch (batch_no),
  refund_no TEXT NOT NULL,
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  filing_period TEXT NOT NULL,
  route TEXT NOT NULL CHECK (route IN (${sqlTexts(routeIds)})),
  size TEXT NOT NULL CHECK (size IN (${sqlTexts([...sizeClasses, 'undetermined'])})),
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  central_fen INTEGER NOT NULL CHECK (central_fen >= 0),
  province_fen INTEGER NOT NULL CHECK (province_fen >= 0),
  county_fen INTEGER NOT NULL CHECK (county_fen >= 0),
  subject_code TEXT NOT NULL,
  subject_name TEXT NOT NULL,
  account_name TEXT NOT NULL,
  bank TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  bank_code TEXT,
  applied_on TEXT NOT NULL,
  approved_on TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  refund_reason TEXT NOT NULL,
  basis TEXT NOT NULL,
  issued_by TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  replaces TEXT,
  note TEXT,
  received_on TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN (${sqlTexts(paymentStates)})),
  checker TEXT,
  payer TEXT,
  paid_on TEXT,
  returned_on TEXT,
  reason_code TEXT,
  reason TEXT,
  events INTEGER NOT NULL CHECK (events >= 1),
  ${separationChecks(forbiddenPaymentPairs)},
  CHECK (state NOT IN ('checked', 'paid', 'bank-returned') OR (checker IS NOT NULL AND account_name = name
    AND existing_fen + incremental_fen = amount_fen AND central_fen + province_fen + county_fen = amount_fen)),
  CHECK (paid_on IS NULL OR payer IS NOT NULL),
  CHECK ((state IN ('paid', 'bank-returned')) = (paid_on IS NOT NULL)),
  CHECK ((state IN ('returned', 'bank-returned')) = (returned_on IS NOT NULL))
) STRICT;
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

CREATE TABLE payment_outcome (
  voucher_no TEXT NOT NULL REFERENCES payment (voucher_no),
  no INTEGER NOT NULL CHECK (no >= 1),
  outcome TEXT NOT NULL CHECK (outcome IN ('paid', 'returned', 'bank-returned')),
  on_date TEXT NOT NULL,
  reason_code TEXT,
  reason TEXT,
  checker TEXT NOT NULL,
  payer TEXT,
  cancelled INTEGER NOT NULL DEFAULT 0 CHECK (cancelled IN (0, 1)),
  tax_package TEXT,
  finance_package TEXT,
  PRIMARY KEY (voucher_no, no),
  CHECK ((outcome = 'paid') = (reason_code IS NULL)),
  CHECK ((outcome = 'returned') = (payer IS NULL)),
  CHECK (cancelled = 0 OR (tax_package IS NULL AND finance_package IS NULL))
) STRICT;
CREATE UNIQUE INDEX payment_outcome_once ON payment_outcome (voucher_no, outcome) WHERE cancelled = 0;
CREATE INDEX payment_outcome_unsent ON payment_outcome (cancelled) WHERE tax_package IS NULL OR finance_package IS NULL;
CREATE TRIGGER payment_outcome_sent BEFORE UPDATE ON payment_outcome
WHEN (OLD.tax_package IS NOT NULL AND NEW.tax_package IS NOT OLD.tax_package)
  OR (OLD.finance_package IS NOT NULL AND NEW.finance_package IS NOT OLD.finance_package)
  OR NEW.outcome <> OLD.outcome OR NEW.on_date <> OLD.on_date OR OLD.cancelled > NEW.cancelled
BEGIN SELECT RAISE(ABORT, 'outcome: what was sent stands'); END;

CREATE TABLE treasury_suspension (
  uscc TEXT NOT NULL,
  no INTEGER NOT NULL CHECK (no >= 1),
  name TEXT NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  source TEXT NOT NULL CHECK (source IN ('notice', 'manual')),
  package TEXT,
  lifted_on TEXT,
  lift_reason TEXT,
  PRIMARY KEY (uscc, no),
  CHECK ((source = 'notice') = (package IS NOT NULL)),
  CHECK (lift_reason IS NULL OR lifted_on IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX treasury_suspension_once ON treasury_suspension (uscc, source) WHERE lifted_on IS NULL;
`,
};
