/**
 * The closed table of ledger rules 账本恒等式: what must always hold in the state tables, checked by `ledger verify --deep` after the
 * rebuild. Each capability brings its own; the first wrong row is named.
 */
import { surveyRules } from '../survey/index.ts';
import { exchangeRules } from '../exchange/index.ts';
import type { LedgerFault } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { refundsRules } from '../refunds/index.ts';
import { treasuryRules } from '../treasury/index.ts';

export type LedgerRule = { readonly name: string; check(db: Database): LedgerFault[] };

export const ledgerRules: readonly LedgerRule[] = [...surveyRules, ...refundsRules, ...treasuryRules, ...exchangeRules];
