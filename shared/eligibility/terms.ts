/**
 * Official words 官方术语 for what a determination holds, for screens, reports and sentences. Labels only: nothing here decides.
 * @source policy-facts 2.1, 3.3, 10; shared spec headless.md
 */
import type { Outcome, RouteId, Size, Verdict } from './model.ts';

export const sizeNames: Readonly<Record<Size, string>> = {
  micro: '微型',
  small: '小型',
  medium: '中型',
  large: '大型',
  undetermined: '未能划型',
};

export const routeNames: Readonly<Record<RouteId, string>> = {
  '2022-14/1': '2022年第14号公告第一条（小微企业）',
  '2022-14/2': '2022年第14号公告第二条（制造业等行业）',
  '2019-39/8': '2019年第39号公告第八条（一般留抵退税）',
  '2025-07/1(1)': '2025年第7号公告第一条第一项（制造业等4个行业）',
  '2025-07/1(2)': '2025年第7号公告第一条第二项（房地产开发经营业）',
  '2025-07/1(3)': '2025年第7号公告第一条第三项（其他纳税人）',
};

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
