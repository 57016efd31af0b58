/**
 * The form of every kind of entry as data: its name with its version → a digest of the JSON that its facts may be. Once recorded it stays: an entry of
 * that kind and version lies in ledgers. `npm run entry-forms` adds what is new; it takes nothing back.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { canonicalText, type EntryKind } from '../../electron/journal/index.ts';
import { entryKinds } from '../../electron/office/joined.ts';
import { sha256Hex } from '../../electron/platform/hash.ts';

export type EntryForms = Readonly<Record<string, { readonly formerly: readonly string[]; readonly stream: string; readonly facts: string }>>;

const file = fileURLToPath(new URL('./entry-forms.json', import.meta.url));

/** What a schema lets into the log; what only code checks (a sum, a check digit) is not in it. */
function formOf({ formerly = [], stream, facts }: EntryKind): EntryForms[string] {
  const schema = z.toJSONSchema(facts, { io: 'input', unrepresentable: 'any', reused: 'inline' });
  return { formerly, stream, facts: sha256Hex(canonicalText(unordered(schema))).slice(0, 16) };
}

/** The members of a closed set and the names of required fields are sets: their order in the source says nothing. */
function unordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, of]) => [key, (key === 'required' || key === 'enum') && Array.isArray(of) ? (of as readonly string[]).toSorted() : unordered(of)]));
}

export function presentForms(): EntryForms {
  const kinds = [...new Set(entryKinds.values())].sort((a, b) => (a.kind < b.kind ? -1 : 1));
  return Object.fromEntries(kinds.map((kind) => [`${kind.kind}@${String(kind.version)}`, formOf(kind)]));
}

export function recordedForms(): EntryForms {
  return JSON.parse(readFileSync(file, 'utf8')) as EntryForms; // written by this module only
}

/** What was recorded and is not so any more; earlier versions of a kind that stands at a later one are gone from the program and stay recorded. */
export function changedForms(recorded: EntryForms, present: EntryForms): string[] {
  const versions = new Map(Object.keys(present).map((name) => [name.split('@')[0], Number(name.split('@')[1])]));
  return Object.entries(recorded).flatMap(([name, form]) => {
    const [kind = '', version = ''] = name.split('@');
    if ((versions.get(kind) ?? 0) > Number(version)) return [];
    const now = present[name];
    const same = now !== undefined && now.facts === form.facts && now.stream === form.stream && form.formerly.every((former) => now.formerly.includes(former));
    return same ? [] : [name];
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const unreleased = process.argv.includes('--unreleased');
  const recorded: EntryForms = unreleased ? {} : recordedForms();
  const present = presentForms();
  const changed = changedForms(recorded, present);
  if (changed.length > 0) {
    process.stderr.write(`recorded and changed since: ${changed.join(', ')}. Raise the version and add an upcaster.\n`);
    process.exitCode = 1;
  } else writeFileSync(file, `${JSON.stringify({ ...recorded, ...present }, null, 1)}\n`);
}
