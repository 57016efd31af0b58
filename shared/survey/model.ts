/**
 * Words and shapes of the survey 退税底数: which determinations count, the two named lists of the county plan, the month a kind of credit
 * opens, and the closed tables of the funnel 漏斗: stages, places, and the named differences of amounts. Nothing here decides.
 * @source 工作方案二（一）摸清退税底数; shared spec product.md P1, features.md A5
 */
import { groupedYuan, parseYuan, type Fen } from '../kernel/money.ts';
import { periodLabel, type TaxPeriod } from '../kernel/tax-period.ts';
import type { RouteId, Size, Verdict } from '../eligibility/model.ts';

/**
 * Verdicts whose taxpayers are the 底数: every condition is met and an amount is due, whether its window is open, opens later, or a statutory
 * ground for suspension stands.
 */
export const surveyVerdicts = ['refundable', 'not-open', 'suspended'] as const satisfies readonly Verdict[];

/** A taxpayer of an earlier version that the roster no longer names has no verdict. */
export type SurveyVerdict = Verdict | 'absent';

export const creditKinds = ['existing', 'incremental'] as const;
export type CreditKind = (typeof creditKinds)[number];
export const creditKindNames: Readonly<Record<CreditKind, string>> = { existing: '存量留抵', incremental: '增量留抵' };

/** The two named lists of the county plan. @source 工作方案二（一） */
export const surveyLists = ['small-micro', 'listed-industry'] as const;
export type SurveyList = (typeof surveyLists)[number];
export const surveyListNames: Readonly<Record<SurveyList, string>> = { 'small-micro': '小微企业清单', 'listed-industry': '制造业等行业大中型企业清单' };

/** Which list a taxpayer stands on; the two exclude each other, and some stand on neither. */
export function surveyListOf(of: { readonly size: Size; readonly listedIndustry: boolean | null }): SurveyList | null {
  if (of.size === 'micro' || of.size === 'small') return 'small-micro';
  return (of.size === 'medium' || of.size === 'large') && of.listedIndustry === true ? 'listed-industry' : null;
}

/** When a kind of credit can be refunded: from a month on, from the beginning, or not known because a fact that decides is blank. */
export type SurveyWindow = TaxPeriod | 'always' | 'undetermined';

export function windowName(window: SurveyWindow): string {
  if (window === 'always') return '不分起始月';
  return window === 'undetermined' ? '起始月未定' : `${periodLabel(window)}起`;
}

/** One taxpayer of a snapshot. Amounts are fen and 0 where the taxpayer left the 底数 with this version (`counted` false). */
export type SurveyLine = {
  readonly uscc: string;
  readonly name: string;
  /** Code that classified the taxpayer; null where the roster has none. */
  readonly industry: string | null;
  readonly size: Size;
  readonly route: RouteId | null;
  readonly verdict: SurveyVerdict;
  readonly list: SurveyList | null;
  readonly counted: boolean;
  readonly existing: Fen;
  readonly incremental: Fen;
  readonly existingWindow: SurveyWindow;
  readonly incrementalWindow: SurveyWindow;
  /** Whether the window had opened by the snapshot's filing period. */
  readonly existingOpen: boolean;
  readonly incrementalOpen: boolean;
};

/** How far a refund has come, in order; who has come further has passed every stage before. */
export const surveyStages = ['survey', 'listed', 'informed', 'applied', 'accepted', 'reviewed', 'approved', 'vouchered', 'sent', 'paid', 'crossed-off'] as const;
export type SurveyStage = (typeof surveyStages)[number];
export const surveyStageNames: Readonly<Record<SurveyStage, string>> = {
  survey: '退税底数', listed: '列入应退名单', informed: '已告知（含直接申请）', applied: '已申请', accepted: '已受理', reviewed: '已审核', approved: '已核准', vouchered: '已开收入退还书',
  sent: '已送国库', paid: '国库已退库', 'crossed-off': '已销号',
};

/** `done`: nothing is left to do; `working`: an office has it; `waiting`: for the taxpayer or for a month; `ended`: it goes no further unless someone opens it again. */
export type PlaceStanding = 'done' | 'working' | 'waiting' | 'ended';

type Place = { readonly title: string; readonly standing: PlaceStanding; /** Why the taxpayer stands here and not further. */ readonly cause: string };

/** Every place a taxpayer of the 底数 can stand; each stands in exactly one. */
export const surveyPlaces = {
  'not-open': { title: '未到办理期', standing: 'waiting', cause: '各类留抵的办理期都还没有开始，到期后列入应退名单' },
  'suspension-ground': { title: '有暂停办理情形', standing: 'waiting', cause: '符合条件，但测算时存在法定暂停办理情形' },
  'not-listed': { title: '可退但未列入名单', standing: 'working', cause: '测算可退，还没有生成应退名单' },
  'ineligible-since': { title: '重新测算后不再可退', standing: 'ended', cause: '冻结后名册或规则变化，最近一次测算不再可退' },
  'later-period': { title: '以后申报期申请', standing: 'ended', cause: '本申报期没有办结，纳税人在以后申报期提出申请，按该期金额办理' },
  candidate: { title: '待告知', standing: 'working', cause: '已列入应退名单，还没有告知纳税人' },
  informed: { title: '已告知未申请', standing: 'waiting', cause: '已告知，纳税人没有提出申请' },
  lapsed: { title: '移出应退名单', standing: 'ended', cause: '申请之前重新测算，不再可退' },
  applied: { title: '待受理', standing: 'working', cause: '已申请，等待受理' },
  correction: { title: '退回补正中', standing: 'waiting', cause: '资料须补正，等待纳税人重新提交' },
  accepted: { title: '待审核', standing: 'working', cause: '已受理，等待审核' },
  reviewed: { title: '待核准', standing: 'working', cause: '已审核，等待核准' },
  suspended: { title: '暂停办理', standing: 'waiting', cause: '办理中出现法定暂停情形，疑点排除后恢复' },
  withdrawn: { title: '纳税人撤回', standing: 'ended', cause: '纳税人撤回申请，选择结转抵扣' },
  refused: { title: '不予退税', standing: 'ended', cause: '审核后不符合条件，不予退税' },
  terminated: { title: '终止办理', standing: 'ended', cause: '出现法定终止情形' },
  approved: { title: '待开退还书', standing: 'working', cause: '已核准，等待开具收入退还书' },
  corrected: { title: '更正后待重开', standing: 'working', cause: '退还书作废或退回事项已更正，等待重新开具' },
  vouchered: { title: '待送国库', standing: 'working', cause: '已开具退还书，等待复核、组批或送出' },
  sent: { title: '国库办理中', standing: 'working', cause: '已送国库，还没有收到退库回单' },
  'treasury-returned': { title: '国库退回待更正', standing: 'working', cause: '国库审核后退回，等待更正' },
  'bank-returned': { title: '银行退汇待更正', standing: 'working', cause: '款项被银行退回，等待更正' },
  paid: { title: '待销号', standing: 'working', cause: '国库已退库，等待依据回单销号' },
  'crossed-off': { title: '已销号', standing: 'done', cause: '依据国库退库回单销号' },
  'clawed-back': { title: '已全额追回', standing: 'ended', cause: '销号以后全额追回' },
} as const satisfies Readonly<Record<string, Place>>;
export type SurveyPlace = keyof typeof surveyPlaces;
export const surveyPlaceIds = Object.keys(surveyPlaces) as readonly SurveyPlace[];
export const surveyPlaceNames = Object.fromEntries(surveyPlaceIds.map((place) => [place, surveyPlaces[place].title])) as Readonly<Record<SurveyPlace, string>>; // every place is a key

/** Places that come from the determination alone; all others say where a refund stands. */
export type RefundPlace = Exclude<SurveyPlace, 'not-open' | 'suspension-ground' | 'not-listed' | 'ineligible-since' | 'later-period'>;

/** Why the amount in hand is not the snapshot's; positive where the snapshot had more. */
export const surveyDifferences = ['closed', 'redetermined', 'notAsked', 'notApproved'] as const;
export type SurveyDifference = (typeof surveyDifferences)[number];
export const surveyDifferenceNames: Readonly<Record<SurveyDifference, string>> = {
  closed: '冻结时未到办理期的部分', redetermined: '冻结后重新测算的差额', notAsked: '申请少于应退', notApproved: '核准少于申请',
};
export type SurveyDifferences = Readonly<Record<SurveyDifference, Fen>>;

/** A side of an equation as people read it: amounts grouped, counts as they are. */
export function checkFigure(text: string): string {
  const fen = text.includes('.') ? parseYuan(text) : null;
  return fen === null ? text : groupedYuan(fen);
}

/** What changed for one taxpayer between two versions of a snapshot. */
export const surveyChangeKinds = ['came', 'went', 'changed'] as const;
export type SurveyChangeKind = (typeof surveyChangeKinds)[number];
export const surveyChangeNames: Readonly<Record<SurveyChangeKind, string>> = { came: '新增', went: '退出', changed: '变动' };
