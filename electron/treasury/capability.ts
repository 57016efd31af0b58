/** The manifest of 退库. */
import * as facts from '../../shared/treasury/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { treasuryEntries } from './payment-entries.ts';
import { paymentHandlers } from './payments.service.ts';
import { treasuryRules } from './rules.ts';
import { treasuryViewHandlers } from './treasury-views.service.ts';
import { treasuryTables } from './treasury.tables.ts';

export const treasury = defineCapability(facts, {
  handlers: () => ({ ...paymentHandlers, ...treasuryViewHandlers }),
  entries: treasuryEntries,
  tables: [treasuryTables],
  rules: treasuryRules,
});
