/** Refusals of 资格测算. */
import { defineErrors } from '../kernel/errors.ts';

export const eligibilityErrors = defineErrors({
  ROSTER_MISSING: { says: '{period} 申报期还没有导入名册，未作测算，账本未变', next: '请先导入该申报期的名册' },
  ROSTER_CHANGED_MEANWHILE: { number: 'E193', says: '测算期间 {period} 的名册已被更新，测算结果未入账', next: '请重新测算' },
  DETERMINATION_MISSING: { says: '{period} 申报期没有 {uscc} 的测算结果', next: '请核对代码与申报期，或先对该申报期测算' },
  POLICY_PACK_BROKEN: { says: '政策包 {pack} 缺失或内容不符合格式（{fault}），未作测算，账本未变', next: '请重新安装程序，或联系维护人员' },
  UNKNOWN_PACK: { says: '没有政策包“{pack}”，未作测算', next: '可用的政策包：{known}' },
  PERIODS_REVERSED: { says: '起始申报期 {from} 晚于截止申报期 {until}，没有对照', next: '请调换两个申报期' },
  PERIOD_BEFORE_POLICY: { says: '{period} 早于 2019-05，没有留抵退税政策，未作测算', next: '请核对申报期' },
  EVALUATION_STOPPED: { says: '已按要求停止测算，没有留下输出文件；已显示的行不完整，请勿使用', next: '需要时请重新测算' },
  EVALUATION_NOT_WRITTEN: { says: '测算结果没有写成“{file}”（{reason}），没有留下输出文件', next: '请核对目录、权限和磁盘空间，或换一个文件名后重新测算' },
});
