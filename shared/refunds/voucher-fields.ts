/**
 * 收入退还书要素 and the head of a batch 退库批次: the elements as tax office, package, treasury and paper have them. From these two tables come the type,
 * the rows of packages and journal, the treasury's columns and the words on paper.
 * @source shared spec forms.md 4.1, 4.3, 4.5
 */
import { taxpayerFields } from '../eligibility/fields.ts';
import { field, schemaOf, type RecordOf } from '../kernel/record.ts';

const voucherNo = field.coded('收入退还书号', /^[0-9]{8}$/, '收入退还书号应为8位数字');
const batchNo = field.coded('批次编号', /^PC-[0-9]{4}-[0-9]{4}$/, '不是批次编号（PC-年度-四位序号）');

/** 退库原因 on the voucher; the second where less is paid than was determined. */
export const voucherReason = '增值税留抵退税';
export const reducedReason = `${voucherReason}（核准额少于测算应退额）`;

/** The numbers by which every office names a refund. */
export const numberFields = { voucherNo, refundNo: field.coded('申请编号', /^SQ-[0-9]{4}-[0-9]{6}$/, '不是申请编号（SQ-年度-六位序号）'), batchNo };

export const lineFields = { existingFen: field.fen('存量退税额'), incrementalFen: field.fen('增量退税额'), amountFen: field.total('退税额') };
const totalFields = { existingFen: field.total('存量退税额'), incrementalFen: field.total('增量退税额'), amountFen: field.total('退税额') };

/** A refund that needs two subject codes is two vouchers. */
export const voucherFields = {
  ...numberFields,
  ...taxpayerFields,
  ...lineFields,
  subjectCode: field.coded('预算科目代码', /^[0-9]{9}$/, '预算科目应为9位数字'),
  subjectName: field.text('预算科目名称', 60),
  centralFen: field.fen('中央级金额'),
  provinceFen: field.fen('省级金额'),
  countyFen: field.fen('县级金额'),
  accountName: field.text('账户名称', 200),
  bank: field.text('开户银行', 100),
  bankAccount: field.coded('银行账号', /^[0-9A-Za-z-]{4,40}$/, '银行账号格式不正确'),
  /** Null where the tax office does not know it. */
  bankCode: field.optional(field.coded('行号', /^[0-9]{12}$/, '行号应为12位数字')),
  appliedOn: field.date('申请日期'),
  approvedOn: field.date('核准日期'),
  issuedOn: field.date('填发日期'),
  reason: field.text('退库原因', 200),
  basis: field.text('退库依据', 200),
  issuedBy: field.text('填票人', 30),
  checkedBy: field.text('复核人', 30),
  /** The voucher that this one replaces after a return; null for a first issue. */
  replaces: field.optional({ ...voucherNo, label: '原凭证号' }),
  note: field.optional(field.note('备注', 500)),
};
export type VoucherElements = RecordOf<typeof voucherFields>;
export const voucherElementsSchema = schemaOf(voucherFields);

/** Vouchers of one batch: with the longest texts in every field they still fit into one exchange package. */
export const batchVouchersMax = 10_000;

/** The list of vouchers 收入退还书清单 with its 退库申请审批表. */
export const batchFields = {
  batchNo,
  taxAuthority: field.text('申请单位', 60),
  preparedOn: field.date('编制日期'),
  approvedOn: field.date('核准日期'),
  vouchers: field.count('笔数', 1, 200_000),
  taxpayers: field.count('户数', 1, 200_000),
  ...totalFields,
  basis: field.text('退库依据', 200),
  /** Source of the money as the approval form states it; null = not stated. */
  fundSource: field.optional(field.note('资金来源', 200)),
  preparedBy: field.text('编制人', 30),
  reviewedBy: field.text('复核人', 30),
  approvedBy: field.text('核准人', 30),
  note: field.optional(field.note('备注', 500)),
};
export type BatchHead = RecordOf<typeof batchFields>;
export const batchHeadSchema = schemaOf(batchFields);

/** A refund paid in a month, with its cross-off 销号, as the monthly report carries it. */
export const monthlyRefundFields = {
  ...numberFields,
  ...taxpayerFields,
  ...lineFields,
  paidOn: field.date('退付日期'),
  /** Null while it is outstanding. */
  crossedOffOn: field.optional(field.date('销号日期')),
};
