/**
 * The tax office's side of 三方对账 from its ledger: vouchers issued and void, clawbacks and their cancellation. It tells lines and compares nothing.
 * A voucher that came back stays in force until another takes its place or its refund ends: until then the refund is owed.
 * @source shared spec reconciliation.md, Lines (tax)
 */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { LineKind, ReconLine } from '../../shared/reconciliation/line.ts';
import type { Database, Row } from '../platform/database.ts';
import { fenOf } from '../platform/record-table.ts';

/** A day in Shanghai of what was registered. */
const dayOf = (at: string): string => `date(${at}, '+8 hours')`;
const textOf = (row: Row, column: string): string => (row[column] === null ? '' : String(row[column]));

/** Every line of the tax office, in no order. */
export function taxReconLines(db: Database): ReconLine[] {
  return [...voucherLines(db), ...clawbackLines(db)];
}

const vouchers = `SELECT v.*, r.uscc,
  (SELECT b.sent_on FROM refund_batch AS b WHERE b.batch_no = v.batch_no AND b.state = 'sent') AS sent,
  (SELECT min(n.issued_on) FROM refund_voucher AS n WHERE n.replaces = v.voucher_no) AS replaced_on,
  (SELECT ${dayOf('min(e.at)')} FROM refund_event AS e WHERE e.refund = v.refund AND e.no > i.no
     AND (e.to_state IN ('terminated', 'refused', 'withdrawn') OR (v.state = 'void' AND e.to_state IN ('corrected', 'returned-for-correction')))) AS ended_on
  FROM refund_voucher AS v JOIN refund AS r ON r.refund = v.refund
  LEFT JOIN refund_event AS i ON i.refund = v.refund AND i.act = 'issueVoucher' AND json_extract(i.facts, '$.voucherNo') = v.voucher_no
  ORDER BY v.voucher_no`;

function voucherLines(db: Database): ReconLine[] {
  return db.prepare(vouchers).all().flatMap((row) => {
    const issued: ReconLine = {
      ...bare, kind: '开具', no: String(row['voucher_no']), formerNo: textOf(row, 'replaces'), batchNo: textOf(row, 'batch_no'), payee: String(row['uscc']),
      name: String(row['name']), account: String(row['bank_account']), subject: String(row['subject_code']), amountFen: fenOf(row, 'amount_fen'),
      centralFen: fenOf(row, 'central_fen'), provincialFen: fenOf(row, 'province_fen'), countyFen: fenOf(row, 'county_fen'), day: dateOf(row, 'issued_on'),
      sentOn: row['sent'] === null ? null : dateOf(row, 'sent'),
    };
    // A paid voucher is never void here: what is paid is got back by a clawback.
    const dead = ['void', 'treasury-returned', 'bank-returned'].includes(String(row['state']));
    const [voidOn] = dead ? [row['replaced_on'], row['ended_on']].filter((day) => typeof day === 'string').toSorted() : [];
    return voidOn === undefined ? [issued] : [issued, undoing(issued, '作废', voidOn as CivilDate)]; // a day that SQL made of an instant
  });
}

const clawbacks = `SELECT c.*, r.uscc, r.name, r.voucher_no,
  (SELECT ${dayOf('e.at')} FROM refund_event AS e WHERE e.refund = c.refund AND e.entry = c.reversed_by LIMIT 1) AS reversed_on
  FROM refund_clawback AS c JOIN refund AS r ON r.refund = c.refund ORDER BY c.received_on, c.document, c.refund, c.no`;

/** The number of the payment order names a clawback; used again within a year it gets a running number behind it. */
function clawbackLines(db: Database): ReconLine[] {
  const used = new Map<string, number>();
  return db.prepare(clawbacks).all().flatMap((row) => {
    const day = dateOf(row, 'received_on');
    const document = String(row['document']);
    const times = (used.get(`${day.slice(0, 4)} ${document}`) ?? 0) + 1;
    used.set(`${day.slice(0, 4)} ${document}`, times);
    const ordered: ReconLine = {
      ...bare, kind: '追缴', no: times === 1 ? document : `${document}-${String(times)}`, formerNo: textOf(row, 'voucher_no'), payee: String(row['uscc']),
      name: String(row['name']), amountFen: fenOf(row, 'existing_fen') + fenOf(row, 'incremental_fen'), day,
    };
    return row['reversed_on'] === null ? [ordered] : [ordered, undoing(ordered, '追缴撤销', dateOf(row, 'reversed_on'))];
  });
}

type Blank = Omit<ReconLine, 'kind' | 'no' | 'amountFen' | 'day'>;
const nothing: Fen | null = null;
const bare: Blank = {
  formerNo: '', batchNo: '', payee: '', name: '', account: '', subject: '', centralFen: nothing, provincialFen: nothing, countyFen: nothing, sentOn: null, fundNo: '', note: '',
};

/** An undoing line has the amount of what it undoes, and is of its day or later. */
function undoing(line: ReconLine, kind: LineKind, day: CivilDate): ReconLine {
  return { ...line, kind, day: day < line.day ? line.day : day, sentOn: null };
}

function dateOf(row: Row, column: string): CivilDate {
  return String(row[column]) as CivilDate; // a date column, or a day that SQL made of an instant
}
