/** Words and shapes of 三方对账 in the office: statements as they stand, and the run over them. The engine's own document is document.ts. */
import { z } from 'zod';
import { lineKinds } from './line.ts';
import { linkIds } from './links.ts';
import { reasonIds } from './reasons.ts';
import { agencySchema, civilDateSchema, periodSchema } from '../kernel/schema.ts';

/** A statement of one office that stands in this ledger; its own, or the newest that came. */
export const statementRowSchema = z.strictObject({
  office: agencySchema, period: periodSchema, version: z.int().min(1), through: civilDateSchema, statedOn: civilDateSchema, statedBy: z.string(), lines: z.int().min(0),
  /** SHA-256 of the lines, hex: equal lines, equal hash. */
  hash: z.string(),
  /** Id of the package that brought it; null for this office's own. */
  package: z.string().nullable(),
});
export type StatementRow = z.output<typeof statementRowSchema>;

/** A month: which statements stand, which signatures of the running round, and what it is. */
export const monthRowSchema = z.strictObject({
  period: periodSchema, state: z.enum(['open', 'locked']), /** Of the document under which it is locked. */ hash: z.string().nullable(), round: z.int().min(0),
  statements: z.array(statementRowSchema), missing: z.array(agencySchema),
  signatures: z.array(z.strictObject({
    office: agencySchema, purpose: z.enum(['lock', 'unlock']), hash: z.string(), signedOn: civilDateSchema, signedBy: z.string(), reason: z.string().nullable(),
  })),
});
export type MonthRow = z.output<typeof monthRowSchema>;

/** Items that are looked at as one, groups.ts. */
export const itemGroupSchema = z.strictObject({
  link: z.enum(linkIds), reason: z.enum(reasonIds), batchNo: z.string().nullable(), day: civilDateSchema.nullable(), explained: z.boolean(), items: z.array(z.string()).readonly(),
  left: z.string(), right: z.string(),
});

/** A line of an office as a person compares it; amounts are yuan text, blanks are ''. */
export const evidenceLineSchema = z.strictObject({
  office: agencySchema, kind: z.enum(lineKinds), day: civilDateSchema, amount: z.string(), payee: z.string(), name: z.string(), account: z.string(), subject: z.string(), batchNo: z.string(),
  sentOn: civilDateSchema.nullable(), fundNo: z.string(), note: z.string(),
});
export type EvidenceLine = z.output<typeof evidenceLineSchema>;

export const shaSchema = z.string().regex(/^[0-9a-f]{64}$/, '不是摘要');
