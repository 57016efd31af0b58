/** The door of 风险. */
export { riskLines, type RiskSummary, type RiskTerms } from './risk-file.ts';
