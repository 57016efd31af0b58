/** Refusals of 政策更正: what a person may not propose, and who may not confirm. */
import { defineErrors } from '../kernel/errors.ts';

const untouched = '未登记，现行参数未变';

export const policyErrors = defineErrors({
  AMENDMENT_KEY_UNKNOWN: { says: `政策包{pack}没有可更正的参数“{key}”，${untouched}`, next: '请从该政策包的参数表中选择；新的规则须随程序更新' },
  AMENDMENT_KEY_TWICE: { says: `参数“{label}”在同一件更正中出现两次，${untouched}`, next: '请只保留一项' },
  AMENDMENT_UNIT_DIFFERS: { says: `参数“{label}”的单位是“{unit}”，填写的单位是“{given}”，${untouched}`, next: '请核对是否选错了参数，按该参数的单位填写' },
  AMENDMENT_VALUE_MALFORMED: { says: `参数“{label}”的值“{given}”不能使用，${untouched}`, next: '应为：{form}' },
  AMENDMENT_DATE_AHEAD: { says: `发文日期 {issuedOn} 晚于今天，${untouched}`, next: '请核对发文日期' },
  AMENDMENT_NOT_LATER: { says: `参数“{label}”现行值的发文日期是 {standing}，不早于 {issuedOn}，${untouched}`, next: '后发的文件才能更正先发的；更正已生效的更正，请以更正文件的日期另提一件' },
  AMENDMENT_CHANGES_NOTHING: { says: `参数“{label}”的现行值已经是“{given}”，${untouched}`, next: '请核对新值，或去掉该项' },
  AMENDMENT_UNKNOWN: { says: '没有编号为 {no} 的政策更正，账本未变', next: '请核对编号' },
  AMENDMENT_NOT_OPEN: { says: '政策更正 {no} {state}，不能再{act}，账本未变', next: '已生效的更正不改动；有误时另提一件后发的更正' },
  AMENDMENT_SAME_PERSON: { number: 'E191', says: '{person}已是政策更正 {no} 的{held}，不能再作{role}，账本未变', next: '请由另一名持有该岗位的人员确认', audited: true },
  AMENDMENT_OUT_OF_ORDER: { says: '政策更正 {no} 之前还有 {earlier} 未生效，账本未变', next: '请按税务局生效的先后逐件确认' },
  POLICY_CHANGED_MEANWHILE: { number: 'E193', says: '测算期间现行政策参数已变化，测算结果未入账', next: '请重新测算' },
});
