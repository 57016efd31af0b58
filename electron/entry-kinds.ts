/** The closed table of journal entry kinds, joined from every capability. */
import { assert } from '../shared/kernel/assert.ts';
import { administrationEntries } from './administration/index.ts';
import type { EntryKind } from './journal/index.ts';

const rows: readonly EntryKind[] = [...administrationEntries];

/** kind → row. @throws AssertionFault when two capabilities claim one kind */
export const entryKinds: ReadonlyMap<string, EntryKind> = new Map(rows.map((row) => [row.kind, row]));
assert(entryKinds.size === rows.length, 'an entry kind is defined twice');
