/** The manifest of 退税资格. */
import * as facts from '../../shared/eligibility/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { eligibilityHandlers, type ResourcesInForce } from './eligibility.service.ts';
import { eligibilityTables } from './eligibility.tables.ts';
import { eligibilityEntries } from './entries.ts';

export const eligibility = defineCapability(facts, {
  needs: { resourcesInForce: 'an office judges by the policy as it is amended' },
  handlers: ({ resourcesInForce }: { readonly resourcesInForce: ResourcesInForce }) => eligibilityHandlers(resourcesInForce),
  entries: eligibilityEntries,
  tables: [eligibilityTables],
});
