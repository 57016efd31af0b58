/** Operations of backup 备份 and verification 校验. Restoring makes a new office and is therefore no operation of one: see electron/restore-office.ts. */
import { z } from 'zod';
import { duties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { requiredText } from '../kernel/schema.ts';
import { backupRecordSchema, careDueSchema, headSchema, recoveryRecordSchema, restoredRecordSchema, stateOriginSchema, verificationDepths, verificationRecordSchema } from './backup-model.ts';
import { phraseGroups } from './recovery-phrase.ts';

const count = z.number().int().min(0);

const ledgerFaultSchema = z.strictObject({
  where: z.enum(['entry', 'blob', 'state', 'schema', 'file', 'head', 'rule']),
  seq: z.number().int().optional(),
  table: z.string().optional(),
  key: z.string().optional(),
  column: z.string().optional(),
  message: z.string(),
});

/** Groups that must be typed back before a phrase counts as written down. */
export const typedBackMin = 2;

export const backupContract = {
  /** Last backup, last verification, what is due and why; where a restored ledger came from. */
  'administration.care': query(
    z.strictObject({}),
    z.strictObject({
      recovery: recoveryRecordSchema.nullable(),
      lastBackup: backupRecordSchema.nullable(),
      lastVerification: verificationRecordSchema.nullable(),
      restored: restoredRecordSchema.nullable(),
      due: z.array(careDueSchema).readonly(),
    }),
    { title: '备份与校验概况', may: 'anyone' },
  ),
  'administration.backups': query(z.strictObject({}), z.strictObject({ backups: z.array(backupRecordSchema).readonly() }), { title: '备份清单', may: duties }),
  /** A new phrase; nothing is stored until it is set. */
  'administration.proposeRecovery': query(z.strictObject({}), z.strictObject({ phrase: z.string() }), { title: '生成恢复口令', may: ['system'] }),
  /** Stores only the public half of the phrase. Some groups are typed back, so that it stands on paper. */
  'administration.setRecovery': command(
    z.strictObject({
      phrase: requiredText(100),
      typedBack: z.array(z.strictObject({ group: z.number().int().min(1).max(phraseGroups), text: requiredText(20) })).min(typedBackMin).max(phraseGroups),
    }),
    z.strictObject({ replaced: z.boolean() }),
    { title: '启用恢复口令', may: ['system'], errors: ['RECOVERY_PHRASE_LENGTH', 'RECOVERY_PHRASE_GROUPS', 'RECOVERY_NOT_WRITTEN_DOWN'] },
  ),
  'administration.backup': command(
    z.strictObject({ file: requiredText(4000) }),
    backupRecordSchema,
    { title: '备份', may: ['system'], errors: ['RECOVERY_NOT_SET', 'BACKUP_FILE_EXISTS', 'BACKUP_NOT_WRITTEN', 'BACKUP_REHEARSAL_FAILED', 'DISK_FULL'] },
  ),
  /** Also in a read-only office; there, and when a fault is found, nothing is recorded. */
  'administration.verify': command(
    z.strictObject({ depth: z.enum(verificationDepths) }),
    z.strictObject({
      ok: z.boolean(), depth: z.enum(verificationDepths), head: headSchema, entries: count, blobs: count, stateRows: count,
      /** What wrote the state; null when the ledger does not say. */
      state: stateOriginSchema.nullable(),
      /** The first hundred; the very first is the one to look at. */
      faults: z.array(ledgerFaultSchema).readonly(), faultCount: count, recorded: z.boolean(),
    }),
    { title: '校验账本', may: duties, whileReadOnly: true },
  ),
};
