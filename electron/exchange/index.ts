/** The door of the exchange 交换包: handlers and entries for the composition root, and what it tells the ledger's own checks. */
import type { exchangeContract } from '../../shared/exchange/contract.ts';
import type { HandlersOf } from '../journal/index.ts';
import { exchangeViewHandlers } from './exchange-views.service.ts';
import { exportHandlers } from './export.service.ts';
import { importHandlers } from './import.service.ts';
import { keyHandlers } from './keys.service.ts';

export { checkChannels, exchangeRules, staleLedgerFault } from './channel-rules.ts';
export { readNewestCountersignedHead } from './channel.sql.ts';
export { exchangeEntries } from './entries.ts';
export { exchangeTables } from './exchange.tables.ts';
export { keyHandlers };
export { ownRecipient } from './own-recipient.ts';

export const exchangeHandlers: HandlersOf<typeof exchangeContract> = { ...keyHandlers, ...exportHandlers, ...importHandlers, ...exchangeViewHandlers };
