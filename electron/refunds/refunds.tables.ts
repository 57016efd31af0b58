/**
 * 退税办理 and 销号: refunds with their events, vouchers, number ranges, batches, receipt lines, clawbacks and calendar years.
 * Amounts that do not tie and duties that one person may not join are refused here too; which act follows which is the lifecycle's alone.
 */
import { forbiddenRefundPairs, separationChecks } from '../../shared/administration/duties.ts';
import { refundCases, refundStateRows, refundStates, suspendableStates } from '../../shared/refunds/cases.ts';
import { clocks, routes, sizes } from '../../shared/refunds/model.ts';
import { eventsDdl, type StateTables } from '../journal/index.ts';
import { sqlTexts } from '../platform/record-table.ts';

const withPayment = refundStates.filter((state) => refundStateRows[state].paid === true);

export const refundsTables: StateTables = {
  capability: 'refunds',
  version: 3,
  tables: [
    'refund', 'refund_event', 'refund_voucher', 'voucher_range', 'refund_batch', 'refund_receipt_line', 'refund_clawback', 'refund_number',
    'calendar_year',
  ],
  ddl: `
CREATE TABLE refund (
  refund TEXT PRIMARY KEY,
  period TEXT NOT NULL,
  uscc TEXT NOT NULL,
  name TEXT NOT NULL,
  route TEXT NOT NULL CHECK (route IN (${sqlTexts(routes)})),
  size TEXT NOT NULL CHECK (size IN (${sqlTexts(sizes)})),
  determination TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN (${sqlTexts(refundStates)})),
  suspended_from TEXT CHECK (suspended_from IS NULL OR suspended_from IN (${sqlTexts(suspendableStates)})),
  lapsed INTEGER NOT NULL DEFAULT 0 CHECK (lapsed IN (0, 1)),
  application_no TEXT,
  applied_on TEXT,
  bank TEXT NOT NULL DEFAULT '',
  bank_account TEXT NOT NULL DEFAULT '',
  account_name TEXT NOT NULL DEFAULT '',
  bank_code TEXT,
  determined_existing_fen INTEGER NOT NULL CHECK (determined_existing_fen >= 0),
  determined_incremental_fen INTEGER NOT NULL CHECK (determined_incremental_fen >= 0),
  asked_existing_fen INTEGER NOT NULL DEFAULT 0 CHECK (asked_existing_fen >= 0),
  asked_incremental_fen INTEGER NOT NULL DEFAULT 0 CHECK (asked_incremental_fen >= 0),
  approved_existing_fen INTEGER NOT NULL DEFAULT 0 CHECK (approved_existing_fen BETWEEN 0 AND asked_existing_fen),
  approved_incremental_fen INTEGER NOT NULL DEFAULT 0 CHECK (approved_incremental_fen BETWEEN 0 AND asked_incremental_fen),
  paid_existing_fen INTEGER NOT NULL DEFAULT 0 CHECK (paid_existing_fen IN (0, approved_existing_fen)),
  paid_incremental_fen INTEGER NOT NULL DEFAULT 0 CHECK (paid_incremental_fen IN (0, approved_incremental_fen)),
  clawed_existing_fen INTEGER NOT NULL DEFAULT 0 CHECK (clawed_existing_fen BETWEEN 0 AND paid_existing_fen),
  clawed_incremental_fen INTEGER NOT NULL DEFAULT 0 CHECK (clawed_incremental_fen BETWEEN 0 AND paid_incremental_fen),
  kept_existing_fen INTEGER CHECK (kept_existing_fen IS NULL OR kept_existing_fen >= 0),
  kept_incremental_fen INTEGER CHECK ((kept_incremental_fen IS NULL) = (kept_existing_fen IS NULL) AND (kept_incremental_fen IS NULL OR kept_incremental_fen >= 0)),
  reduced_on TEXT CHECK (reduced_on IS NULL OR paid_existing_fen + paid_incremental_fen > 0),
  clock TEXT NOT NULL DEFAULT 'none' CHECK (clock IN (${sqlTexts(clocks)})),
  due_on TEXT,
  first_accepted_on TEXT,
  accepted_on TEXT,
  decided_on TEXT,
  handler TEXT,
  reviewer TEXT,
  approver TEXT,
  issuer TEXT,
  voucher_checker TEXT,
  voucher_no TEXT,
  batch_no TEXT,
  sent_on TEXT,
  paid_on TEXT,
  receipt_package TEXT,
  receipt_line INTEGER,
  crossed_off_on TEXT,
  reason TEXT,
  ground TEXT,
  noticed_on TEXT,
  events INTEGER NOT NULL CHECK (events >= 1),
  changed_at TEXT NOT NULL,
  ${separationChecks(forbiddenRefundPairs)},
  CHECK (refund = period || '/' || uscc),
  CHECK (approved_existing_fen <= determined_existing_fen AND approved_incremental_fen <= determined_incremental_fen),
  CHECK ((state = 'suspended') = (suspended_from IS NOT NULL)),
  CHECK ((clock = 'running') = (due_on IS NOT NULL)),
  CHECK (application_no IS NULL OR handler IS NOT NULL),
  CHECK ((state IN (${sqlTexts(withPayment)})) = (paid_existing_fen + paid_incremental_fen > 0)),
  CHECK (paid_existing_fen + paid_incremental_fen = 0 OR (paid_on IS NOT NULL AND receipt_package IS NOT NULL AND receipt_line IS NOT NULL)),
  CHECK ((state IN ('crossed-off', 'clawed-back')) = (crossed_off_on IS NOT NULL)),
  CHECK ((state = 'clawed-back') = (paid_existing_fen + paid_incremental_fen > 0
    AND clawed_existing_fen = paid_existing_fen AND clawed_incremental_fen = paid_incremental_fen))
) STRICT;
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

CREATE TABLE refund_voucher (
  voucher_no TEXT PRIMARY KEY CHECK (voucher_no GLOB '[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  refund TEXT NOT NULL REFERENCES refund (refund),
  state TEXT NOT NULL CHECK (state IN ('issued', 'checked', 'sent', 'paid', 'treasury-returned', 'bank-returned', 'void')),
  -- What the refund said when the voucher was issued: a later round of the refund changes none of it.
  name TEXT NOT NULL,
  route TEXT NOT NULL CHECK (route IN (${sqlTexts(routes)})),
  size TEXT NOT NULL CHECK (size IN (${sqlTexts(sizes)})),
  applied_on TEXT NOT NULL,
  approved_on TEXT NOT NULL,
  approver TEXT NOT NULL,
  issued_on TEXT NOT NULL,
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0 AND amount_fen = existing_fen + incremental_fen),
  central_fen INTEGER NOT NULL CHECK (central_fen >= 0),
  province_fen INTEGER NOT NULL CHECK (province_fen >= 0),
  county_fen INTEGER NOT NULL CHECK (county_fen >= 0),
  capital TEXT NOT NULL,
  level_text TEXT NOT NULL,
  subject_code TEXT NOT NULL CHECK (length(subject_code) = 9),
  subject_name TEXT NOT NULL,
  bank TEXT NOT NULL,
  bank_account TEXT NOT NULL,
  account_name TEXT NOT NULL,
  bank_code TEXT,
  reason TEXT NOT NULL,
  basis TEXT NOT NULL,
  authority TEXT NOT NULL,
  approval_no TEXT NOT NULL,
  replaces TEXT REFERENCES refund_voucher (voucher_no),
  issuer TEXT NOT NULL,
  voucher_checker TEXT,
  batch_no TEXT REFERENCES refund_batch (batch_no),
  paid_on TEXT,
  returned_on TEXT,
  crossed_off_on TEXT,
  ${separationChecks([['issuer', 'voucherChecker'], ['approver', 'issuer']])},
  CHECK (account_name = name),
  CHECK (central_fen + province_fen + county_fen = amount_fen),
  CHECK (state NOT IN ('checked', 'sent', 'paid', 'treasury-returned', 'bank-returned') OR voucher_checker IS NOT NULL),
  CHECK (state NOT IN ('sent', 'paid', 'treasury-returned', 'bank-returned') OR batch_no IS NOT NULL),
  CHECK ((state IN ('paid', 'bank-returned')) = (paid_on IS NOT NULL)),
  CHECK (crossed_off_on IS NULL OR state = 'paid')
) STRICT;
CREATE UNIQUE INDEX refund_voucher_live ON refund_voucher (refund) WHERE state IN ('issued', 'checked', 'sent', 'paid');
CREATE INDEX refund_voucher_refund ON refund_voucher (refund);
CREATE INDEX refund_voucher_batch ON refund_voucher (batch_no) WHERE batch_no IS NOT NULL;
CREATE INDEX refund_voucher_paid ON refund_voucher (paid_on) WHERE paid_on IS NOT NULL;
CREATE TRIGGER refund_voucher_approved BEFORE INSERT ON refund_voucher
WHEN EXISTS (SELECT 1 FROM refund_voucher WHERE voucher_no = NEW.voucher_no) OR NEW.state <> 'issued' OR NOT EXISTS (
  SELECT 1 FROM refund WHERE refund = NEW.refund AND account_name = name AND NEW.name = name AND approver = NEW.approver
    AND approved_existing_fen = NEW.existing_fen AND approved_incremental_fen = NEW.incremental_fen)
BEGIN SELECT RAISE(ABORT, 'voucher: amount and payee are those approved'); END;
CREATE TRIGGER refund_voucher_fixed BEFORE UPDATE OF voucher_no, refund, name, route, size, applied_on, approved_on, approver, issued_on,
  existing_fen, incremental_fen, amount_fen, central_fen, province_fen, county_fen, capital, subject_code, bank, bank_account, account_name, bank_code, issuer ON refund_voucher
BEGIN SELECT RAISE(ABORT, 'voucher: never altered, only voided'); END;
CREATE TRIGGER refund_voucher_moves BEFORE UPDATE OF state ON refund_voucher
WHEN OLD.state <> NEW.state AND OLD.state || '>' || NEW.state NOT IN (
  'issued>checked', 'issued>void', 'checked>void', 'checked>sent', 'sent>paid', 'sent>treasury-returned', 'paid>bank-returned')
BEGIN SELECT RAISE(ABORT, 'voucher: not a move of a voucher'); END;
CREATE TRIGGER refund_voucher_stays BEFORE DELETE ON refund_voucher
BEGIN SELECT RAISE(ABORT, 'voucher: never deleted'); END;

CREATE TABLE voucher_range (
  first INTEGER PRIMARY KEY CHECK (first BETWEEN 1 AND 99999999),
  last INTEGER NOT NULL CHECK (last BETWEEN first AND 99999999),
  next INTEGER NOT NULL CHECK (next BETWEEN first AND last + 1),
  added_on TEXT NOT NULL,
  added_by TEXT NOT NULL
) STRICT;
CREATE TRIGGER voucher_range_apart BEFORE INSERT ON voucher_range
WHEN NEW.next <> NEW.first OR EXISTS (SELECT 1 FROM voucher_range WHERE NEW.first <= last AND first <= NEW.last)
BEGIN SELECT RAISE(ABORT, 'voucher range: overlaps'); END;
CREATE TRIGGER voucher_range_in_order BEFORE UPDATE ON voucher_range
WHEN NEW.next <> OLD.next + 1 OR NEW.first <> OLD.first OR NEW.last <> OLD.last
BEGIN SELECT RAISE(ABORT, 'voucher range: one number after the other'); END;

CREATE TABLE refund_batch (
  batch_no TEXT PRIMARY KEY CHECK (batch_no GLOB 'PC-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9]'),
  state TEXT NOT NULL CHECK (state IN ('sealed', 'sent', 'cancelled')),
  formed_on TEXT NOT NULL,
  formed_by TEXT NOT NULL,
  vouchers INTEGER NOT NULL CHECK (vouchers > 0),
  total_fen INTEGER NOT NULL CHECK (total_fen > 0),
  sent_on TEXT,
  package TEXT,
  reason TEXT,
  CHECK ((state = 'sent') = (sent_on IS NOT NULL AND package IS NOT NULL)),
  CHECK ((state = 'cancelled') = (reason IS NOT NULL))
) STRICT;
CREATE TRIGGER refund_batch_sealed BEFORE UPDATE ON refund_batch
WHEN OLD.state <> 'sealed' OR NEW.vouchers <> OLD.vouchers OR NEW.total_fen <> OLD.total_fen OR NEW.batch_no <> OLD.batch_no
BEGIN SELECT RAISE(ABORT, 'batch: sealed'); END;

CREATE TABLE refund_receipt_line (
  package TEXT NOT NULL,
  line INTEGER NOT NULL CHECK (line >= 1),
  voucher_no TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('paid', 'returned', 'bank-returned')),
  amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
  on_date TEXT NOT NULL,
  reason_code TEXT,
  reason TEXT,
  batch_no TEXT NOT NULL,
  uscc TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('posted', 'held', 'conflict')),
  -- Why a line is held or conflicts, as a word of receipts.ts; NULL when posted.
  why TEXT,
  refund TEXT REFERENCES refund (refund),
  PRIMARY KEY (package, line),
  CHECK ((verdict = 'posted') = (why IS NULL)),
  CHECK (verdict <> 'posted' OR refund IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX refund_receipt_once ON refund_receipt_line (voucher_no, outcome) WHERE verdict = 'posted';
CREATE INDEX refund_receipt_open ON refund_receipt_line (verdict) WHERE verdict <> 'posted';

CREATE TABLE refund_clawback (
  refund TEXT NOT NULL REFERENCES refund (refund),
  no INTEGER NOT NULL CHECK (no >= 1),
  existing_fen INTEGER NOT NULL CHECK (existing_fen >= 0),
  incremental_fen INTEGER NOT NULL CHECK (incremental_fen >= 0),
  received_on TEXT NOT NULL,
  document TEXT NOT NULL,
  reason TEXT NOT NULL,
  entry INTEGER NOT NULL,
  reversed_by INTEGER,
  PRIMARY KEY (refund, no),
  CHECK (existing_fen + incremental_fen > 0)
) STRICT;

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
