/**
 * What stands inside the sections 分段 of a package: one JSON Lines row schema a section, its keys, its money column and its
 * Chinese field names. Who gathers a section and who posts it is electron's business; nothing here knows a table or a key.
 * Money is integer fen as text on the wire and bigint after parsing (`z.encode` / `z.decode` go between the two).
 * @source shared spec exchange.md 2.2, 2.6; forms.md 4.1, 4.3, 4.5; decisions 17
 */
import { z } from 'zod';
import type { Fen } from '../kernel/money.ts';
import { civilDateSchema, fenAmount, fenNotNegative, periodSchema, requiredText, textSchema } from '../kernel/schema.ts';
import { judgeUscc } from '../roster/uscc.ts';
import { packIds, routeIds, sizeClasses, verdicts } from '../eligibility/model.ts';
import { keyCardFileSchema } from './key-card.ts';

/** Taxpayer code as stored: 18 characters with a right check character, or an older number of 15 or 20; capitals only. */
export const taxpayerCodeSchema = z
  .string()
  .max(20)
  .refine((text) => {
    const verdict = judgeUscc(text);
    return (verdict.kind === 'valid' || verdict.kind === 'legacy') && !verdict.upperCased;
  }, '统一社会信用代码不正确');

export const refundNoSchema = z.string().regex(/^SQ-[0-9]{4}-[0-9]{6}$/, '不是退税申请编号');
export const batchNoSchema = z.string().regex(/^PC-[0-9]{4}-[0-9]{4}$/, '不是批次编号');
export const voucherNoSchema = z.string().regex(/^[0-9]{8}$/, '收入退还书号应为8位数字');
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, '不是摘要');

/** Totals stay below 2^63, as SQLite's INTEGER does. */
export const fenTotalLimit = 2n ** 63n;

/** A total in fen: more digits than one amount may have. */
export const fenTotal = z.codec(
  z.string().regex(/^(?:0|[1-9][0-9]{0,18})$/).refine((text) => BigInt(text) < fenTotalLimit),
  z.bigint().nonnegative(),
  { decode: (text): Fen => BigInt(text), encode: (fen) => fen.toString() },
);

const subjectCodeSchema = z.string().regex(/^[0-9]{9}$/, '预算科目应为9位数字');
const name = requiredText(200);

const sizes = [...sizeClasses, 'undetermined'] as const;
const creditKinds = ['existing', 'incremental'] as const;

/**
 * ENTERPRISE_LIST, one row a taxpayer assessed for the filing period: what finance and treasury need to plan. The two named
 * lists of the county plan are `list`: 小微企业清单 and 制造业等行业大中型企业清单. Amounts without an open window count in no total.
 */
export const enterpriseRow = z.strictObject({
  uscc: taxpayerCodeSchema,
  name,
  filingPeriod: periodSchema,
  pack: z.enum(packIds),
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  size: z.enum(sizes),
  list: z.enum(['small-micro', 'listed-industry']).nullable(),
  industryCode: textSchema(10).nullable(),
  listedIndustry: z.boolean().nullable(),
  /** Null where a fact that decides is missing; an increase may be negative. */
  endingCreditFen: fenNotNegative.nullable(),
  existingCreditFen: fenNotNegative.nullable(),
  incrementalCreditFen: fenAmount.nullable(),
  refundableExistingFen: fenNotNegative.nullable(),
  refundableIncrementalFen: fenNotNegative.nullable(),
  /** Sum of the amounts whose window is open; 0 unless refundable. */
  refundableTotalFen: fenNotNegative,
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
  taxOffice: textSchema(60).nullable(),
});

/** REFUND_BATCH, exactly one row: the list of vouchers 收入退还书清单 and its 退库申请审批表. */
export const batchRow = z.strictObject({
  batchNo: batchNoSchema,
  /** Month in which the batch is sent. */
  period: periodSchema,
  taxAuthority: requiredText(60),
  preparedOn: civilDateSchema,
  approvedOn: civilDateSchema,
  vouchers: z.int().min(1).max(200_000),
  taxpayers: z.int().min(1).max(200_000),
  existingFen: fenNotNegative,
  incrementalFen: fenNotNegative,
  amountFen: fenNotNegative,
  /** Policy basis 退库依据, e.g. the announcement's number. */
  basis: requiredText(200),
  /** Source of the money 资金来源 as the approval form states it; null = not stated. */
  fundSource: textSchema(200).nullable(),
  preparedBy: requiredText(30),
  reviewedBy: requiredText(30),
  approvedBy: requiredText(30),
  note: textSchema(500).nullable(),
});

/**
 * REFUND_BATCH, one row a 税收收入退还书. A refund that needs two subject codes is two vouchers. The three shares always sum to
 * the amount, as do existing and incremental credit.
 */
export const voucherRow = z
  .strictObject({
    voucherNo: voucherNoSchema,
    refundNo: refundNoSchema,
    batchNo: batchNoSchema,
    uscc: taxpayerCodeSchema,
    name,
    filingPeriod: periodSchema,
    route: z.enum(routeIds),
    size: z.enum(sizes),
    existingFen: fenNotNegative,
    incrementalFen: fenNotNegative,
    amountFen: fenNotNegative,
    subjectCode: subjectCodeSchema,
    subjectName: requiredText(60),
    centralFen: fenNotNegative,
    provinceFen: fenNotNegative,
    countyFen: fenNotNegative,
    accountName: name,
    bank: requiredText(100),
    bankAccount: z.string().regex(/^[0-9A-Za-z-]{4,40}$/, '银行账号格式不正确'),
    /** Bank number 行号, 12 digits; null where the tax office does not know it. */
    bankCode: z.string().regex(/^[0-9]{12}$/, '行号应为12位数字').nullable(),
    appliedOn: civilDateSchema,
    approvedOn: civilDateSchema,
    issuedOn: civilDateSchema,
    /** Reason of the refund 退库原因. */
    reason: requiredText(200),
    /** Policy basis 退库依据. */
    basis: requiredText(200),
    issuedBy: requiredText(30),
    checkedBy: requiredText(30),
    /** The voucher that this one replaces after a return; null for a first issue. */
    replaces: voucherNoSchema.nullable(),
    note: textSchema(500).nullable(),
  })
  .refine((row) => row.existingFen + row.incrementalFen === row.amountFen, { path: ['amountFen'], message: '与存量、增量之和不符' })
  .refine((row) => row.centralFen + row.provinceFen + row.countyFen === row.amountFen, { path: ['amountFen'], message: '与各级分担之和不符' })
  .refine((row) => row.amountFen > 0n, { path: ['amountFen'], message: '应大于零' })
  .refine((row) => row.replaces !== row.voucherNo, { path: ['replaces'], message: '不能是本凭证' });

export const outcomes = ['paid', 'returned', 'bank-returned'] as const;

/**
 * REFUND_RECEIPT, one row a voucher whose state changed at the treasury: paid 已退付, returned to the tax office unpaid 退回, or
 * returned by the bank after payment 退票. A voucher may stand in several receipts (paid, later bank-returned), once in each.
 */
export const outcomeRow = z
  .strictObject({
    voucherNo: voucherNoSchema,
    refundNo: refundNoSchema,
    batchNo: batchNoSchema,
    uscc: taxpayerCodeSchema,
    outcome: z.enum(outcomes),
    amountFen: fenNotNegative,
    /** Day of payment or of return. */
    on: civilDateSchema,
    reasonCode: requiredText(40).nullable(),
    reason: textSchema(200).nullable(),
    checkedBy: requiredText(30),
    /** Who paid; null when nothing was paid. */
    paidBy: requiredText(30).nullable(),
  })
  .refine((row) => (row.outcome === 'paid') === (row.reasonCode === null), { path: ['reasonCode'], message: '退回须写明原因，已退付不写' })
  .refine((row) => (row.outcome === 'returned') === (row.paidBy === null), { path: ['paidBy'], message: '退付人与处理结果不符' })
  .refine((row) => row.amountFen > 0n, { path: ['amountFen'], message: '应大于零' });

/** MONTHLY_REPORT, totals by size, route and kind of credit: refunds paid in the month, and from the first month on. */
export const totalRow = z.strictObject({
  size: z.enum(sizes),
  route: z.enum(routeIds),
  creditKind: z.enum(creditKinds),
  refunds: z.int().min(0).max(10_000_000),
  amountFen: fenNotNegative,
  cumulativeRefunds: z.int().min(0).max(10_000_000),
  cumulativeFen: fenNotNegative,
});

/** MONTHLY_REPORT, one row a refund paid in the month, with its cross-off 销号. */
export const monthlyRefundRow = z
  .strictObject({
    refundNo: refundNoSchema,
    voucherNo: voucherNoSchema,
    batchNo: batchNoSchema,
    uscc: taxpayerCodeSchema,
    name,
    filingPeriod: periodSchema,
    route: z.enum(routeIds),
    size: z.enum(sizes),
    existingFen: fenNotNegative,
    incrementalFen: fenNotNegative,
    amountFen: fenNotNegative,
    paidOn: civilDateSchema,
    /** Day of the cross-off 销号; null while it is outstanding. */
    crossedOffOn: civilDateSchema.nullable(),
  })
  .refine((row) => row.existingFen + row.incrementalFen === row.amountFen, { path: ['amountFen'], message: '与存量、增量之和不符' });

/** RECEIPT, exactly one row: what became of one package. */
export const receiptRow = z.strictObject({
  ofPackageId: z.string().regex(/^[0-9a-f]{32}$/),
  ofManifestHash: hashSchema,
  ofEpoch: z.int().min(1).max(1_000_000),
  ofSeq: z.int().min(1).max(1_000_000_000),
  verdict: z.enum(['ACCEPTED', 'REJECTED', 'HELD']),
  /** Step that decided, `S9`, and the error key; null when accepted. */
  stage: z.string().regex(/^S[0-9]{1,2}$/).nullable(),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/).nullable(),
  /** All faults found, of which at most 1,000 follow in section `faults`. */
  faults: z.int().min(0).max(10_000_000),
  rowsSeen: z.int().min(0).max(10_000_000),
  /** 0 where the rows add up to more than a total can be. */
  sumSeenFen: fenTotal,
  /** Head of the receiver's ledger after the package was recorded. */
  ledgerHeadAfter: z.strictObject({ seq: z.int().min(0), hash: hashSchema }),
});

/** RECEIPT, one row a fault. `seen` is masked: it never holds more than the first and last character. */
export const faultRow = z.strictObject({
  section: textSchema(30),
  line: z.int().min(0).max(10_000_000),
  field: textSchema(60),
  code: z.string().regex(/^[A-Z][A-Z0-9_]{1,60}$/),
  message: textSchema(300),
  seen: textSchema(20),
});

/** KEYCARD, exactly one row: the whole key card file, checked by the rules of key cards. */
export const cardRow = z.strictObject({ file: keyCardFileSchema });

export type EnterpriseRow = z.output<typeof enterpriseRow>;
export type BatchRow = z.output<typeof batchRow>;
export type VoucherRow = z.output<typeof voucherRow>;
export type OutcomeRow = z.output<typeof outcomeRow>;
export type TotalRow = z.output<typeof totalRow>;
export type MonthlyRefundRow = z.output<typeof monthlyRefundRow>;
export type ReceiptRow = z.output<typeof receiptRow>;
export type FaultRow = z.output<typeof faultRow>;
export type CardRow = z.output<typeof cardRow>;
