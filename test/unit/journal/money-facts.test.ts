/**
 * D2: state is not believed at use. Along the road of two refunds through tax office and treasury, before every act, each cell that says how much or to whom is
 * changed while the office is closed, the act is done, and the cell is put back: the opening or the act refuses, or the act does not use the cell, or deep
 * verification finds it afterwards. The cells are those of the ledger's own declarations, so that a new one cannot be forgotten.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changedUsedPutBack, moneyActs, moneyCells, walkMoney, type KeptAct, type Outcome } from '../../support/money-walk.ts';
import { fastFolder } from '../../support/power-loss-check.ts';

let folder: string;
let kept: readonly KeptAct[];
beforeAll(async () => {
  folder = mkdtempSync(join(fastFolder(), 'liudi-money-'));
  kept = await walkMoney(folder);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

const seen = new Map<string, Set<Outcome>>();

/** Cells of offices or kinds of lists that this road does not pass. */
const elsewhere = ['risk_hit', 'survey_line', 'survey_snapshot', 'told_voucher', 'told_outcome', 'epoch_standing'];

describe('D2 钱的每一格换过、用过、改回', () => {
  test.each(moneyActs.map((act, no) => ({ no, title: `${act.agency} ${act.name}`, act })))('$no $title：打开或办理时拒绝，或没有用到，或完整校验事后发现', async ({ no }) => {
    const found: string[] = [];
    for (const cell of moneyCells()) {
      const one = kept[no];
      if (one === undefined) throw new Error('the road was walked');
      const outcome = await changedUsedPutBack(one, cell, join(folder, 'scratch'));
      const name = `${cell.table}.${cell.column}`;
      seen.set(name, (seen.get(name) ?? new Set()).add(outcome));
      if (outcome === 'NOT FOUND') found.push(name);
    }
    expect(found).toEqual([]);
  });

  test('这条路走到了每张存有金额、账户的表；每一步用到的金额都试到过', () => {
    const reached = new Set([...seen].filter(([, outcomes]) => [...outcomes].some((outcome) => outcome !== 'not there')).map(([name]) => name.split('.')[0]));
    const tables = [...new Set(moneyCells().map(({ table }) => table))];
    expect(tables.filter((table) => !reached.has(table)).sort(), 'a table with amounts that this road does not reach: add an act to money-walk.ts or name it').toEqual(elsewhere.filter((table) => tables.includes(table)).sort());
    const caught = [...seen].filter(([, outcomes]) => outcomes.has('refused') || outcomes.has('found')).map(([name]) => name);
    for (const name of [
      'determination.existing_fen', 'refund.bank_account', 'refund.asked_existing_fen', 'refund.approved_existing_fen', 'refund_voucher.bank_account', 'refund_voucher.amount_fen',
      'payment.bank_account', 'payment.amount_fen',
    ]) expect(caught, name).toContain(name);
  });
});
