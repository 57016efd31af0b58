/**
 * Words and shapes of 退税办理: how a refund, its lines, its voucher and its history look to a caller. Existing 存量 and incremental 增量
 * credit are always two lines of one application. Which act leads where is cases.ts; nothing here decides.
 * @source shared spec product.md; forms.md 4.1–4.5; decisions 11
 */
import { z } from 'zod';
import { routeIds, sizeClasses, type RouteId, type Size } from '../eligibility/model.ts';
import { civilDateSchema, periodSchema, requiredText, textSchema, yuanTotal } from '../kernel/schema.ts';
import { groupSchema } from '../kernel/case-operations.ts';
import { accountFields, refundStates } from './cases.ts';
import { numberFields } from './voucher-fields.ts';

export const sizes = [...sizeClasses, 'undetermined'] as const satisfies readonly Size[];
export type RefundSize = Size;

export const routes = routeIds;
export type RefundRoute = RouteId;

export { creditKinds as lineKinds, creditKindNames as lineKindNames, type CreditKind as LineKind } from '../survey/model.ts';

/** Amounts of the two lines; fen inside, yuan text at the border. */
export const lineAmountsSchema = z.strictObject({ existing: yuanTotal, incremental: yuanTotal });
export type LineAmounts = z.output<typeof lineAmountsSchema>;

/** `2022-04/91…`: one refund is one taxpayer in one filing period; its application number serves as well. */
export const refundKeySchema = z.string().regex(/^[0-9]{4}-[0-9]{2}\/[0-9A-Z]{15,20}$/, '不是退税编号（申报期/统一社会信用代码）');
export const { refundNo: { schema: applicationNoSchema }, batchNo: { schema: batchNoSchema }, voucherNo: { schema: voucherNoSchema } } = numberFields;
export const refundRefSchema = z.union([refundKeySchema, applicationNoSchema]);

/** Account to which the treasury pays 收款账户; the name must be the taxpayer's own. */
export const accountSchema = groupSchema(accountFields);
export type Account = z.output<typeof accountSchema>;

export const clocks = ['none', 'waiting-export', 'running', 'stopped', 'done'] as const;
export type Clock = (typeof clocks)[number];
export const clockNames: Readonly<Record<Clock, string>> = {
  none: '未计时',
  'waiting-export': '待免抵退核准',
  running: '计时中',
  stopped: '暂停计时',
  done: '已办结',
};

const lineStateSchema = z.strictObject({
  /** Refundable by the newest determination 应退额. */
  determined: yuanTotal,
  asked: yuanTotal,
  approved: yuanTotal,
  paid: yuanTotal,
  clawedBack: yuanTotal,
});

/** One row of the list of refunds. */
export const refundRowSchema = z.strictObject({
  refund: z.string(),
  period: periodSchema,
  uscc: z.string(),
  name: z.string(),
  route: z.enum(routes),
  size: z.enum(sizes),
  state: z.enum(refundStates),
  stateName: z.string(),
  applicationNo: z.string().nullable(),
  existing: lineStateSchema,
  incremental: lineStateSchema,
  total: lineStateSchema,
  clock: z.enum(clocks),
  dueOn: civilDateSchema.nullable(),
  appliedOn: civilDateSchema.nullable(),
  acceptedOn: civilDateSchema.nullable(),
  decidedOn: civilDateSchema.nullable(),
  voucherNo: z.string().nullable(),
  batchNo: z.string().nullable(),
  sentOn: civilDateSchema.nullable(),
  paidOn: civilDateSchema.nullable(),
  crossedOffOn: civilDateSchema.nullable(),
  /** Reason of the last side step; null when none was taken. */
  reason: z.string().nullable(),
  /** A suspension notice 暂缓通知 to the treasury is in force. */
  noticed: z.boolean(),
  /** Approved, and the newest determination gives less: a mark until it is settled. */
  fallen: z.boolean(),
  /** Number of acts so far, the opening included. */
  acts: z.number().int(),
});
export type RefundRow = z.output<typeof refundRowSchema>;

/** 税收收入退还书 as issued; amounts sum: existing + incremental = central + province + county = amount. */
export const voucherSchema = z.strictObject({
  voucherNo: z.string(),
  state: z.enum(['issued', 'checked', 'sent', 'paid', 'treasury-returned', 'bank-returned', 'void']),
  issuedOn: civilDateSchema,
  amount: yuanTotal,
  capital: z.string(),
  existing: yuanTotal,
  incremental: yuanTotal,
  central: yuanTotal,
  province: yuanTotal,
  county: yuanTotal,
  subjectCode: z.string(),
  subjectName: z.string(),
  levelText: z.string(),
  payee: accountSchema,
  reason: z.string(),
  basis: z.string(),
  authority: z.string(),
  approvalNo: z.string(),
  replaces: z.string().nullable(),
  batchNo: z.string().nullable(),
  issuer: z.string(),
  voucherChecker: z.string().nullable(),
});
export type Voucher = z.output<typeof voucherSchema>;

/** What happens to the money of a refund 月报变动. */
export const movementNames = {
  paid: '退付', returned: '银行退汇', 'crossed-off': '销号', undone: '撤销销号', 'clawed-back': '追回', 'clawback-undone': '撤销追回',
} as const;
export type Movement = keyof typeof movementNames;
export const movementKinds = Object.keys(movementNames) as [Movement, ...Movement[]]; // the keys of a closed table

export const reasonSchema = requiredText(500);
export const noteSchema = textSchema(500);
