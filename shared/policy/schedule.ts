/**
 * Words and shapes of the schedule 进度安排: which group of taxpayers may apply for which credit from when, the dates by which refunds were to be
 * paid in a concentrated way 集中退还, and where a county plan and national rules differ. A target is a target of work: it refuses nobody.
 * @source policy-facts 2.2, 8, 9; shared spec product.md P6
 */

/** Groups that No. 14 treats alike, in the order of the schedule. */
export const scheduleGroups = ['micro', 'small', 'six.medium', 'six.large', 'seven.medium', 'seven.large', 'other.medium', 'other.large'] as const;
export type ScheduleGroup = (typeof scheduleGroups)[number];

export const groupNames: Readonly<Record<ScheduleGroup, string>> = {
  micro: '微型企业（不限行业）',
  small: '小型企业（不限行业）',
  'six.medium': '中型企业（制造业等6个行业）',
  'six.large': '大型企业（制造业等6个行业）',
  'seven.medium': '中型企业（批发零售业等7个行业）',
  'seven.large': '大型企业（批发零售业等7个行业）',
  'other.medium': '中型企业（名单以外）',
  'other.large': '大型企业（名单以外）',
};

export const creditKinds = ['existing', 'incremental'] as const;
export type CreditKind = (typeof creditKinds)[number];
export const creditNames: Readonly<Record<CreditKind, string>> = { existing: '存量', incremental: '增量' };

/** How a window stands in the filing period that is looked at. `elsewhere`: another article or announcement refunds it; `none`: no rule does. */
export const windowStandings = ['open', 'not-yet', 'elsewhere', 'none', 'other-regime'] as const;
export type WindowStanding = (typeof windowStandings)[number];
export const standingNames: Readonly<Record<WindowStanding, string>> = {
  open: '已受理', 'not-yet': '未到受理期', elsewhere: '按其他条款', none: '不退', 'other-regime': '适用其他政策',
};

/** How a sentence of the plan stands to the national rules. */
export const differenceKinds = ['differs', 'agrees', 'local', 'unverified'] as const;
export type DifferenceKind = (typeof differenceKinds)[number];
export const differenceNames: Readonly<Record<DifferenceKind, string>> = { differs: '不一致，按国家规定', agrees: '一致', local: '本地要求', unverified: '待核实' };

export const certainties = ['A', 'B', 'C', 'D'] as const;
export const certaintyNames: Readonly<Record<(typeof certainties)[number], string>> = {
  A: 'A 见到条文文字', B: 'B 只见二手材料', C: 'C 凭背景知识', D: 'D 推论或没有查到',
};

/** On what a last day of filing rests. */
export const deadlineBases = ['table', 'formula', 'weekends-only'] as const;
export const deadlineBasisNames: Readonly<Record<(typeof deadlineBases)[number], string>> = { table: '公布的期限表', formula: '按节假日推算', 'weekends-only': '只按周末推算，节假日待核' };

/** Said wherever a target stands. */
export const targetSays = '集中办理期和集中退还日期是工作目标，不是受理的截止日：符合条件的，此前此后提出的申请都按规定办理，不以此拒绝';
