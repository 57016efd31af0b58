/** The closed tables of the ledger, joined from every capability: entry kinds, ledger rules 账本恒等式, tables that folds write. */
import { assert } from '../../shared/kernel/assert.ts';
import type { EntryKind, LedgerRule, StateTables } from '../journal/index.ts';
import * as capabilities from './capabilities.ts';

const listed = Object.values(capabilities);
const entries = listed.flatMap((capability) => capability.entries);

/** kind → row. @throws AssertionFault when two capabilities claim one kind */
export const entryKinds: ReadonlyMap<string, EntryKind> = new Map(entries.map((row) => [row.kind, row]));
assert(entryKinds.size === entries.length, 'an entry kind is defined twice');

/** Checked by `ledger verify --deep` after the rebuild; the first wrong row is named. */
export const ledgerRules: readonly LedgerRule[] = listed.flatMap((capability) => capability.rules);

export const stateTables: readonly StateTables[] = listed.flatMap((capability) => capability.tables);
