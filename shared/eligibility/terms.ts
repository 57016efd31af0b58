/**
 * Official words 官方术语 for what a determination holds, for screens, reports and sentences. Labels only: nothing here decides.
 * @source policy-facts 2.1, 3.3, 10; shared spec headless.md
 */
import { routeIds, routes, type Outcome, type RouteId, type Size, type Verdict } from './model.ts';

export const sizeNames: Readonly<Record<Size, string>> = {
  micro: '微型',
  small: '小型',
  medium: '中型',
  large: '大型',
  undetermined: '未能划型',
};

export const routeNames = Object.fromEntries(routeIds.map((id) => [id, routes[id].name])) as Readonly<Record<RouteId, string>>; // every route is a key

export const verdictNames: Readonly<Record<Verdict, string>> = {
  'out-of-scope': '不在适用范围',
  ineligible: '不符合条件',
  'needs-evidence': '资料不足',
  suspended: '暂停办理',
  'not-open': '未到办理期',
  'nothing-due': '无应退税额',
  refundable: '可退',
};

export const outcomeNames: Readonly<Record<Outcome, string>> = {
  met: '符合',
  notMet: '不符合',
  needsEvidence: '资料不足',
};

/** A note on what another route would give, told as what it is while nothing is due: a trial figure 试算 and no promise. */
export function hypothetical(text: string, due: boolean): string {
  if (due || !text.includes('本期可退')) return text;
  return `试算（条件全部满足时才成立，现不可退）：${text.replaceAll('本期可退', '可计算')}`;
}
