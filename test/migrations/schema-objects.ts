/** The schema as data: what each migration adds, object by object, as SQLite itself stores it. Compared with schema-snapshot.json. */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrations } from '../../electron/migrations/index.ts';
import { openMemory, type Database } from '../../electron/platform/database.ts';

/** Migration (`0002-administration`) → object (`table office`) → its text. */
export type SchemaSnapshot = Readonly<Record<string, Readonly<Record<string, string>>>>;

const file = fileURLToPath(new URL('./schema-snapshot.json', import.meta.url));

export function presentSchema(): SchemaSnapshot {
  const db = openMemory();
  let known: Record<string, string> = {};
  const result: Record<string, Record<string, string>> = {};
  for (const migration of migrations) {
    db.exec(migration.sql);
    const now = objectsOf(db);
    // An object that a later migration alters shows again under that migration, with its new text.
    const added = Object.entries(now).filter(([name, sql]) => known[name] !== sql);
    const removed = Object.keys(known).filter((name) => !Object.hasOwn(now, name)).map((name) => [name, 'removed'] as const);
    result[`${String(migration.version).padStart(4, '0')}-${migration.name}`] = Object.fromEntries([...added, ...removed]);
    known = now;
  }
  db.close();
  return result;
}

export function recordedSchema(): SchemaSnapshot {
  return JSON.parse(readFileSync(file, 'utf8')) as SchemaSnapshot; // written by writeSchema only
}

export function writeSchema(snapshot: SchemaSnapshot): void {
  writeFileSync(file, `${JSON.stringify(snapshot, null, 1)}\n`);
}

export type SchemaDifference = { readonly added: readonly string[]; readonly changed: readonly string[]; readonly removed: readonly string[] };

export function schemaDifference(recorded: SchemaSnapshot, present: SchemaSnapshot): SchemaDifference {
  const [before, after] = [flat(recorded), flat(present)];
  return {
    added: [...after.keys()].filter((name) => !before.has(name)),
    changed: [...after.keys()].filter((name) => before.has(name) && before.get(name) !== after.get(name)),
    removed: [...before.keys()].filter((name) => !after.has(name)),
  };
}

function flat(snapshot: SchemaSnapshot): Map<string, string> {
  return new Map(Object.entries(snapshot).flatMap(([migration, objects]) => Object.entries(objects).map(([name, sql]) => [`${migration}: ${name}`, sql])));
}

function objectsOf(db: Database): Record<string, string> {
  const rows = db.prepare("SELECT type || ' ' || name AS name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name").all();
  return Object.fromEntries(rows.map((row) => [String(row['name']), String(row['sql'])]));
}
