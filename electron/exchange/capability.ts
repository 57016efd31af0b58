/** The manifest of the exchange 交换包 and its keys. */
import * as facts from '../../shared/exchange/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { exchangeRules } from './channel-rules.ts';
import { exchangeEntries } from './entries.ts';
import { epochHandlers } from './epochs.service.ts';
import { exchangeDesk } from './exchange-desk.ts';
import { exchangeViewHandlers } from './exchange-views.service.ts';
import { exchangeTables } from './exchange.tables.ts';
import { unanswerable } from './stops.ts';
import { exportHandlers } from './export.service.ts';
import { importHandlers } from './import.service.ts';
import { ownRecipient } from './key-card.sql.ts';
import { keyHandlers } from './keys.service.ts';
import { packageQuestions } from './package-questions.ts';

export const exchange = defineCapability(facts, {
  handlers: () => ({ ...keyHandlers, ...exportHandlers, ...importHandlers, ...epochHandlers, ...exchangeViewHandlers }),
  gives: { ownRecipient, unanswerable },
  entries: exchangeEntries,
  tables: [exchangeTables],
  rules: exchangeRules,
  questions: packageQuestions,
  desk: [exchangeDesk],
});
