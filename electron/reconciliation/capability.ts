/** The manifest of 三方对账. */
import * as facts from '../../shared/reconciliation/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { reconciliationTables } from './reconciliation.tables.ts';
import { statementMade, statementReceived } from './statement-entries.ts';
import { statementHandlers } from './statements.service.ts';

export const reconciliation = defineCapability(facts, {
  handlers: () => statementHandlers,
  entries: [statementMade, statementReceived],
  tables: [reconciliationTables],
});
