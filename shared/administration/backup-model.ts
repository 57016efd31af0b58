/**
 * Backups 备份, restores 恢复 and verifications 校验 as data: what stands at the head of a backup file, what is recorded of each, and when the next is due. No
 * file and no key is touched here.
 * @source shared spec decisions 7, 8, 16; ledger.md (Backup, Restore)
 */
import { z } from 'zod';
import { parseInstant, shanghaiDateTime } from '../kernel/civil-date.ts';
import { instantSchema } from '../kernel/schema.ts';
import { officeIdentitySchema } from './model.ts';

/** Version of the backup file; another one is refused. The form is told in electron/administration/BACKUP.md. */
export const backupFormat = 1;
/** Ending of backup files: they are plain age files. */
export const backupEnding = '.age';
/** Days after which a backup and a full verification are due again (decision 7: weekly). */
export const careDays = 7;
/** Rows of one import above which a full verification and a backup are due at once (decision 7). */
export const largeImportRows = 10_000;

const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
const countSchema = z.number().int().min(0);

export const headSchema = z.strictObject({ seq: countSchema, hash: hashSchema });

/** What was counted in the copy: entries, blobs, rows of state tables, and how many private keys go with it. */
export const backupCountsSchema = z.strictObject({ entries: countSchema, blobs: countSchema, stateRows: countSchema, privateKeys: countSchema });
export type BackupCounts = z.output<typeof backupCountsSchema>;

/** The first lines inside a backup file, before the ledger. */
export const backupHeaderSchema = z.strictObject({
  format: z.literal(backupFormat),
  office: officeIdentitySchema,
  head: headSchema,
  schemaVersion: z.number().int().min(1),
  madeAt: instantSchema,
  program: z.string().max(40),
  ledger: z.strictObject({ bytes: countSchema, sha256: hashSchema }),
});
export type BackupHeader = z.output<typeof backupHeaderSchema>;

/** A backup that was read back and verified. */
export const backupMadeSchema = z.strictObject({
  fileName: z.string().max(255),
  /** SHA-256 of the whole encrypted file. */
  sha256: hashSchema,
  bytes: countSchema,
  head: headSchema,
  counts: backupCountsSchema,
  /** Who can open it beside the office's own key. */
  recovery: z.enum(['phrase', 'practice']),
});
export type BackupMade = z.output<typeof backupMadeSchema>;

export const backupRecordSchema = backupMadeSchema.extend({ madeAt: instantSchema, madeBy: z.string() });
export type BackupRecord = z.output<typeof backupRecordSchema>;

/** Which program's tables and folds made the state that lies in a ledger, and whether they are those of the program that looks. */
export const stateOriginSchema = z.strictObject({ version: z.string(), program: z.string(), headSeq: countSchema, madeAt: z.string(), current: z.boolean() });

/** The same in words; the moment counts only where the state was rebuilt, not where it grew with the ledger from its founding. */
export function stateOriginText({ version, program, headSeq, madeAt, current }: z.output<typeof stateOriginSchema>): string {
  const at = parseInstant(madeAt);
  const rebuilt = headSeq === 0 ? '' : `，${at === null ? '' : `${shanghaiDateTime(at)} `}按前 ${String(headSeq)} 条重建`;
  return `状态由程序 ${program} 写成（版本 ${version.slice(0, 8)}${rebuilt}）${current ? '' : '，与本程序不同，打开时按账本重建'}`;
}

export const verificationDepths = ['chain', 'deep'] as const;
export const verifiedSchema = z.strictObject({ depth: z.enum(verificationDepths), head: headSchema, entries: countSchema, blobs: countSchema, stateRows: countSchema });
export const verificationRecordSchema = verifiedSchema.extend({ at: instantSchema, by: z.string() });
export type VerificationRecord = z.output<typeof verificationRecordSchema>;

/** Where a restored ledger came from. */
export const restoredSchema = z.strictObject({ head: headSchema, backupMadeAt: instantSchema, backupSha256: hashSchema, backupFileName: z.string().max(255) });
export const restoredRecordSchema = restoredSchema.extend({ restoredAt: instantSchema });
export type RestoredRecord = z.output<typeof restoredRecordSchema>;

export const recoveryRecordSchema = z.strictObject({ setAt: instantSchema, setBy: z.string() });

export const careNames = { backup: '备份', verification: '校验' } as const;
export const careDueSchema = z.strictObject({ what: z.enum(['backup', 'verification']), /** Chinese sentence without the final 。 */ reason: z.string() });
export type CareDue = z.output<typeof careDueSchema>;
