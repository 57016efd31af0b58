/** The manifest of 风险. */
import * as facts from '../../shared/risk/capability.ts';
import type { RiskAct, RiskRole, RiskState } from '../../shared/risk/cases.ts';
import type { riskContract } from '../../shared/risk/contract.ts';
import type { PaidRefunds } from '../eligibility/index.ts';
import { caseHandlers, defineCapability } from '../journal/index.ts';
import { riskTrail } from './hits.sql.ts';
import { riskActs, riskTold } from './risk-book.ts';
import { riskRun } from './risk-run.ts';
import { riskDesk, riskViewHandlers } from './risk-views.service.ts';
import { judgingHandlers } from './risk.service.ts';
import { riskTables, type RiskHit } from './risk.tables.ts';

type Needs = { readonly paidRefunds: PaidRefunds };

export const risk = defineCapability(facts, {
  needs: { paidRefunds: 'the refund at stake is judged beside what the ledger has paid' },
  handlers: ({ paidRefunds }: Needs) => ({
    ...caseHandlers<typeof riskContract, RiskState, RiskAct, RiskRole, RiskHit>(riskActs, riskTold), ...judgingHandlers(paidRefunds), ...riskViewHandlers,
  }),
  entries: [riskRun, ...riskActs.map(({ kind }) => kind)],
  tables: [riskTables],
  desk: [riskDesk],
  trail: [riskTrail],
});
