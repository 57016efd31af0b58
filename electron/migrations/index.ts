/** The closed table of migrations, in order; a test checks that the numbers have no gap. */
import { journalMigration } from './0001-journal.ts';
import { administrationMigration } from './0002-administration.ts';
import { rosterMigration } from './0003-roster.ts';
import { eligibilityMigration } from './0004-eligibility.ts';
import { refundsMigration } from './0005-refunds.ts';
import { treasuryMigration } from './0006-treasury.ts';
import { exchangeMigration } from './0007-exchange.ts';
import { surveyMigration } from './0008-survey.ts';
import { amendmentsMigration } from './0009-amendments.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  journalMigration, administrationMigration, rosterMigration, eligibilityMigration, refundsMigration, treasuryMigration, exchangeMigration, surveyMigration,
  amendmentsMigration,
];
