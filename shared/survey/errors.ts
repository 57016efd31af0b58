/** Refusals of 退税底数. */
import { defineErrors } from '../kernel/errors.ts';

export const surveyErrors = defineErrors({
  SURVEY_NOT_ASSESSED: { says: '{period} 申报期还没有测算，底数未冻结，账本未变', next: '请先对该申报期测算，再冻结底数' },
  SURVEY_ROSTER_NEWER: { says: '{period} 申报期的名册在测算以后更新过，底数未冻结，账本未变', next: '请先重新测算，再冻结底数' },
  SURVEY_REASON_MISSING: { says: '{period} 申报期已有底数快照 {number}，且现在的测算与它不同；没有写明再次冻结的原因，未冻结', next: '请写明原因后再冻结，原快照不变，新快照为第 {version} 版' },
  SURVEY_NOT_FROZEN: { says: '{period} 申报期还没有底数快照，未作任何改动', next: '请由税务局经办人冻结底数；财政局、国库请先导入税务局的退税底数交换包' },
  SURVEY_VERSION_UNKNOWN: { says: '{period} 申报期没有第 {version} 版底数快照，未作任何改动', next: '请核对版次，或不指明版次（取最近一版）' },
  SURVEY_SAME_PERSON: { says: '底数快照 {number} 由 {person} 冻结，不能由同一人复核，未复核', next: '请由另一名复核人办理' },
  SURVEY_REPLACED: { says: '底数快照 {number} 已有更新的版次，未复核', next: '请复核最近一版' },
  SURVEY_NOT_CONFIRMED: { says: '底数快照 {number} 还没有复核，未制作交换包', next: '请由复核人核对后复核，再制作交换包' },
  SURVEY_NOTHING_BEFORE: { says: '{period} 申报期的底数快照只有第 {version} 版，没有可以对比的前一版，未作任何改动', next: '请在再次冻结以后对比' },
});
