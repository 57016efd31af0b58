/**
 * The fields of every row of every package kind, as FORMAT.md 5.2 tells them to somebody who has nothing but that page: made from the section tables.
 * `node test/support/format-fields.ts` writes them into the page; a test compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { packageKindNames, packageKinds } from '../../shared/exchange/kinds.ts';
import type { Section } from '../../shared/exchange/section.ts';

export const formatPage = fileURLToPath(new URL('../../electron/exchange/FORMAT.md', import.meta.url));
const begins = '<!-- fields: written from the section tables -->';
const ends = '<!-- end of fields -->';

/** Fields whose form is told in words of the page: no schema in JSON says it. */
const named: Readonly<Record<string, string>> = {
  uscc: 'taxpayer code', existingWindow: 'month, `always` or `undetermined`', incrementalWindow: 'month, `always` or `undetermined`', window: 'month, `always` or `undetermined`',
  verdicts: 'verdict counts', changes: 'changes', file: 'key card file', ledgerHeadAfter: 'head',
};

type JsonForm = {
  readonly type?: string | readonly string[]; readonly pattern?: string; readonly maxLength?: number; readonly minimum?: number; readonly maximum?: number; readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonForm[];
};

/** The tables of all sections, a heading each. */
export function fieldTables(): string {
  return packageKindNames.flatMap((kind) => Object.entries(packageKinds[kind].sections ?? {}).map(([name, of]) => tableOf(kind, name, of))).join('\n');
}

function tableOf(kind: string, name: string, { schema, fields, unique, sum, rowsMax }: Section): string {
  const shape = (schema as unknown as z.ZodObject).shape; // every section's row is a strict object
  const one = rowsMax === 1 ? ', exactly one row' : '';
  const lines = Object.keys(fields).map((field) => {
    const marks = [...(unique.includes(field) ? ['key'] : []), ...(sum === field ? ['sum'] : [])].join(', ');
    return `| \`${field}\` | ${formOf(field, shape[field] as z.ZodType)} | ${marks} |`;
  });
  return `**\`${name}\`** of \`${kind}\`${one}\n\n| field | form | |\n|---|---|---|\n${lines.join('\n')}\n`;
}

function formOf(field: string, schema: z.ZodType): string {
  const form = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonForm;
  const [first] = form.anyOf ?? [];
  const nullable = accepts(schema, null);
  const bare = nullable ? { ...(first ?? form), ...(Array.isArray(form.type) ? { type: String(form.type[0]) } : {}) } : form;
  return `${bareForm(field, bare, schema)}${nullable ? ', or null' : ''}${accepts(schema, undefined) ? ', or absent' : ''}`;
}

function bareForm(field: string, { type, pattern, maxLength, minimum, maximum, enum: words }: JsonForm, schema: z.ZodType): string {
  const known = Object.hasOwn(named, field) ? named[field] : undefined;
  if (known !== undefined) return known;
  if (words !== undefined) return words.map((word) => `\`${word}\``).join(' ');
  if (field.endsWith('Fen')) return pattern !== undefined ? 'total' : accepts(schema, '-1') ? 'money, may be negative' : 'money';
  if (type === 'integer') return `integer ${String(minimum)}..${String(maximum)}`;
  if (type === 'boolean') return 'boolean';
  if (type === 'string' && maxLength !== undefined) return `text ${accepts(schema, '') ? '0' : '1'}..${String(maxLength)}`;
  if (type === 'string' && pattern !== undefined) return `\`${pattern}\``;
  if (accepts(schema, '2022-04')) return 'month';
  if (accepts(schema, '2022-04-30')) return 'date';
  throw new Error(`no word for the form of ${field}`);
}

function accepts(schema: z.ZodType, value: unknown): boolean {
  return schema.safeDecode(value).success;
}

/** The page, and the same with the tables as they are made now. */
export function formatPages(): { readonly standing: string; readonly made: string } {
  const standing = readFileSync(formatPage, 'utf8');
  const [before = '', rest = ''] = standing.split(begins);
  return { standing, made: `${before}${begins}\n\n${fieldTables()}\n${ends}${rest.split(ends)[1] ?? ''}` };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(formatPage, formatPages().made);
