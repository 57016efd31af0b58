/** What the treasury finds in a voucher, and why it or the bank sends money back: closed lists. How each is found is electron/treasury. */

/** What a voucher is checked for 审核要素; each finding blocks check and payment. */
export const voucherFindings = {
  'element-missing': '要素不全',
  'lines-differ': '存量、增量之和与退库金额不符',
  'shares-differ': '中央、省级、县级分担额之和与退库金额不符',
  'level-differs': '分担级次金额与本县区分担比例不符',
  'subject-unknown': '预算科目不是留抵退税科目',
  'account-name-differs': '收款户名与纳税人名称不一致',
  'name-unproven': '名称可能丢失了字，退还书没有注明已对照营业执照',
  'dates-disorder': '申请、核准、开具、接收日期先后不符',
  'batch-differs': '批次合计与明细不符',
  'duplicate-refund': '同一申请已有在办或已退付的退还书',
  'list-lacks': '企业清单没有该纳税人',
  'list-name-differs': '纳税人名称与企业清单不一致',
  'list-route-differs': '政策依据与企业清单不一致',
  'list-amount-above': '退税额高于企业清单的可退额',
  'list-amount-below': '退税额低于企业清单的可退额，退还书未注明核减',
  'list-account-differs': '收款账户与企业清单不一致',
  'existing-paid-before': '该纳税人的存量留抵退税已凭另一份退还书办理',
  'replaces-unreturned': '所替换的退还书未曾退回',
  'under-suspension': '该纳税人在暂缓退库名单内',
} as const;
export type VoucherFinding = keyof typeof voucherFindings;

/** Reasons for which the treasury sends a voucher back 退回原因. */
export const returnReasons = { ...voucherFindings, 'seal-differs': '印鉴不符', other: '其他' } as const;
export type ReturnReason = keyof typeof returnReasons;

/** Reasons of a bank's return 退汇原因. */
export const bankReturnReasons = {
  'account-closed': '账户已销户或冻结',
  'account-name-differs': '户名账号不符',
  'bank-code-wrong': '行号有误',
  other: '其他',
} as const;
export type BankReturnReason = keyof typeof bankReturnReasons;
