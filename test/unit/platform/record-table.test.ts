/** Records as tables: what is written comes back the same, and an amount that is none is a fault of the program, never nought. */
import { describe, expect, test } from 'vitest';
import { openMemory } from '../../../electron/platform/database.ts';
import { column, fenOf, fenOrNull, recordTable } from '../../../electron/platform/record-table.ts';
import { field, labelsOf, schemaOf, viewOf, type RecordOf } from '../../../shared/kernel/record.ts';

const slipFields = {
  slipNo: field.coded('单号', /^[0-9]{4}$/, '单号应为4位数字'),
  amountFen: field.fen('金额'),
  limitFen: field.optional(field.fen('限额')),
  copies: field.count('份数', 1),
  urgent: field.flag('加急'),
  kind: field.oneOf('类别', { paid: '已退', returned: '退回' }),
  note: field.optional(field.note('备注', 20)),
};
const slips = recordTable('slip', {
  ...slipFields, maker: column.text, seen: column.or(0n, column.flag), on: column.maybe(column.date),
  asked: column.group('asked_', { existing: column.or(0n, column.fen), incremental: column.or(0n, column.fen) }),
  kept: column.blank('kept_', { existing: column.fen, incremental: column.fen }),
}, ['PRIMARY KEY (slip_no)', 'CHECK (copies < 100)']);
const slip: RecordOf<typeof slipFields> = { slipNo: '0007', amountFen: 900_719_925_474_099n, limitFen: null, copies: 3, urgent: true, kind: 'paid', note: '二〇二二' };

function withSlip() {
  const db = openMemory();
  db.exec(slips.create);
  slips.insert(db, { ...slip, maker: 'handler' });
  return db;
}

describe('a record in a table', () => {
  test('comes back as it went in, beside the columns of the table itself', () => {
    const db = withSlip();
    const whole = { ...slip, maker: 'handler', seen: false, on: null, asked: { existing: 7n, incremental: 0n }, kept: null };
    db.exec('UPDATE slip SET asked_existing_fen = 7');
    expect(slips.find(db, { slipNo: '0007', maker: 'handler' })).toEqual(whole);
    expect(slips.find(db, { slipNo: '0008' })).toBeNull();
    expect(slips.all(db, 'WHERE copies > @copies ORDER BY on_date', { copies: 2 })).toEqual([whole]);
  });

  test.each([
    ['a negative amount', { amountFen: -1n }],
    ['a word of no list', { kind: 'lost' }],
    ['fewer copies than one', { copies: 0 }],
    ['more copies than the table allows', { copies: 100 }],
    ['a blank where there must be something', { maker: null }],
  ])('%s is refused by the table', (_name, wrong) => {
    expect(() => { slips.insert(withSlip(), { ...slip, slipNo: '0008', maker: 'x', ...wrong } as typeof slip & { maker: string }); }).toThrow(/CHECK|NOT NULL/);
  });

  test('is integer fen towards packages and yuan towards people', () => {
    expect(schemaOf(slipFields).encode(slip)).toMatchObject({ amountFen: '900719925474099', limitFen: null });
    expect(viewOf(slipFields).encode(slip)).toMatchObject({ amountFen: '9007199254740.99', limitFen: null });
    expect(labelsOf(slipFields).amountFen).toBe('金额');
  });
});

describe('the reader of amounts', () => {
  const row = withSlip().prepare("SELECT *, (SELECT sum(amount_fen) FROM slip WHERE slip_no = 'x') AS no_rows FROM slip").get() ?? {};
  test.each([
    ['a misspelt column', 'amuont_fen'],
    ['text', 'slip_no'],
    ['the sum of no rows', 'no_rows'],
  ])('%s is a fault, not nought', (_name, column) => {
    expect(() => fenOf(row, column)).toThrow(column);
  });

  test('a blank is unknown only where it may be blank, and a misspelt column never is', () => {
    expect(fenOrNull(row, 'limit_fen')).toBeNull();
    expect(() => fenOf(row, 'limit_fen')).toThrow('limit_fen');
    expect(() => fenOrNull(row, 'limt_fen')).toThrow('limt_fen');
    expect(() => fenOf(undefined, 'amount_fen')).toThrow('amount_fen');
  });
});
