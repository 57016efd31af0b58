/** The manifest of 退税资格. */
import * as facts from '../../shared/eligibility/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { eligibilityHandlers, type ResourcesInForce } from './eligibility.service.ts';
import { eligibilityTables } from './eligibility.tables.ts';
import { eligibilityEntries } from './entries.ts';
import type { PaidRefunds } from './paid-here.ts';

type Needs = { readonly resourcesInForce: ResourcesInForce; readonly paidRefunds: PaidRefunds };

export const eligibility = defineCapability(facts, {
  needs: { resourcesInForce: 'an office judges by the policy as it is amended', paidRefunds: 'what the ledger has paid is a fact of every later judgement' },
  handlers: ({ resourcesInForce, paidRefunds }: Needs) => eligibilityHandlers(resourcesInForce, paidRefunds),
  entries: eligibilityEntries,
  tables: [eligibilityTables],
});
