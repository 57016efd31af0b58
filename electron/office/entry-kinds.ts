/** The closed table of journal entry kinds, joined from every capability. */
import { assert } from '../../shared/kernel/assert.ts';
import { administrationEntries, backupEntries } from '../administration/index.ts';
import { eligibilityEntries } from '../eligibility/index.ts';
import { amendmentEntries } from '../policy/index.ts';
import { surveyEntries } from '../survey/index.ts';
import { exchangeEntries } from '../exchange/index.ts';
import type { EntryKind } from '../journal/index.ts';
import { refundsEntries } from '../refunds/index.ts';
import { rosterEntries } from '../roster/index.ts';
import { treasuryEntries } from '../treasury/index.ts';

const rows: readonly EntryKind[] = [
  ...administrationEntries, ...backupEntries, ...rosterEntries, ...eligibilityEntries, ...amendmentEntries, ...surveyEntries, ...refundsEntries, ...treasuryEntries, ...exchangeEntries,
];

/** kind → row. @throws AssertionFault when two capabilities claim one kind */
export const entryKinds: ReadonlyMap<string, EntryKind> = new Map(rows.map((row) => [row.kind, row]));
assert(entryKinds.size === rows.length, 'an entry kind is defined twice');
