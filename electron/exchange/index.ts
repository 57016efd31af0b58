/** The door of the exchange 交换包: what it tells the ledger's own checks. */
export { checkChannels, staleLedgerFault } from './channel-rules.ts';
export { cardIssued } from './entries.ts';
export { readNewestCountersignedHead } from './channel.sql.ts';
export { lastSignedHead, signedHeadFault, signHead } from './signed-head.ts';
export { standstillOf } from './standstill.ts';
