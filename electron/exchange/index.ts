/** The door of the exchange 交换包: what it tells the ledger's own checks. */
export { checkChannels, olderThanSigned, staleLedgerFault } from './channel-rules.ts';
export { readNewestCountersignedHead } from './channel.sql.ts';
