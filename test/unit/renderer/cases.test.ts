/** Pages of cases: every description against its case table and the operations table, and what the dialog makes of what was typed. */
import { describe, expect, test } from 'vitest';
import { contract } from '../../../shared/contract.ts';
import { actsOf, fits, statesOf } from '../../../shared/kernel/case.ts';
import { duties } from '../../../shared/kernel/office.ts';
import { field, type Fields } from '../../../shared/kernel/record.ts';
import { asksAgain } from '../../../renderer/approval.ts';
import { actInput, faultOf, fieldsOf, groupsOf, isChanged, openFields } from '../../../renderer/components/case/act-form.ts';
import { actOf, actsOnMany, firmsText, firstQueue, operationOf, queuesOf, refusedCases, sumOf, wayOf, type CaseView } from '../../../renderer/components/case/case-view.ts';
import type { TableRow } from '../../../renderer/components/table/columns.ts';

/** The descriptions are typed in the project of the pages, which has the types of .vue files; here they are loaded as they run. */
async function viewOf(path: string, name: string): Promise<CaseView> {
  const loaded = (await import(new URL(`../../../renderer/${path}`, import.meta.url).href)) as Readonly<Record<string, CaseView>>;
  return loaded[name] ?? expect.fail(`${path} has no ${name}`);
}
const refunds = await viewOf('refunds/refund-view.ts', 'refundView');
const payments = await viewOf('treasury/payment-view.ts', 'paymentView');
const cases = ['2022-04/91211382MA1000009Y', '2022-04/91211382MA1000017R'];
const vouchers = ['00000001', '00000002'];

const typed: Readonly<Record<string, string>> = {
  on: '2022-04-11', channel: '电话', existing: '１,000.50', incremental: '2000', bank: '某银行', account: '6228 1000', accountName: '某公司', bankCode: '', exportRefundPending: 'true', approvedOn: '2022-04-12',
  opinion: '同意', reason: '原因', count: '12', total: '1,234.56', document: '缴款书1号', no: '1',
};

/** Everything filled in, the first word of each closed list chosen. */
function filled(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(fields).map(([key, { shape }]) => [key, shape.kind === 'words' ? (Object.keys(shape.words)[0] ?? '') : (typed[key] ?? '')]));
}

describe.each([['refunds', refunds, cases], ['treasury', payments, vouchers]] as const)('%s', (_name, view, keys) => {
  test('every state stands under exactly one tab, and every step of the way is a state', () => {
    expect(queuesOf(view.table).flatMap(({ states }) => states).sort()).toEqual([...statesOf(view.table)].sort());
    for (const [state] of wayOf(view.table)) expect(statesOf(view.table)).toContain(state);
  });

  test('every act that a person does here has its operation, and no other act has one', () => {
    const elsewhere = ['cancelBatch', 'clawBackWhole'];
    const here = actsOf(view.table).filter((act) => operationOf(view, act) !== null);
    expect(here).toEqual(actsOf(view.table).filter((act) => actOf(view, act).by === 'person' && !elsewhere.includes(act)));
    for (const act of here) expect(Object.keys(contract)).toContain(operationOf(view, act));
  });

  test.each(actsOf(view.table).filter((act) => operationOf(view, act) !== null))('%s: what the dialog fills in is what its operation takes, for one and for many', (act) => {
    const row = actOf(view, act);
    const groups = groupsOf(row);
    for (const chosen of row.one !== true ? [keys.slice(0, 1), keys] : [keys.slice(0, 1)]) {
      const fields = fieldsOf(row, chosen.length);
      const draft = filled(fields);
      expect(openFields(fields, draft, {}, groups)).toEqual({});
      const input = { ...(row.one === true ? { [view.table.case]: chosen[0] } : { [view.table.cases]: chosen }), ...actInput(fields, draft, {}, groups) };
      const name = operationOf(view, act) ?? expect.fail(act);
      expect(contract[name].input.safeParse(input).error?.issues ?? []).toEqual([]);
    }
  });

  test.each(actsOf(view.table).filter((act) => operationOf(view, act) !== null))('%s: a reason that the table requires cannot be left out', (act) => {
    const row = actOf(view, act);
    const fields = fieldsOf(row, 1);
    if (row.reason === 'required') expect(openFields(fields, { ...filled(fields), reason: ' ' }, {}, groupsOf(row))).toHaveProperty('reason');
    else expect(openFields(fields, { ...filled(fields), reason: '' }, {}, groupsOf(row))).not.toHaveProperty('reason');
  });

  test('a queue offers only acts that its state and the person’s duties allow', () => {
    for (const state of statesOf(view.table)) {
      for (const duty of duties) {
        for (const act of actsOnMany(view, state, [duty])) {
          expect(fits(view.table, act, state)).toBe(true);
          expect(actOf(view, act).may).toContain(duty);
        }
      }
      expect(actsOnMany(view, state, ['system', 'security', 'audit'])).toEqual([]);
    }
  });
});

test('a handler may accept, return or withdraw applications; a payer may pay what was checked', () => {
  expect(actsOnMany(refunds, 'applied', ['handler'])).toEqual(['accept', 'returnForCorrection', 'withdraw']);
  expect(actsOnMany(payments, 'received', ['reviewer'])).toEqual(['check', 'return']);
  expect(actsOnMany(payments, 'checked', ['approver'])).toEqual(['withdrawCheck', 'pay']);
});

test('what only approvers may do asks for the password once more', () => {
  const asked = actsOf(refunds.table).filter((act) => { const name = operationOf(refunds, act); return name !== null && asksAgain(name); });
  expect(asked.sort()).toEqual(['approve', 'clawBackPart', 'keepApproval', 'refuse', 'terminate', 'undoClawBack', 'undoCrossOff']);
  expect(asksAgain('treasury.pay')).toBe(true);
  expect(asksAgain('refunds.list')).toBe(false);
});

test.each([
  ['reviewer', { accepted: 2, applied: 5 }, 'accepted'],
  ['handler', { accepted: 2, applied: 5, 'bank-returned': 1 }, 'applied'],
  ['handler', { 'bank-returned': 1 }, 'returned'],
  ['issuer', { batched: 3 }, 'under-way'],
  ['approver', { applied: 5 }, 'all'],
] as const)('the first visit of the %s with %o opens %s', (duty, counts, queue) => {
  expect(firstQueue(refunds, new Map(Object.entries(counts)), [duty])).toBe(queue);
});

describe('what was typed', () => {
  const apply = fieldsOf(actOf(refunds, 'apply'), 1);
  const groups = groupsOf(actOf(refunds, 'apply'));
  const now = { existing: '1000.50', incremental: '0.00', bank: '某银行', account: '62281000', accountName: '某公司', bankCode: '' };

  test('what is unchanged is left to the office; an amount is read with separators and in full width', () => {
    expect(actInput(apply, now, now, groups)).toEqual({});
    expect(actInput(apply, { ...now, existing: '１，000.50' }, now, groups)).toEqual({});
    expect(actInput(apply, { ...now, existing: '900' }, now, groups)).toEqual({ existing: '900' });
    expect(isChanged(apply['existing'] ?? expect.fail(), '900', '1000.50')).toBe(true);
  });

  test('to correct one part of an account is to send all of it, and no part may then be missing', () => {
    expect(actInput(apply, { ...now, accountName: '某某公司' }, now, groups)).toEqual({ account: { bank: '某银行', account: '62281000', accountName: '某某公司', bankCode: null } });
    expect(openFields(apply, { ...now, accountName: '' }, now, groups)).toEqual({ accountName: '' });
    expect(openFields(apply, now, now, groups)).toEqual({});
  });

  test('for many cases at once there are no amounts and no account', () => {
    expect(Object.keys(fieldsOf(actOf(refunds, 'apply'), 2))).toEqual(['on']);
  });

  test.each([
    ['4.67万', '不是金额（元，至多两位小数）'], ['1e3', '不是金额（元，至多两位小数）'], ['-5', '金额不得为负'], ['1.005', '不是金额（元，至多两位小数）'], ['1,234.50', null], ['１２', null], ['', null],
  ])('the amount “%s” is answered at the field with %s', (text, fault) => {
    expect(faultOf(field.fen('金额'), text)).toBe(fault);
  });
  test.each([['6228', null], ['62-28 1000', null], ['62号', '银行账号应为4至40位数字、字母或短横']])('the account “%s” is answered with %s', (text, fault) => {
    expect(faultOf(apply['account'] ?? expect.fail(), text)).toBe(fault);
  });
  test.each([['12', null], ['一', '请填写整数'], ['1.5', '请填写整数']])('the count “%s” is answered with %s', (text, fault) => {
    expect(faultOf(field.count('笔数'), text)).toBe(fault);
  });
});

test('the dialog names the first three firms and how many there are', () => {
  const rows: TableRow[] = Array.from({ length: 1127 }, (_, index) => ({ uscc: String(index), name: `甲${String(index)}`, inHand: '100.10' }));
  expect(firmsText(rows)).toBe('甲0、甲1、甲2 等\u00a01,127\u00a0户');
  expect(firmsText(rows.slice(0, 2))).toBe('甲0、甲1');
  expect(sumOf(refunds, rows)).toBe(11_281_270n);
  // A case without an amount makes no sum of nought for itself: what is not known is not added up.
  expect(sumOf(refunds, [...rows, { ...rows[0], [refunds.amountKey ?? '']: null }])).toBeNull();
});

test.each([
  [{ fit: { count: 1, total: '1.00' }, refused: [{ case: 'a', name: '甲', code: 'X', message: '不能' }] }, [{ case: 'a', name: '甲', message: '不能' }]],
  [{ refused: [{ case: 'b', code: 'X' }, { name: '丙' }, '丁'] }, [{ case: 'b', name: '', message: '' }]],
  [{ faults: [] }, null],
  [null, null],
])('details %o name the refused cases', (details, refused) => {
  expect(refusedCases(details)).toEqual(refused);
});
