/** The door of 退库. */
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import type { HandlersOf } from '../journal/index.ts';
import { paymentHandlers } from './payments.service.ts';
import { treasuryViewHandlers } from './treasury-views.service.ts';

export {
  batchConflicts, markReceiptSent, receiveBatch, receiveSuspensions, unsentOutcomes, type IncomingSuspension, type OutcomeForExport,
} from './doors.ts';
export type { ReceiptReader } from './outcomes.sql.ts';
export { treasuryEntries } from './payment-entries.ts';
export { treasuryRules } from './rules.ts';
export { treasuryTables } from './treasury.tables.ts';
export type { IncomingBatch, IncomingVoucher } from './payment-record.ts';

export const treasuryHandlers: HandlersOf<typeof treasuryContract> = { ...paymentHandlers, ...treasuryViewHandlers };
