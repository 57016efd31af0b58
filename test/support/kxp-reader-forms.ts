/**
 * Words, forms and tables of KXP v1 as electron/exchange/FORMAT.md tells them, for the second reader: canonical JSON, the tables of fields and kinds read
 * from the page as text, and the signatures. Nothing of the program is imported.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export type J = Record<string, unknown>;

export class Wrong extends Error {}
export function wrong(why: string): never {
  throw new Wrong(why);
}
export function asked(holds: boolean, why: string): void {
  if (!holds) wrong(why);
}

export const zeros = '0'.repeat(64);
export const hash = /^[0-9a-f]{64}$/;
export const id = /^[0-9a-f]{32}$/;
export const keyId = /^[0-9a-f]{16}$/;
export const sha = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
export const whole = (value: unknown, least: number, most: number): boolean => Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
export const matches = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);
export const isObject = (value: unknown): value is J => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Section 1: the four steps up to the schema. */
export function object(bytes: Uint8Array, most: number): J {
  asked(bytes.length <= most, 'length of an object');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return wrong('UTF-8');
  }
  let level = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted && sign === '\\') at += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === '{' || sign === '[')) level += 1;
    else if (!quoted && (sign === '}' || sign === ']')) level -= 1;
    asked(level <= 8, 'nesting');
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return wrong('JSON');
  }
  if (!isObject(value)) return wrong('an object');
  plain(value);
  asked(canonical(value) === text, 'canonical form');
  return value;
}

function plain(value: unknown): void {
  if (typeof value === 'string') asked(value.length <= 2_000 && value.isWellFormed(), 'string');
  else if (typeof value === 'number') asked(Number.isSafeInteger(value), 'number');
  else if (Array.isArray(value)) value.forEach(plain);
  else if (isObject(value)) {
    asked(Object.keys(value).length <= 64 && !Object.keys(value).includes('__proto__'), 'keys');
    for (const [name, of] of Object.entries(value)) [name, of].forEach(plain);
  }
}

/** RFC 8785 for values without fractions. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (!isObject(value)) return Object.is(value, -0) ? '0' : JSON.stringify(value);
  return `{${Object.keys(value).sort((a, b) => (a < b ? -1 : 1)).map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

export const repeated = ['v', 'profile', 'practice', 'county', 'from', 'to', 'epoch', 'seq', 'pkg_id', 'signer_key_id', 'recipient_key_ids', 'created_at'];
export const agencies = ['tax', 'finance', 'treasury'];

export function exactly(value: J, fields: readonly string[]): void {
  asked(Object.keys(value).sort().join() === [...fields].sort().join(), `fields ${Object.keys(value).join()}`);
}

export function isHead(value: unknown): void {
  const head = record(value, ['seq', 'hash']);
  asked(whole(head['seq'], 0, 1_000_000_000) && matches(head['hash'], hash), 'head');
}

export function record(value: unknown, fields: readonly string[]): J {
  if (!isObject(value)) return wrong('an object inside');
  exactly(value, fields);
  return value;
}

export function verified(publicKey: string, type: string, body: Uint8Array, signature: Uint8Array): boolean {
  const name = `application/vnd.kxp.${type}+json;v=1`;
  const message = Buffer.concat([Buffer.from(`DSSEv1 ${String(name.length)} ${name} ${String(body.length)} `), body]);
  try {
    return ed25519.verify(signature, new Uint8Array(message), Buffer.from(publicKey, 'hex'), { zip215: false });
  } catch {
    return false;
  }
}

type Form = { readonly one: boolean; readonly keys: readonly string[]; readonly sum: string | null; readonly fields: ReadonlyMap<string, string> };

const page = readFileSync(new URL('../../electron/exchange/FORMAT.md', import.meta.url), 'utf8');
const forms = new Map<string, Form>();

/** The table of a section in 5.2. */
export function fieldsOf(name: string): Form {
  const known = forms.get(name);
  if (known !== undefined) return known;
  const [, heading = '', table = ''] = new RegExp(`\\n\\*\\*\`${name}\`\\*\\*([^\\n]*)\\n\\n\\|[^\\n]*\\n\\|[^\\n]*\\n((?:\\|[^\\n]*\\n)+)`).exec(page) ?? wrong(`no table of ${name}`);
  const rows = table.trim().split('\n').map((line) => /^\| `(\w+)` \| (.*) \| ([a-z, ]*) \|$/.exec(line) ?? wrong(`a line of ${name}`));
  const marked = (mark: string): string[] => rows.filter(([, , , marks = '']) => marks.includes(mark)).map(([, field = '']) => field);
  const form = { one: heading.includes('exactly one row'), keys: marked('key'), sum: marked('sum')[0] ?? null, fields: new Map(rows.map(([, field = '', of = '']) => [field, of])) };
  forms.set(name, form);
  return form;
}

export function rowOf(form: Form, row: J): J {
  const standing = [...form.fields].filter(([field, of]) => field in row || !of.endsWith(', or absent'));
  exactly(row, standing.map(([field]) => field));
  for (const [field, of] of standing) asked(fits(of.replace(', or absent', ''), row[field]), `field ${field}`);
  return row;
}

/** The words of 5.2. */
function fits(form: string, value: unknown): boolean {
  if (form.endsWith(', or null')) return value === null || fits(form.slice(0, -9), value);
  const [, kind = form, least = '0', most = '0'] = /^(integer|text) ([0-9]+)\.\.([0-9]+)$/.exec(form) ?? [];
  switch (kind) {
    case 'integer': return whole(value, Number(least), Number(most));
    case 'text': return isText(value, Number(least), Number(most));
    case 'boolean': return typeof value === 'boolean';
    case 'money': return matches(value, /^(?:0|[1-9][0-9]{0,14})$/);
    case 'money, may be negative': return matches(value, /^(?:0|-?[1-9][0-9]{0,14})$/);
    case 'total': return isTotal(value);
    case 'month': return isMonth(value);
    case 'month, `always` or `undetermined`': return value === 'always' || value === 'undetermined' || isMonth(value);
    case 'date': return isDate(value);
    case 'taxpayer code': return isTaxpayer(value);
    case 'head': isHead(value); return true;
    case 'verdict counts': return Object.values(record(value, ['out-of-scope', 'ineligible', 'needs-evidence', 'suspended', 'not-open', 'nothing-due', 'refundable'])).every((count) => whole(count, 0, Number.MAX_SAFE_INTEGER));
    case 'changes': return Array.isArray(value) && value.length >= 1 && value.length <= 50 && value.every(isChange);
    case 'key card file': return isCardFile(value);
    default: return formOfCode(form, value);
  }
}

/** One regular expression, or the words of a closed list. */
function formOfCode(form: string, value: unknown): boolean {
  const words = [...form.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');
  asked(words.length > 0, `form ${form}`);
  return words[0]?.startsWith('^') === true ? matches(value, new RegExp(words[0])) : typeof value === 'string' && words.includes(value);
}

/** Section 8. */
function isCardFile(value: unknown): boolean {
  const { card: inside, rootSignature, previousRootSignature } = record(value, ['card', 'rootSignature', 'previousRootSignature']);
  const card = record(inside, ['v', 'agency', 'county', 'name', 'practice', 'profile', 'version', 'prevCardHash', 'rootKey', 'signing', 'encryption', 'revoked', 'issuedOn']);
  const lists = ['signing', 'encryption', 'revoked'].map((name) => card[name]);
  const full = lists.every((list, index) => Array.isArray(list) && list.every(isObject) && list.length <= 16 && (index === 2 || list.length >= 1));
  return full && card['v'] === 1 && card['profile'] === 'std-1' && matches(card['rootKey'], hash) && matches(card['prevCardHash'], hash) && whole(card['version'], 1, 100_000)
    && isText(card['name'], 0, 60) && isDate(card['issuedOn']) && matches(rootSignature, /^[0-9a-f]{128}$/) && (previousRootSignature === null || matches(previousRootSignature, /^[0-9a-f]{128}$/));
}

function isChange(value: unknown): boolean {
  const { key, unit, cites, certainty, note } = record(value, ['key', 'unit', 'value', 'cites', 'certainty', 'note']);
  return isText(key, 1, 60) && isText(unit, 1, 60) && Array.isArray(cites) && cites.length >= 1 && cites.length <= 20 && cites.every((one) => isText(one, 1, 60))
    && ['A', 'B', 'C', 'D'].includes(String(certainty)) && (note === null || isText(note, 0, 500));
}

export function isText(value: unknown, least: number, most: number): boolean {
  // eslint-disable-next-line no-control-regex -- as section 1 lists them
  return typeof value === 'string' && value.length <= most && !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(value) && (least === 0 || value.trim() !== '');
}

export function isTotal(value: unknown): boolean {
  return matches(value, /^(?:0|[1-9][0-9]{0,18})$/) && BigInt(String(value)) < 2n ** 63n;
}

export function isMonth(value: unknown): boolean {
  return matches(value, /^(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2])$/);
}

export function isDate(value: unknown): boolean {
  if (!matches(value, /^(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$/)) return false;
  const at = new Date(`${String(value)}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(String(value));
}

export function isInstant(value: unknown): boolean {
  if (!matches(value, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/)) return false;
  const at = new Date(String(value));
  return !Number.isNaN(at.getTime()) && at.toISOString() === value;
}

export function shanghaiDay(instant: string): string {
  return new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10);
}

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

function isTaxpayer(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  if (/^[0-9]{6}[0-9A-Z]{8}[0-9X]$/.test(value) || /^[0-9]{17}[0-9X][0-9]{2}$/.test(value)) return true;
  if (value.length !== 18 || [...value].some((sign) => !alphabet.includes(sign))) return false;
  let [sum, weight] = [0, 1];
  for (const sign of value.slice(0, 17)) {
    sum += alphabet.indexOf(sign) * weight;
    weight = (weight * 3) % 31;
  }
  return value[17] === alphabet[(31 - (sum % 31)) % 31];
}

export type KindForm = { readonly from: readonly string[]; readonly to: readonly string[]; readonly sections: readonly string[] };

/** The table of section 6. */
export function kinds(): Readonly<Record<string, KindForm>> {
  const named = (words: string): string[] => (words.trim() === 'any' ? agencies : words.split(',').map((word) => word.trim()));
  return Object.fromEntries([...page.matchAll(/^\| `([A-Z_]+)` \| ([a-z, ]+) → ([a-z, ]+) \| ([`A-Za-z, ]+) \|$/gm)].map(([, kind = '', from = '', to = '', sections = '']) => [
    kind, { from: named(from), to: named(to), sections: sections.split(',').map((name) => name.trim().replaceAll('`', '')) },
  ]));
}
