/** Entry kinds of backup 备份, verification 校验 and restore 恢复. All are of the audit stream: they are read from the log itself and make no state. */
import { z } from 'zod';
import { backupMadeSchema, restoredSchema, verifiedSchema } from '../../shared/administration/backup-model.ts';
import { defineEntry, type EntryKind } from '../journal/index.ts';

function noState(): void {
  // Audit entries are read from the log itself; they make no state.
}

/** The public half of a new recovery phrase; from here on backups are encrypted to it. */
export const recoverySet = defineEntry({
  kind: 'administration.setRecovery', formerly: ['administration.recovery-set'], stream: 'audit', version: 1, title: '启用恢复口令',
  facts: z.strictObject({ recipient: z.string().regex(/^age1[0-9a-z]{20,100}$/) }), fold: noState,
});

export const backupMade = defineEntry({ kind: 'administration.backup', formerly: ['administration.backup-made'], stream: 'audit', version: 1, title: '备份', facts: backupMadeSchema, fold: noState });

export const ledgerVerified = defineEntry({ kind: 'administration.verify', formerly: ['administration.ledger-verified'], stream: 'audit', version: 1, title: '校验账本', facts: verifiedSchema, fold: noState });

/** The first entry after a restore: the ledger is read-only from here until its channels are opened anew. */
export const ledgerRestored = defineEntry({ kind: 'administration.restore', formerly: ['administration.restored'], stream: 'audit', version: 1, title: '由备份恢复', facts: restoredSchema, fold: noState });

export const backupEntries: readonly EntryKind[] = [recoverySet, backupMade, ledgerVerified, ledgerRestored];
