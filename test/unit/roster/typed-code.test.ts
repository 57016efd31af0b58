/** Fault A6: every operation that takes a code typed by hand judges it; the treasury answers with the name and the vouchers that a suspension stops. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../../shared/contract.ts';
import type { Operation } from '../../../shared/kernel/operation.ts';
import { typedCodeSchema } from '../../../shared/roster/typed-code.ts';
import { companyName, uscc } from '../refunds/county.ts';
import { openDesk } from '../refunds/desk.ts';
import { receive, voucher, voucherNo } from '../treasury/vault.ts';

const wrong = `${uscc(1).slice(0, 17)}${uscc(1).endsWith('0') ? '1' : '0'}`;

/** Keys of an input, also inside `params`, that hold one taxpayer code. */
function codesOf(schema: z.ZodType): z.ZodType[] {
  const inner = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
  if (!(inner instanceof z.ZodObject)) return [];
  return Object.entries(inner.shape as Readonly<Record<string, z.ZodType>>).flatMap(([key, field]) => (key === 'uscc' ? [field] : key === 'params' ? codesOf(field) : []));
}

describe('A6 手工录入的代码', () => {
  const taken = Object.entries<Operation>(contract).flatMap(([name, { input }]) => codesOf(input).map((field) => [name, field] as const));

  test('收代码的操作都在内', () => {
    expect(taken.map(([name]) => name)).toEqual(expect.arrayContaining([
      'eligibility.explain', 'eligibility.whatIf', 'eligibility.timeMachine', 'roster.get', 'reports.render', 'treasury.suspend', 'treasury.liftSuspension', 'treasury.taxpayer',
    ]));
  });

  test.each(taken)('%s：校验位不符的不收，并说明应为哪一位', (_name, field) => {
    const parsed = field.safeDecode(wrong);
    expect(parsed.success).toBe(false);
    expect(parsed.error?.issues[0]?.message).toContain('末位应为');
    expect(field.safeDecode(` ${uscc(1).toLowerCase()} ` as never).data).toBe(uscc(1));
  });

  test.each([
    ['少一位', uscc(1).slice(1), '有 17 位'],
    ['字母 O 代替数字', `9121138O${uscc(1).slice(8)}`, '“O”'],
    ['表格软件改写过', '9.12E+17', '末几位丢失'],
    ['旧税号', '211382123456789', null],
  ])('%s', (_what, text, fault) => {
    const parsed = typedCodeSchema.safeParse(text);
    expect(parsed.success ? null : parsed.error.issues[0]?.message).toEqual(fault === null ? null : expect.stringContaining(fault));
  });
});

describe('A6 国库登记暂缓退库', () => {
  const reason = '税务局电话通知';

  test('本库没有的代码、名称对不上的都不登记', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1)]);
    expect(desk.refused('treasury.suspend', { uscc: uscc(2), name: companyName(2), reason }, 'reviewer').code).toBe('SUSPENSION_TAXPAYER_UNKNOWN');
    expect(desk.refused('treasury.suspend', { uscc: uscc(1), name: companyName(2), reason }, 'reviewer').code).toBe('SUSPENSION_NAME_DIFFERS');
  });

  test('登记和解除都答出户名和所拦、所放的退还书', () => {
    const desk = openDesk('treasury', '2022-04-15T09:00');
    receive(desk, [voucher(1), voucher(2)]);
    const stopped = { name: companyName(1), vouchers: [{ voucherNo: voucherNo(1), stateName: '待审核', amount: '123.45' }] };
    expect(desk.done('treasury.taxpayer', { uscc: uscc(1) }, 'reviewer')).toEqual(stopped);
    expect(desk.done('treasury.suspend', { uscc: uscc(1), name: companyName(1), reason }, 'reviewer')).toEqual({ changed: true, uscc: uscc(1), ...stopped });
    expect(desk.refused('treasury.check', { vouchers: [voucherNo(1)] }, 'reviewer').code).toBe('VOUCHER_NOT_IN_ORDER');
    expect(desk.done('treasury.liftSuspension', { uscc: uscc(1), reason: '疑点已排除' }, 'approver')).toEqual({ changed: true, uscc: uscc(1), ...stopped });
  });
});
