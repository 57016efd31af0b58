/** Statutory grounds of a suspension and a termination, as closed lists. Which act takes which is cases.ts. */

/** Statutory grounds of a suspension 暂停办理情形. @source 2019年20号第十二条, 2025年20号第七条 (policy-facts 5.3; the order is background knowledge) */
export const suspensionGrounds = {
  'risk-doubt': '存在增值税涉税风险疑点',
  'under-inspection': '被税务稽查立案且未结案',
  'filing-mismatch': '增值税申报比对异常未处理',
  'abnormal-vouchers': '取得增值税异常扣税凭证未处理',
  other: '国家税务总局规定的其他情形',
} as const;
export type SuspensionGround = keyof typeof suspensionGrounds;

/** Statutory grounds of a termination 终止办理情形. @source policy-facts 5.4 */
export const terminationGrounds = {
  'grave-violation': '排查中发现涉嫌骗取出口退税、虚开增值税专用发票等增值税重大税收违法行为',
  other: '国家税务总局规定的其他情形',
} as const;
