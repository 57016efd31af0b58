/** The door of the exchange 交换包: handlers and entries for the composition root, and what it tells the ledger's own checks. */
export { readNewestCountersignedHead } from './channel.sql.ts';
export { exchangeEntries } from './entries.ts';
export { keyHandlers } from './keys.service.ts';
