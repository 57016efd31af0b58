/**
 * The vocabulary 词汇: identifier → official term → where the word comes from. A word is entered here before code is named after it. Labels of
 * closed sets (states, sizes, verdicts) live beside their sets and are joined here, so that every word has one home and can be looked up.
 */
import { refundRoleNames } from './administration/duties.ts';
import { outcomeNames, routeNames, sizeNames, verdictNames } from './eligibility/terms.ts';
import { surveyChangeNames, surveyDifferenceNames, surveyListNames, surveyPlaceNames, surveyStageNames } from './survey/model.ts';
import { packageKinds } from './exchange/kinds.ts';
import { agencyNames, dutyNames } from './kernel/office.ts';
import { refundStateNames } from './refunds/lifecycle.ts';
import { clockNames, lineKindNames } from './refunds/model.ts';
import { paymentStateNames } from './treasury/lifecycle.ts';

export type Term = {
  /** The official or customary word. */
  readonly zh: string;
  /** Law, form or specification where it was read; `内部用语` when the product coined it. */
  readonly source: string;
};

/** Capabilities 业务: the folder names and what the field calls them. */
export const capabilityTerms = {
  journal: { zh: '留痕', source: '内部用语' },
  administration: { zh: '系统管理', source: '内部用语' },
  roster: { zh: '名册', source: '工作方案二（一）摸清退税底数' },
  eligibility: { zh: '退税资格', source: '2022年第14号公告' },
  policy: { zh: '政策参数', source: '2022年第14号、17号、19号、21号公告；2025年第7号公告' },
  survey: { zh: '退税底数', source: '工作方案二（一）摸清退税底数' },
  refunds: { zh: '退税办理与销号', source: '2019年第20号公告；工作方案二（五）' },
  treasury: { zh: '退库', source: '税款缴库退库工作规程（总局令第31号）' },
  exchange: { zh: '交换包', source: '内部用语' },
  keys: { zh: '密钥核对', source: '内部用语' },
  reports: { zh: '报表打印', source: '内部用语' },
  shell: { zh: '窗口', source: '内部用语' },
} as const satisfies Readonly<Record<string, Term>>;

/** Words that identifiers are made of. */
export const terms = {
  refund: { zh: '留抵退税', source: '2022年第14号公告' },
  excessInputCredit: { zh: '期末留抵税额', source: '2019年第39号公告第八条' },
  existingCredit: { zh: '存量留抵税额', source: '2022年第14号公告第五条' },
  incrementalCredit: { zh: '增量留抵税额', source: '2022年第14号公告第四条' },
  compositionRatio: { zh: '进项构成比例', source: '2022年第14号公告第八条' },
  exportRefund: { zh: '免抵退应退税额', source: '2022年第14号公告第九条' },
  vatArrears: { zh: '增值税欠税', source: '2019年第20号公告第九条' },
  uscc: { zh: '统一社会信用代码', source: 'GB 32100-2015' },
  filingPeriod: { zh: '申报期', source: '2022年第14号公告第十一条' },
  taxPeriod: { zh: '税款所属期', source: '2019年第20号公告' },
  determination: { zh: '资格认定', source: '内部用语' },
  finding: { zh: '逐条判定', source: '内部用语' },
  survey: { zh: '退税底数', source: '工作方案二（一）' },
  snapshot: { zh: '底数快照', source: '内部用语' },
  funnel: { zh: '底数漏斗', source: '内部用语' },
  policyPack: { zh: '政策包', source: '内部用语' },
  application: { zh: '退（抵）税申请', source: '《退（抵）税申请表》' },
  accept: { zh: '受理', source: '2019年第20号公告第七条' },
  review: { zh: '审核', source: '2019年第20号公告第八条' },
  approve: { zh: '核准', source: '2019年第20号公告第十一条' },
  suspend: { zh: '暂停办理', source: '2019年第20号公告第十二条' },
  terminate: { zh: '终止办理', source: '2019年第20号公告第十四条' },
  voucher: { zh: '税收收入退还书', source: '总局令第31号' },
  batch: { zh: '退库批次', source: '内部用语' },
  crossOff: { zh: '销号', source: '工作方案二（五）' },
  clawBack: { zh: '追回', source: '2022年第14号公告第十二条' },
  budgetSubject: { zh: '预算科目', source: '财预〔2022〕40号' },
  share: { zh: '分担比例', source: '国发〔2019〕21号' },
  stick: { zh: 'U盘', source: '内部用语' },
  keyCard: { zh: '密钥卡', source: '内部用语' },
  receipt: { zh: '收件回执', source: '内部用语' },
} as const satisfies Readonly<Record<string, Term>>;

/** Labels of closed sets, joined: set → identifier → word. */
export const labels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  agency: agencyNames,
  duty: dutyNames,
  role: refundRoleNames,
  size: sizeNames,
  route: routeNames,
  verdict: verdictNames,
  outcome: outcomeNames,
  surveyList: surveyListNames,
  surveyStage: surveyStageNames,
  surveyPlace: surveyPlaceNames,
  surveyDifference: surveyDifferenceNames,
  surveyChange: surveyChangeNames,
  refundState: refundStateNames,
  paymentState: paymentStateNames,
  lineKind: lineKindNames,
  clock: clockNames,
  packageKind: Object.fromEntries(Object.entries(packageKinds).map(([name, row]) => [name, row.title])),
};

/** The term of the capability that an operation, a folder or an entry kind is named after; null for other words. */
export function capabilityOf(name: string): Term | null {
  const word = name.split('.')[0] ?? '';
  return Object.hasOwn(capabilityTerms, word) ? capabilityTerms[word as keyof typeof capabilityTerms] : null; // an own key of the table
}
