/**
 * The journal as the audit administrator 审计管理员 searches it 留痕查询: who acted when, by which kind of act, on whom. Facts of the acts and amounts are
 * not in the answer, so that an administrator reads no taxpayer's figures.
 * @source shared reviews faults.md E1; window.md 26
 */
import { z } from 'zod';
import { query } from '../kernel/operation.ts';
import { civilDateSchema, instantSchema, textSchema } from '../kernel/schema.ts';

export const auditStreams = { all: '全部', business: '业务', audit: '登录、口令与越权' } as const;
export type AuditStream = keyof typeof auditStreams;
const streamNames = Object.keys(auditStreams) as [AuditStream, ...AuditStream[]]; // the keys of the table above

const auditedEntrySchema = z.strictObject({
  seq: z.int(),
  at: instantSchema,
  maker: z.string(),
  /** The person's name as it stands, or what acted without one. */
  name: z.string(),
  stream: z.enum(['business', 'audit']),
  title: z.string(),
  /** What the entry names: a person, a taxpayer's code, a batch, a month. */
  subject: z.string(),
  /** More about a sign-in or a refused act, in words. */
  says: z.string(),
});
export type AuditedEntry = z.output<typeof auditedEntrySchema>;

export const auditContract = {
  'administration.journal': query(
    z.strictObject({
      /** User name. */
      maker: textSchema(32).default(''),
      from: civilDateSchema.nullable().default(null),
      to: civilDateSchema.nullable().default(null),
      /** Code of a taxpayer, user name, or number of an application, voucher or batch; whole. */
      about: textSchema(60).default(''),
      stream: z.enum(streamNames).default('all'),
      /** Entries older than this one, for the next page. */
      before: z.int().min(1).nullable().default(null),
      limit: z.int().min(1).max(500).default(200),
    }),
    z.strictObject({ entries: z.array(auditedEntrySchema).readonly(), more: z.boolean() }),
    { title: '留痕查询', may: ['audit'] },
  ),
};
