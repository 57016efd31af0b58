/** The manifest of 系统管理. */
import * as facts from '../../shared/administration/capability.ts';
import { defineCapability } from '../journal/index.ts';
import { administrationHandlers, deskHandlers, type DeskNeeds } from './administration.service.ts';
import { administrationTables } from './administration.tables.ts';
import { auditHandlers, type AuditNeeds } from './audit.service.ts';
import { backupEntries } from './backup-entries.ts';
import { backupHandlers, type BackupNeeds } from './backup.service.ts';
import { administrationEntries } from './entries.ts';
import { profileDesk } from './profile.service.ts';
import { secretRule } from './secret-check.ts';

export const administration = defineCapability(facts, {
  needs: {
    examine: 'a backup is examined like the ledger itself',
    ownRecipient: 'a backup is encrypted to the office that makes it',
    titleOfEntry: 'the audit names every kind of entry',
    trail: 'the audit follows a taxpayer through every capability',
    waiting: 'the desk shows what waits in every capability',
    largestImportSince: 'after a large import a new backup is due',
  },
  handlers: (given: BackupNeeds & DeskNeeds & AuditNeeds) => ({ ...administrationHandlers, ...deskHandlers(given), ...backupHandlers(given), ...auditHandlers(given) }),
  entries: [...administrationEntries, ...backupEntries],
  tables: [administrationTables],
  rules: [secretRule],
  desk: [profileDesk],
});
