/** The door of 退税办理 and 销号. */
export type { RefundableDetermination } from './candidates.ts';
export { calendarYears, officeCalendar, shippedYears } from './calendar.ts';
export { taxReconLines } from './recon-lines.sql.ts';
export { accountsApplied } from './lists.sql.ts';
export { licenceSeen } from './name-seen.ts';
export { lastPaidOn } from './month.sql.ts';
export { postReceipt, type PostedReceipt } from './cross-off.service.ts';
export { batchesToSend, batchForExport, monthForExport, type BatchForExport, type MonthlyRefund } from './exports.ts';
export type { IncomingOutcome } from './receipts.ts';
export { suspensionNumber, suspensionsTold } from './suspensions.sql.ts';
export { markBatchSent, takeBackBatch } from './vouchers.service.ts';
