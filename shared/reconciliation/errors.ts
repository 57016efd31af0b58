/** Refusals and row faults of 三方对账. A refusal writes nothing; all faults of the three files are named at once. */
import { defineErrors, type ErrorParams } from '../kernel/errors.ts';
import type { Agency } from '../kernel/office.ts';
import { findingAt } from '../roster/errors.ts';

export const reconErrors = defineErrors({
  RECON_FILE_REFUSED: { says: '{side}清单“{file}”不能读入（{reason}），未对账，未写出文件', next: '请改正该文件后重新对账' },
  RECON_ROWS_FAULTY: { says: '三方清单共有 {count} 处不符合要求（{first}），未对账，未写出文件', next: '请由出具清单的单位改正各行后重新对账' },
  SETTINGS_INVALID: { says: '参数文件“{file}”不符合要求（{reason}），未计算，未写出文件', next: '可填的参数：{known}；其余写法一律不接受' },
  RECON_OPENING_INVALID: { says: '上期对账单“{file}”不符合要求（{reason}），未对账，未写出文件', next: '请使用上期对账写出的原文件' },
  RECON_OPENING_NOT_BEFORE: { says: '“{file}”是 {found} 的对账单，不是 {period} 的上一个月，未对账，未写出文件', next: '请使用 {expected} 的对账单' },
  RECON_NOT_WRITTEN: { says: '对账单“{file}”没有写出（{reason}），未留下文件', next: '请换一个可写的位置后重新对账' },
  RECON_STATEMENTS_MISSING: { says: '{period} 还没有{missing}的对账单，未对账，未写出文件', next: '本单位的请先汇成，对方的请索取并导入后再对账' },
  RECON_MONTH_NOT_OVER: { says: '{period} 还没有过完，未汇成对账单，账本未变', next: '请在次月办理' },
  RECON_THROUGH_UNFIT: { says: '完整至 {through} 早于 {cutoff} 或晚于今天，未汇成对账单，账本未变', next: '请填写截止日至今天之间的日期' },
  MONTH_LOCKED: {
    says: '{date} 在三方签字锁定的对账期间（截至 {through}）内，未办理，账本未变', next: '请按今天的日期办理；确须改动该期间的，请三方在“三方对账”签字解锁后再办',
  },
  RECON_MONTH_LOCKED: { says: '{period} 已由三方签字锁定，未办理，账本未变', next: '更正请按今天的日期另记；确须改动的，请三方签字解锁' },
  RECON_SIGNED_STANDS: { says: '本单位已就 {period} 现在的对账单签字，未办理，账本未变', next: '请等待对方签字；改动须待锁定后由三方解锁' },
  RECON_HASH_DIFFERS: { says: '{period} 的对账单与所看的不同（现为 {found}），未签字，账本未变', next: '请重新打开对账单，核对后再签字' },
  RECON_NOT_HOLDING: { says: '{period} 的对账单勾稽不符，未签字，账本未变', next: '请查明后重新汇成对账单' },
  RECON_EARLIER_OPEN: { says: '{before} 还没有锁定，{period} 未签字，账本未变', next: '请先由三方锁定 {before}' },
  RECON_LATER_STANDS: { says: '{later} 已锁定或本单位已签字，{period} 未签字解锁，账本未变', next: '请先由三方解锁 {later}' },
  RECON_PURPOSE_UNFIT: { says: '{period} 现在{state}，不能签字{purpose}，账本未变', next: '请刷新后按现在的状态办理' },
  RECON_UNLOCK_NEEDS_REASON: { says: '解锁 {period} 没有写明原因，未签字，账本未变', next: '请写明原因' },
  RECON_LINES_FAULTY: { says: '对账明细共有 {count} 处不符合要求（{first}），未对账，账本未变', next: '请由出具明细的单位查明后重新汇成对账单' },
});

/** What a line can have: each rejects the files. */
export const reconFindings = defineErrors({
  LINE_KIND_OF_OTHER_SIDE: { says: '“{kind}”不是{side}清单的类型', next: '本清单可填：{kinds}' },
  LINE_AMOUNT_ZERO: { says: '金额须大于 0', next: '方向由类型表示，请填写正数' },
  LINE_SHARES_DIFFER: { says: '三级分担合计 {sum} 元，与金额 {amount} 元不等', next: '请核对中央、省级、县级分担额' },
  LINE_SHARES_EXCEED: { says: '已填分担额合计 {sum} 元，超过金额 {amount} 元', next: '请核对中央、省级、县级分担额' },
  LINE_NUMBER_REPEATED: { says: '{year} 年单据号 {no} 已有一行“{kind}”（第 {row} 行）', next: '同一年内单据号不得重复，请核对' },
  LINE_UNDOES_OTHER_AMOUNT: { says: '金额与所撤销的 {day}“{kind}”{amount} 元不等', next: '撤销须为原金额，请核对' },
  LINE_FORMER_IN_FORCE: { says: '原单据号 {no} 的收入退还书在 {day} 仍然有效，退税会重复', next: '请先作废原收入退还书，或核对原单据号' },
});
export type ReconFindingKey = keyof typeof reconFindings;

/** A fault of one row, with the list it stands in. `code` is a key of reconFindings or of the roster's findings on cells. */
export type ReconFault = {
  readonly side: Agency; readonly row: number; readonly column: string; readonly value: string; readonly code: string; readonly message: string
};

export function reconFault(place: Omit<ReconFault, 'code' | 'message'>, code: ReconFindingKey, params: ErrorParams): ReconFault {
  return findingAt(place, code, reconFindings[code], params);
}
