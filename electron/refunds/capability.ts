/** The manifest of 退税办理 and 销号. */
import * as facts from '../../shared/refunds/capability.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { defineCapability, type HandlersOf } from '../journal/index.ts';
import { applicationEntries } from './application-entries.ts';
import { applicationHandlers, type DeterminationSource } from './applications.service.ts';
import { officeCalendar } from './calendar.ts';
import { determinationsWithAccounts } from './candidates.sql.ts';
import { crossOffEntries } from './cross-off-entries.ts';
import { crossOffHandlers } from './cross-off.service.ts';
import { refundsTables } from './refunds.tables.ts';
import { refundsRules } from './rules.ts';
import { surveyFacts } from './survey-facts.ts';
import { suspensionHandlers } from './suspension.service.ts';
import { refundsUnderWay } from './under-way.ts';
import { viewHandlers } from './views.service.ts';
import { voucherEntries } from './voucher-entries.ts';
import { voucherHandlers } from './vouchers.service.ts';

/** Every handler. @param determinations refundable determinations of a filing period; a test gives its own */
export function refundsHandlers(determinations: DeterminationSource): HandlersOf<typeof refundsContract> {
  return { ...applicationHandlers(determinations), ...voucherHandlers, ...suspensionHandlers, ...crossOffHandlers, ...viewHandlers };
}

export const refunds = defineCapability(facts, {
  handlers: () => refundsHandlers(determinationsWithAccounts),
  gives: { officeCalendar, refundsUnderWay, surveyFacts },
  entries: [...applicationEntries, ...voucherEntries, ...crossOffEntries],
  tables: [refundsTables],
  rules: refundsRules,
});
