/** The door of 风险 for commands that hold no ledger. */
export { riskLines, type RosterRead } from './risk-file.ts';
export type { RiskSummary } from './risk-lines.ts';
