/** The manifest of 三方对账. */
import * as facts from '../../shared/reconciliation/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { monthSigned, signatureReceived } from './lock-entries.ts';
import { reconciliationTables } from './reconciliation.tables.ts';
import { statementMade, statementReceived } from './statement-entries.ts';
import { lockHandlers } from './locks.service.ts';
import { statementHandlers } from './statements.service.ts';

export const reconciliation = defineCapability(facts, {
  handlers: () => ({ ...statementHandlers, ...lockHandlers }),
  entries: [statementMade, statementReceived, monthSigned, signatureReceived],
  tables: [reconciliationTables],
});
