/** The closed table of migrations, in order; a test checks that the numbers have no gap. */
import { journalMigration } from './0001-journal.ts';
import { administrationMigration } from './0002-administration.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [journalMigration, administrationMigration];
