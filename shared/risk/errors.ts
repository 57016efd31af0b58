/** Refusals of 风险. A refusal writes nothing. */
import { defineErrors } from '../kernel/errors.ts';

export const riskErrors = defineErrors({
  RISK_PREVIOUS_FAULTY: { says: '上年同期名册“{file}”有 {count} 行不合格（{first}），未判断，未写出文件', next: '请改正各行，或不用上年同期名册' },
  RISK_NOT_WRITTEN: { says: '风险疑点“{file}”没有写出（{reason}），未留下文件', next: '请换一个可写的位置后重新判断' },
  RISK_ROSTER_MISSING: { says: '{period} 申报期没有名册，未判断，未写出文件', next: '请先导入名册' },
  HIT_UNKNOWN: { says: '没有疑点“{hit}”，账本未变', next: '请刷新清单后重新选择' },
  HIT_STATE_UNFIT: { says: '{name} 的疑点“{indicator}”现为“{state}”，不能{act}，账本未变', next: '请刷新后查看可办事项' },
});
