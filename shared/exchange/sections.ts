/**
 * The table of sections 分段: row schema, Chinese field names, what makes a row unique, and which column is summed into the
 * manifest. A section is JSON Lines; every line is canonical JSON. The ledger leaves that every package carries are no document.
 */
import type { z } from 'zod';
import { amendmentRow, type AmendmentRow } from './amendment-row.ts';
import {
  batchRow, cardRow, enterpriseRow, faultRow, monthlyRefundRow, outcomeRow, receiptRow, totalRow, voucherRow,
  type BatchRow, type CardRow, type EnterpriseRow, type FaultRow, type MonthlyRefundRow, type OutcomeRow, type ReceiptRow, type TotalRow, type VoucherRow,
} from './rows.ts';
import { surveyCellRow, surveyHeadRow, surveyLineRow, type SurveyCellRow, type SurveyHeadRow, type SurveyLineRow } from './survey-rows.ts';

export type SectionRow = {
  readonly title: string;
  readonly schema: z.ZodType<Readonly<Record<string, unknown>>>;
  /** Chinese names for the sentences about faults; a field without one is named by its key. */
  readonly fields: Readonly<Record<string, string>>;
  /** Fields that together occur once in a section; none where the section has exactly one row. */
  readonly unique: readonly string[];
  /** The money column whose total stands in the manifest; null = no money. */
  readonly sum: string | null;
  readonly rowsMin: number;
  readonly rowsMax: number;
};

/** Limit of rows over the sections of one package. */
export const packageRowsMax = 200_000;

const money = {
  amountFen: '退税额',
  existingFen: '存量退税额',
  incrementalFen: '增量退税额',
};
const taxpayer = { uscc: '统一社会信用代码', name: '纳税人名称', filingPeriod: '申报期', route: '政策依据', size: '企业规模' };
const numbers = { voucherNo: '收入退还书号', refundNo: '申请编号', batchNo: '批次编号' };

function section(
  title: string,
  schema: SectionRow['schema'],
  fields: SectionRow['fields'],
  rest: { readonly unique?: readonly string[]; readonly sum?: string; readonly one?: boolean },
): SectionRow {
  const one = rest.one === true;
  return {
    title,
    schema,
    fields,
    unique: rest.unique ?? [],
    sum: rest.sum ?? null,
    rowsMin: one ? 1 : 0,
    rowsMax: one ? 1 : packageRowsMax,
  };
}

const rows = {
  enterprises: section(
    '企业清单明细',
    enterpriseRow,
    {
      ...taxpayer,
      pack: '政策包',
      verdict: '结论',
      list: '清单类别',
      industryCode: '行业代码',
      listedIndustry: '制造业等行业',
      endingCreditFen: '期末留抵税额',
      existingCreditFen: '存量留抵税额',
      incrementalCreditFen: '增量留抵税额',
      refundableExistingFen: '可退存量',
      refundableIncrementalFen: '可退增量',
      refundableTotalFen: '可退合计',
      existingOpenFrom: '存量开放月份',
      incrementalOpenFrom: '增量开放月份',
      taxOffice: '主管税务所',
    },
    { unique: ['uscc', 'filingPeriod'], sum: 'refundableTotalFen' },
  ),
  surveyHead: section(
    '底数快照',
    surveyHeadRow,
    {
      number: '编号', filingPeriod: '申报期', version: '版次', reason: '原因', frozenOn: '冻结日期', frozenBy: '冻结人', confirmedOn: '复核日期', confirmedBy: '复核人', verdicts: '测算户数',
      taxpayers: '户数', existingFen: '可退存量', incrementalFen: '可退增量', totalFen: '底数合计', openFen: '办理期已到',
    },
    { sum: 'totalFen', one: true },
  ),
  surveyLines: section(
    '底数明细',
    surveyLineRow,
    {
      ...taxpayer, industry: '行业代码', verdict: '结论', list: '清单类别', counted: '是否计入底数', existingFen: '可退存量', incrementalFen: '可退增量', totalFen: '可退合计',
      existingWindow: '存量起始月', incrementalWindow: '增量起始月', existingOpen: '存量是否可办', incrementalOpen: '增量是否可办',
    },
    { unique: ['uscc'], sum: 'totalFen' },
  ),
  surveyCells: section(
    '底数分类表',
    surveyCellRow,
    { size: taxpayer.size, section: '行业门类', creditKind: '留抵种类', window: '起始月', items: '项数', amountFen: '金额' },
    { unique: ['size', 'section', 'creditKind', 'window'], sum: 'amountFen' },
  ),
  batch: section(
    '批次表头',
    batchRow,
    { ...money, batchNo: '批次编号', period: '月份', taxAuthority: '申请单位', vouchers: '笔数', taxpayers: '户数', basis: '退库依据' },
    { sum: 'amountFen', one: true },
  ),
  vouchers: section(
    '收入退还书',
    voucherRow,
    {
      ...money,
      ...taxpayer,
      ...numbers,
      subjectCode: '预算科目代码',
      subjectName: '预算科目名称',
      centralFen: '中央级金额',
      provinceFen: '省级金额',
      countyFen: '县级金额',
      accountName: '账户名称',
      bank: '开户银行',
      bankAccount: '银行账号',
      bankCode: '行号',
      appliedOn: '申请日期',
      approvedOn: '核准日期',
      issuedOn: '填发日期',
      reason: '退库原因',
      basis: '退库依据',
      issuedBy: '填票人',
      checkedBy: '复核人',
      replaces: '原凭证号',
      note: '备注',
    },
    { unique: ['voucherNo'], sum: 'amountFen' },
  ),
  outcomes: section(
    '退库处理结果',
    outcomeRow,
    { ...money, ...numbers, uscc: taxpayer.uscc, outcome: '处理结果', on: '日期', reasonCode: '原因代码', reason: '原因', paidBy: '退付人', checkedBy: '审核人' },
    { unique: ['voucherNo', 'outcome'], sum: 'amountFen' },
  ),
  totals: section(
    '退税合计',
    totalRow,
    { size: taxpayer.size, route: taxpayer.route, creditKind: '留抵种类', refunds: '笔数', amountFen: '本月金额', cumulativeRefunds: '累计笔数', cumulativeFen: '累计金额' },
    { unique: ['size', 'route', 'creditKind'], sum: 'amountFen' },
  ),
  refunds: section(
    '已退付与销号明细',
    monthlyRefundRow,
    { ...money, ...taxpayer, ...numbers, paidOn: '退付日期', crossedOffOn: '销号日期' },
    { unique: ['voucherNo'], sum: 'amountFen' },
  ),
  amendments: section(
    '政策更正',
    amendmentRow,
    { no: '更正编号', place: '次序', signedBy: '确认人', title: '名称', documentNo: '文号', pack: '政策包', issuedOn: '发文日期', changes: '更正内容' },
    { unique: ['no'] },
  ),
  receipt: section('回执', receiptRow, { verdict: '结果', ofSeq: '包号', code: '代码' }, { one: true }),
  faults: section('差错明细', faultRow, { section: '分段', line: '行', field: '字段', code: '代码', message: '说明', seen: '所见' }, {}),
  card: section('密钥卡', cardRow, { file: '密钥卡' }, { one: true }),
} as const satisfies Record<string, SectionRow>;

export type SectionName = keyof typeof rows;

/** The type of a section's rows after its schema. */
export type SectionRowTypes = {
  enterprises: EnterpriseRow;
  surveyHead: SurveyHeadRow;
  surveyLines: SurveyLineRow;
  surveyCells: SurveyCellRow;
  batch: BatchRow;
  vouchers: VoucherRow;
  outcomes: OutcomeRow;
  totals: TotalRow;
  refunds: MonthlyRefundRow;
  amendments: AmendmentRow;
  receipt: ReceiptRow;
  faults: FaultRow;
  card: CardRow;
};

/** The rows of a document by section. */
export type SectionRows = { readonly [N in SectionName]?: readonly SectionRowTypes[N][] };

export const sections: Readonly<Record<SectionName, SectionRow>> = rows;

export const sectionNames = Object.keys(rows) as readonly SectionName[];

/** Own keys only, so that `constructor` names no section. */
export function isSectionName(word: string): word is SectionName {
  return Object.hasOwn(rows, word);
}

/** The name of the section of ledger leaves 账本叶摘要: 32 raw bytes each, last in every package. */
export const leavesSection = 'leaves';
