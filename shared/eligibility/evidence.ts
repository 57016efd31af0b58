/**
 * 缺什么、找谁要: for a rule that lacks evidence, where the fact stands and who can give it. Posts are named as counties usually divide them; the
 * office's own division of work comes first. Says nothing of what the fact would have to be.
 * @source features.md B3; roster.md (columns); policy-facts 3, 5.3
 */
import type { Finding } from './model.ts';

export type EvidenceSource = { readonly record: string; readonly whom: string };

export type MissingEvidence = EvidenceSource & { readonly rule: string; readonly what: string; readonly cites: readonly string[] };

const returns: EvidenceSource = { record: '最近一期及此前各期增值税申报表', whom: '申报征收岗，或纳税人' };
const deductions: EvidenceSource = { record: '自规定起始月起的已抵扣进项统计（抵扣台账、申报表附列资料二）', whom: '税源管理岗，或纳税人' };
const shares: EvidenceSource = { record: '申请前连续12个月分行业增值税销售额', whom: '纳税人提供，税源管理岗核对' };

/** By rule of the policy packs; null = follows from the other facts and is not asked for by itself. */
export const evidenceSources: Readonly<Record<string, EvidenceSource | null>> = {
  generalTaxpayer: { record: '增值税一般纳税人登记信息', whom: '税源管理岗' },
  filed: { record: '当期增值税申报记录', whom: '申报征收岗' },
  rating: { record: '申请时的纳税信用评价结果', whom: '纳税信用管理岗' },
  fraud: { record: '36个月内骗取退税、虚开发票的查处记录', whom: '稽查部门' },
  evasion: { record: '36个月内偷税处罚决定', whom: '稽查部门' },
  immediateRefund: { record: '2019年4月1日起即征即退、先征后返（退）记录', whom: '税源管理岗' },
  exportRefund: { record: '免抵退应退税额的核准结果', whom: '出口退税岗' },
  size: { record: '上年增值税销售额（申报、查补、评估）、存续月数、年末资产总额、主要行业', whom: '税源管理岗，或纳税人' },
  industryShare: shares,
  realEstateShare: shares,
  endingCredit: returns,
  sixMonths: returns,
  sixMonthsOverBase: returns,
  sixMonthsOfCredit: returns,
  lastIncrease: returns,
  lastIncreaseOverBase: returns,
  lastIncreaseOverYearEnd: returns,
  existingCredit: { record: '2019年3月所属期增值税申报表', whom: '申报征收岗，或纳税人' },
  incrementalCredit: null,
  ratioPeriod: deductions,
  ratio: deductions,
  refund: null,
  'paid-here': { record: '退付后冲减留抵的增值税申报表（附列资料二第22栏）', whom: '申报征收岗，或纳税人' },
  suspension: { record: '稽查立案、申报比对、异常扣税凭证的处理情况', whom: '稽查部门、风险管理岗' },
};

/** Rules whose gap is the same gap as another rule's: said once, where the other speaks. */
const follows: Readonly<Record<string, string>> = { ratio: 'ratioPeriod', lastIncrease: 'sixMonths', lastIncreaseOverBase: 'sixMonthsOverBase', existingCredit: 'endingCredit' };

/** What is missing, in the order of the findings; what stands in one record is asked for once, and what merely follows only when nothing else is. */
export function missingEvidence(findings: readonly Finding[]): readonly MissingEvidence[] {
  const open = findings.filter(({ outcome }) => outcome === 'needsEvidence');
  const asked = new Set(open.map(({ rule }) => rule).filter((rule) => evidenceSources[rule] !== null));
  const own = open.filter(({ rule, facts }) => asked.has(rule) && (!asked.has(follows[rule] ?? '') || facts['baseCredit'] === null));
  const once = new Map<string, MissingEvidence>();
  for (const { rule, text, cites } of own.length > 0 ? own : open) {
    const source = evidenceSources[rule] ?? { record: '上列各项补齐后重新测算', whom: '税源管理岗' };
    const known = once.get(source.record);
    once.set(source.record, known === undefined ? { rule, what: text, cites, ...source } : { ...known, what: `${known.what}；${text}`, cites: [...new Set([...known.cites, ...cites])] });
  }
  return [...once.values()];
}
