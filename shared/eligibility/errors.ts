/** Refusals of 资格测算. */
import { defineErrors } from '../kernel/errors.ts';
import { amendmentErrors } from './amendment-errors.ts';

export const eligibilityErrors = defineErrors({
  ...amendmentErrors,
  ROSTER_MISSING: { says: '{period} 申报期还没有导入名册，未作测算，账本未变', next: '请先用 roster import 导入该申报期的名册' },
  ROSTER_CHANGED_MEANWHILE: { number: 'E193', says: '测算期间 {period} 的名册已被更新，测算结果未入账', next: '请重新测算' },
  DETERMINATION_MISSING: { says: '{period} 申报期没有 {uscc} 的测算结果', next: '请核对代码与申报期，或先对该申报期测算' },
  POLICY_PACK_BROKEN: { says: '政策包 {pack} 缺失或内容不符合格式（{fault}），未作测算，账本未变', next: '请重新安装程序，或联系维护人员' },
  UNKNOWN_PACK: { says: '没有政策包“{pack}”，未作测算', next: '可用的政策包：{known}' },
  PERIODS_REVERSED: { says: '起始申报期 {from} 晚于截止申报期 {until}，没有对照', next: '请调换两个申报期' },
  SURVEY_NOT_ASSESSED: { says: '{period} 申报期还没有测算，底数未冻结，账本未变', next: '请先对该申报期测算（assess），再冻结底数' },
  SURVEY_ROSTER_NEWER: { says: '{period} 申报期的名册在测算以后更新过，底数未冻结，账本未变', next: '请先重新测算（assess），再冻结底数' },
  SURVEY_REASON_MISSING: { says: '{period} 申报期已有底数快照 {number}，且现在的测算与它不同；没有写明再次冻结的原因，未冻结', next: '请写明原因后再冻结，原快照不变，新快照为第 {version} 版' },
  SURVEY_NOT_FROZEN: { says: '{period} 申报期还没有底数快照，未作任何改动', next: '请由税务局经办人冻结底数；财政局、国库请先导入税务局的退税底数交换包' },
  SURVEY_VERSION_UNKNOWN: { says: '{period} 申报期没有第 {version} 版底数快照，未作任何改动', next: '请核对版次，或不指明版次（取最近一版）' },
  SURVEY_SAME_PERSON: { says: '底数快照 {number} 由 {person} 冻结，不能由同一人复核，未复核', next: '请由另一名复核人办理' },
  SURVEY_REPLACED: { says: '底数快照 {number} 已有更新的版次，未复核', next: '请复核最近一版' },
  SURVEY_NOT_CONFIRMED: { says: '底数快照 {number} 还没有复核，未制作交换包', next: '请由复核人核对后复核，再制作交换包' },
  SURVEY_NOTHING_BEFORE: { says: '{period} 申报期的底数快照只有第 {version} 版，没有可以对比的前一版，未作任何改动', next: '请在再次冻结以后对比' },
  PERIOD_BEFORE_POLICY: { says: '{period} 早于 2019-05，没有留抵退税政策，未作测算', next: '请核对 --period（申报期）' },
  EVALUATION_STOPPED: { says: '已按要求停止测算，没有留下输出文件；已显示的行不完整，请勿使用', next: '需要时请重新测算' },
  EVALUATION_NOT_WRITTEN: { says: '测算结果没有写成“{file}”（{reason}），没有留下输出文件', next: '请核对目录、权限和磁盘空间，或换一个文件名后重新测算' },
});
