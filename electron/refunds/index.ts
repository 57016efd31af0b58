/** The door of 退税办理 and 销号. */
import type { EntryKind, HandlersOf } from '../journal/index.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { applicationEntries } from './application-entries.ts';
import { applicationHandlers, type DeterminationSource } from './applications.service.ts';
import { crossOffEntries } from './cross-off-entries.ts';
import { crossOffHandlers } from './cross-off.service.ts';
import { suspensionHandlers } from './suspension.service.ts';
import { viewHandlers } from './views.service.ts';
import { voucherEntries } from './voucher-entries.ts';
import { voucherHandlers } from './vouchers.service.ts';

export type { RefundableDetermination } from './candidates.ts';
export type { DeterminationSource } from './applications.service.ts';
export { calendarYears, officeCalendar } from './calendar.ts';
export { postReceipt, type PostedReceipt } from './cross-off.service.ts';
export { batchesToSend, batchForExport, monthForExport, type BatchForExport, type MonthlyRefund, type VoucherForExport } from './exports.ts';
export type { IncomingOutcome } from './receipts.ts';
export { refundsUnderWay } from './under-way.ts';
export { refundsRules } from './rules.ts';
export { refundsTables } from './refunds.tables.ts';
export { surveyFacts } from './survey-facts.ts';
export { suspensionsInForce, type SuspensionInForce } from './suspension.service.ts';
export { markBatchSent } from './vouchers.service.ts';

/** Every handler of the capability. @param determinations refundable determinations of a filing period, from the door of eligibility */
export function refundsHandlersOver(determinations: DeterminationSource): HandlersOf<typeof refundsContract> {
  return { ...applicationHandlers(determinations), ...voucherHandlers, ...suspensionHandlers, ...crossOffHandlers, ...viewHandlers };
}

export const refundsEntries = [...applicationEntries, ...voucherEntries, ...crossOffEntries] as unknown as readonly EntryKind[];
