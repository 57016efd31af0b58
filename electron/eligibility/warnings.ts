/**
 * Warnings 提示 of a determination: what each is told from, and its sentence, made when it is shown. They change no verdict; when one stands is said
 * where it is found (notices.ts, the packs). Chinese sentences, neutral.
 */
import { routes, type FindingFacts, type RouteId } from '../../shared/eligibility/model.ts';
import type { TaxpayerStatus } from '../../shared/roster/model.ts';
import { statusNames } from './conditions.ts';
import { groupedFact, type Fact } from './facts.ts';

const sentences = {
  packNamed: ({ pack, filing, inForce }) => `按指定的政策包${text(pack)}计算；${text(filing)}申报期适用的是${text(inForce)}`,
  status: ({ status }) => `纳税人状态为${statusNames[status as TaxpayerStatus]}，办理前请会商并记录`, // as noticed
  prevYearMonths: ({ registeredOn, months }) => `登记日期${text(registeredOn)}与上年存续月数${text(months)}不一致，请核对`,
  salesMonths: ({ registeredOn, months }) => `登记日期${text(registeredOn)}与近12个月经营月数${text(months)}不一致，请核对`,
  sizeBoundsUnseen: ({ sector }) => `划型所用的${text(sector)}界限（银发〔2015〕309号）未经原文核对，请人工复核`,
  sizeSectorUnseen: () => '金融业行业代码与银发〔2015〕309号的对应未经核对，请人工复核',
  creditsDiffer: ({ last, ending }) => `近六期期末留抵税额的末期${groupedFact(last)}元与当期期末留抵税额${groupedFact(ending)}元不一致，请核对`,
  existingRefundedLate: ({ on }) => `一次性存量退税取得日期${text(on)}不早于申报月第一天，按此前未取得计算`,
  unmodelled2019: () => '2019年第84号公告（部分先进制造业）未收入本程序，符合的请另行核算',
  unmodelled2021: () => '2019年第84号、2021年第15号公告（先进制造业）未收入本程序，符合的请另行核算',
  repaid: ({ on, months }) => `该户于${text(on)}缴回即征即退税款后改为申请留抵退税，${text(months)}个月内不得再次变更，请核对`,
  repaidLate: ({ on }) => `即征即退缴回日期${text(on)}晚于申报月最后一天，第7号公告没有写明期限，按已缴回计算，请核实`,
  otherRoute: ({ other, total, taken }) =>
    `该户也符合${named(other)}，按该条本期可退${groupedFact(total)}元；已按金额较大（相等取在前）的${text(taken)}计算，纳税人可以选择`,
  existingByArticle1: () => `存量部分按${named('2022-14/1')}退还`,
  existingOnly: () => `增量部分须按${named('2019-39/8')}，其连续月份或第六个月增量的条件不满足，本次只计存量`,
  item2Failed: () => `按${named('2025-07/1(2)')}的连续月份或第六个月新增加的条件不满足，改按2025-07/1(3)判断`,
} as const satisfies Readonly<Record<string, (facts: Readonly<Record<string, Fact>>) => string>>;

export type WarningCode = keyof typeof sentences;
export const warningCodes = Object.keys(sentences) as WarningCode[]; // the keys of the table above
export type Warning = { readonly code: WarningCode; readonly facts: FindingFacts };

export function warningText({ code, facts }: Warning): string {
  return sentences[code](facts);
}

/** `2022-14/1（2022年第14号公告第一条（小微企业））`. */
function named(route: Fact): string {
  return `${text(route)}（${routes[route as RouteId].name}）`; // as the lanes state it
}

function text(fact: Fact): string {
  return String(fact);
}
