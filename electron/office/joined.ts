/** The closed tables of the ledger, joined from every capability: what this program makes of a log, and the ledger rules 账本恒等式. */
import { kindsByName, type EntryKinds, type LedgerForm, type LedgerRule } from '../journal/index.ts';
import { logSteps } from '../log-schema/index.ts';
import * as capabilities from './capabilities.ts';

const listed = Object.values(capabilities);

export const entryKinds: EntryKinds = kindsByName(listed.flatMap((capability) => capability.entries));

export const ledgerForm: LedgerForm = { log: logSteps, tables: listed.flatMap((capability) => capability.tables), kinds: entryKinds };

/** Checked by `ledger verify --deep` after the rebuild; the first wrong row is named. */
export const ledgerRules: readonly LedgerRule[] = listed.flatMap((capability) => capability.rules);
