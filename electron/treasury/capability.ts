/** The manifest of 退库. */
import * as facts from '../../shared/treasury/capability.ts';
import { caseHandlers, defineCapability } from '../journal/index.ts';
import type { PaymentRole } from '../../shared/administration/duties.ts';
import type { PaymentAct, PaymentState } from '../../shared/treasury/cases.ts';
import type { treasuryContract } from '../../shared/treasury/contract.ts';
import { treasuryEntries } from './payment-entries.ts';
import { payAsked, type Unanswerable } from './pay-asked.ts';
import { findingHandlers, paymentActs } from './payment-acts.ts';
import { paymentTold } from './payment-book.ts';
import type { PaymentRecord } from './treasury.tables.ts';
import { paymentTrail } from './payments.sql.ts';
import { receivedHandlers } from './received.service.ts';
import { treasuryRules } from './rules.ts';
import { treasuryDesk, treasuryViewHandlers } from './treasury-views.service.ts';
import { treasuryTables } from './treasury.tables.ts';

export const treasury = defineCapability(facts, {
  needs: { unanswerable: 'whoever pays a voucher must know that the tax office cannot be answered' },
  handlers: ({ unanswerable }: { readonly unanswerable: Unanswerable }) => {
    const acts = caseHandlers<typeof treasuryContract, PaymentState, PaymentAct, PaymentRole, PaymentRecord>(paymentActs, paymentTold);
    return { ...acts, ...findingHandlers, ...treasuryViewHandlers, ...receivedHandlers, 'treasury.pay': payAsked(acts['treasury.pay'], unanswerable) };
  },
  entries: [...treasuryEntries, ...paymentActs.map(({ kind }) => kind)],
  tables: [treasuryTables],
  rules: treasuryRules,
  desk: [treasuryDesk],
  trail: [paymentTrail],
});
