/** The manifest of 退税办理 and 销号. */
import * as facts from '../../shared/refunds/capability.ts';
import type { RefundRole } from '../../shared/administration/duties.ts';
import type { RefundAct, RefundState } from '../../shared/refunds/cases.ts';
import type { RefundRecord } from './refund-record.ts';
import type { refundsContract } from '../../shared/refunds/contract.ts';
import { caseHandlers, defineCapability, type HandlersOf } from '../journal/index.ts';
import { applicationActs } from './application-acts.ts';
import { officeCalendar } from './calendar.ts';
import { candidateHandlers, candidatesOpened, type DeterminationSource } from './candidates.service.ts';
import { determinationsWithAccounts } from './candidates.sql.ts';
import { crossOffActs, crossOffHandlers } from './cross-off.service.ts';
import { refundTrail } from './lists.sql.ts';
import { refundsDesk } from './desk.ts';
import { paidRefunds, paidWatch } from './other-refunds.ts';
import { receiptEntries } from './receipt-entries.ts';
import { refundTold } from './refund-book.ts';
import { refundQuestions } from './refund-questions.ts';
import { refundsTables } from './refunds.tables.ts';
import { refundsRules } from './rules.ts';
import { surveyFacts } from './survey-facts.ts';
import { suspensionActs } from './suspension-acts.ts';
import { refundsUnderWay } from './under-way.ts';
import { viewHandlers } from './views.service.ts';
import { voucherActs } from './voucher-acts.ts';
import { voucherEntries } from './voucher-entries.ts';
import { voucherHandlers } from './vouchers.service.ts';

const acts = [...applicationActs, ...suspensionActs, ...voucherActs, ...crossOffActs];

/** Every handler. @param determinations refundable determinations of a filing period; a test gives its own */
export function refundsHandlers(determinations: DeterminationSource): HandlersOf<typeof refundsContract> {
  return { ...caseHandlers<typeof refundsContract, RefundState, RefundAct, RefundRole, RefundRecord>(acts, refundTold), ...candidateHandlers(determinations), ...voucherHandlers, ...crossOffHandlers, ...viewHandlers };
}

export const refunds = defineCapability(facts, {
  handlers: () => refundsHandlers(determinationsWithAccounts),
  gives: { officeCalendar, paidRefunds, paidWatch, refundsUnderWay, surveyFacts },
  entries: [candidatesOpened, ...acts.map(({ kind }) => kind), ...voucherEntries, ...receiptEntries],
  tables: [refundsTables],
  rules: refundsRules,
  questions: refundQuestions,
  desk: [refundsDesk],
  trail: [refundTrail],
});
