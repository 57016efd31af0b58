/** The closed tables of the ledger, joined from every capability: what this program makes of a log, and the ledger rules 账本恒等式. */
import { kindsByName, type EntryKinds, type EntryQuestions, type LedgerForm, type LedgerRule } from '../journal/index.ts';
import { logSteps } from '../log-schema/index.ts';
import * as capabilities from './capabilities.ts';
import { makersAsked } from './entry-makers.ts';

/** By name: the order of a module's exports differs between Node, a build and a test, and the version of the state is a digest over its tables. */
const listed = Object.entries(capabilities).toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, capability]) => capability);

export const entryKinds: EntryKinds = kindsByName(listed.flatMap((capability) => capability.entries));

export const ledgerForm: LedgerForm = { log: logSteps, tables: listed.flatMap((capability) => capability.tables), kinds: entryKinds };

/** Checked by `ledger verify --deep` after the rebuild; the first wrong row is named. */
export const ledgerRules: readonly LedgerRule[] = listed.flatMap((capability) => capability.rules);

/** Asked of every entry by `ledger verify --deep`. */
export const entryQuestions: EntryQuestions = () => [makersAsked(), ...listed.flatMap((capability) => capability.questions.flatMap((make) => make()))];
