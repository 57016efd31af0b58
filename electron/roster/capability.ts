/** The manifest of 名册. */
import * as facts from '../../shared/roster/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { rosterEntries } from './entries.ts';
import type { PaidWatch } from './paid-watch.ts';
import { rosterHandlers } from './roster.service.ts';
import { largestImportSince } from './roster.sql.ts';
import { rosterTables } from './roster.tables.ts';

export const roster = defineCapability(facts, {
  needs: { paidWatch: 'an import says whose credit has not fallen by what was paid' },
  handlers: ({ paidWatch }: { readonly paidWatch: PaidWatch }) => rosterHandlers(paidWatch),
  gives: { largestImportSince },
  entries: rosterEntries,
  tables: [rosterTables],
});
