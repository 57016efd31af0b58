/** The manifest of 名册. */
import * as facts from '../../shared/roster/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { rosterEntries } from './entries.ts';
import { rosterHandlers } from './roster.service.ts';
import { largestImportSince } from './roster.sql.ts';
import { rosterTables } from './roster.tables.ts';

export const roster = defineCapability(facts, {
  handlers: () => rosterHandlers,
  gives: { largestImportSince },
  entries: rosterEntries,
  tables: [rosterTables],
});
