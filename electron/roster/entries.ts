/** Entry kind of 导入名册: one file becomes what stands for a filing period, whole. The rows are kept normalised, never as "file + parser". */
import { z } from 'zod';
import { periodSchema } from '../../shared/kernel/schema.ts';
import { blobRefSchema, defineEntry, type EntryKind, type JsonValue } from '../journal/index.ts';
import { assignedHeaderSchema } from './assigned-headers.ts';
import { rosterFieldsOfLine } from './normal-form.ts';
import { clearPeriod, insertImport, insertRow, listedKeys } from './roster.sql.ts';

const count = z.number().int().min(0);

export const rosterImported = defineEntry({
  kind: 'roster.import', formerly: ['roster.imported'],
  stream: 'business',
  version: 2,
  // facts of every version are an object
  upcast: { 1: (facts) => ({ ...(facts as Readonly<Record<string, JsonValue>>), without: [], warningsSeen: 0, assigned: [], source: null }) },
  title: '导入名册',
  facts: z.strictObject({
    /** Filing period 申报期. */
    period: periodSchema,
    /** 1, 2, 3 … within the period. */
    number: z.number().int().min(1),
    file: z.string().min(1).max(300),
    /** SHA-256 of the file as received. */
    fileHash: z.string().regex(/^[0-9a-f]{64}$/),
    encoding: z.string(),
    rejected: count,
    added: count,
    changed: count,
    gone: count,
    unchanged: count,
    /** Headers of columns that the file lacked and whose blank the maker confirmed to count as it does (0, 否, 正常 …). */
    without: z.array(z.string()),
    /** How many warnings that ask for a person's eye the maker had seen. */
    warningsSeen: count,
    /** Headers of the file that the maker assigned by hand: to a column, or null = a remark. */
    assigned: z.array(assignedHeaderSchema),
    /** SHA-256 of the file's headers in their order: the system that it came from. Null before it was kept. */
    source: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
    /** Lines of normal-form.ts in the order of the file. */
    content: blobRefSchema,
  }),
  fold(state, { seq, at, maker, facts }) {
    const { db } = state;
    clearPeriod(db, facts.period);
    insertImport(db, { ...facts, seq, at, maker, contentHash: facts.content.hash, rows: facts.content.lines });
    const listed = rosterFieldsOfLine(listedKeys);
    for (const { chunk, place, value } of state.placedLines(facts.content)) insertRow(db, facts.period, listed(value), chunk, place);
  },
});

export const rosterEntries: readonly EntryKind[] = [rosterImported];
