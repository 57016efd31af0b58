/** The manifest of 风险. */
import * as facts from '../../shared/risk/capability.ts';
import type { PaidRefunds } from '../eligibility/index.ts';
import { defineCapability } from '../journal/index.ts';
import { riskHandlers } from './risk.service.ts';

type Needs = { readonly paidRefunds: PaidRefunds };

export const risk = defineCapability(facts, {
  needs: { paidRefunds: 'the refund at stake is judged beside what the ledger has paid' },
  handlers: ({ paidRefunds }: Needs) => riskHandlers(paidRefunds),
});
