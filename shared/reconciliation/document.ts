/**
 * The statement of a three-way reconciliation 三方对账单 as a document: its schema, for reading last month's, and what of it people sign.
 * @source shared spec reconciliation.md, The document
 */
import { z } from 'zod';
import { civilDateSchema, periodSchema } from '../kernel/schema.ts';
import { lineGroups } from './line.ts';
import { linkIds } from './links.ts';
import { reasonIds } from './reasons.ts';
import { reconSettingsSchema } from './settings.ts';

const yuan = z.string().regex(/^-?(?:0|[1-9][0-9]*)\.[0-9]{2}$/, '金额应为两位小数的元');
const office = z.enum(['tax', 'treasury', 'finance']);
const count = z.int().min(0);
const year = z.int().min(1900).max(2199);
/** An open item 未达账项 keeps one number for life. */
const itemNo = z.string().regex(/^CX-[0-9]{4}-[0-9]{4,}$/, '差异号应为 CX-年-序号');

const identity = {
  link: z.enum(linkIds), line: z.enum(lineGroups), year, key: z.string(), end: z.enum(['left', 'right']), ordinal: count.min(1),
};
const column = z.strictObject(
  { side: office, opening: yuan, inPeriod: yuan, closing: yuan, matched: yuan, explained: yuan, unexplained: yuan, lines: count },
);

export const reconWarningSchema = z.union([
  z.strictObject({ code: z.literal('nothing-to-undo'), side: office, kind: z.string(), key: z.string(), day: civilDateSchema }),
  z.strictObject({ code: z.literal('old-lines-changed'), items: z.array(z.string()).readonly(), closings: z.array(z.string()).readonly() }),
  z.strictObject({ code: z.literal('calendar-missing'), year }),
]);

export const reconItemSchema = z.strictObject({
  no: itemNo, ...identity, reason: z.enum(reasonIds), also: z.array(z.enum(reasonIds)).readonly(), explained: z.boolean(),
  left: yuan.nullable(), right: yuan.nullable(), erring: office.nullable(), owner: z.enum(['tax', 'treasury', 'finance', 'both']),
  since: civilDateSchema, ageDays: count, candidates: z.array(itemNo).readonly(), oversight: z.boolean(), text: z.string(),
});

export const reconDocumentSchema = z.strictObject({
  version: z.literal(1), period: periodSchema, cutoff: civilDateSchema, through: civilDateSchema,
  opening: z.string().regex(/^[0-9a-f]{64}$/).nullable(),
  settings: reconSettingsSchema, holds: z.boolean(), lastNo: z.record(z.string().regex(/^[0-9]{4}$/), count),
  warnings: z.array(reconWarningSchema).readonly(),
  links: z.array(z.strictObject({ link: z.enum(linkIds), left: column, right: column, holds: z.boolean() })).length(3).readonly(),
  items: z.array(reconItemSchema).readonly(),
  closed: z.array(z.strictObject({ no: itemNo, ...identity, by: z.string() })).readonly(),
});

export type ReconDocument = z.infer<typeof reconDocumentSchema>;
export type ReconItem = z.infer<typeof reconItemSchema>;
export type ReconWarning = z.infer<typeof reconWarningSchema>;
export type ReconColumn = z.infer<typeof column>;

/** What names an item from month to month. */
export type ItemIdentity = Pick<ReconItem, keyof typeof identity>;

/** `tax-treasury refund 2022 00000028 left 1` */
export function identityText({ link, line, year: of, key, end, ordinal }: ItemIdentity): string {
  return `${link} ${line} ${String(of)} ${key} ${end} ${String(ordinal)}`;
}

/** The document without sentences and warnings: a reworded sentence never breaks an agreement. Its canonical JSON is hashed. */
export function signedPart(document: ReconDocument): unknown {
  return without(['warnings'], { ...document, items: document.items.map((item) => without(['text'], item)) });
}

function without(left: readonly string[], record: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !left.includes(key)));
}
