/** The door of 风险. */
export { riskLines, type RosterRead, type RiskSummary, type RiskTerms } from './risk-file.ts';
