/** The schema of released migrations stays as it is; a new object is recorded with `npm run schema-snapshot`. */
import { describe, expect, test } from 'vitest';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrations } from '../../electron/migrations/index.ts';
import { openMemory } from '../../electron/platform/database.ts';
import { presentSchema, recordedSchema, schemaDifference } from './schema-objects.ts';

describe('the schema', () => {
  test('is the recorded one: nothing added, changed or removed (new objects: npm run schema-snapshot)', () => {
    expect(schemaDifference(recordedSchema(), presentSchema())).toEqual({ added: [], changed: [], removed: [] });
  });

  test('a difference is noticed whatever its kind', () => {
    const recorded = { '0001-journal': { 'table a': 'CREATE TABLE a', 'table b': 'CREATE TABLE b' } };
    const present = { '0001-journal': { 'table a': 'CREATE TABLE a (x)' }, '0002-next': { 'table c': 'CREATE TABLE c' } };
    expect(schemaDifference(recorded, present)).toEqual({ added: ['0002-next: table c'], changed: ['0001-journal: table a'], removed: ['0001-journal: table b'] });
  });
});

describe('the table of migrations', () => {
  test('is numbered 1, 2, 3 … and each file stands in it', () => {
    expect(migrations.map((migration) => migration.version)).toEqual(migrations.map((_, index) => index + 1));
    const files = readdirSync(fileURLToPath(new URL('../../electron/migrations/', import.meta.url))).filter((name) => /^\d{4}-/.test(name)).sort();
    expect(files).toEqual(migrations.map((migration) => `${String(migration.version).padStart(4, '0')}-${migration.name}.ts`));
  });

  test('names every table of its schema as state or local, each once', () => {
    const db = openMemory();
    for (const migration of migrations) db.exec(migration.sql);
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all().map((row) => String(row['name']));
    expect(migrations.flatMap((migration) => [...migration.stateTables, ...migration.localTables]).sort()).toEqual(tables);
    db.close();
  });

  test('makes strict tables with a primary key, so that every cell of a rebuild can be compared', () => {
    const db = openMemory();
    for (const migration of migrations) db.exec(migration.sql);
    const lacking = migrations.flatMap((migration) => migration.stateTables).filter((table) => {
      const strict = db.prepare("SELECT strict FROM pragma_table_list WHERE name = @table").get({ table })?.['strict'];
      const keys = db.prepare(`PRAGMA table_info(${table})`).all().filter((column) => column['pk'] !== 0n);
      return strict !== 1n || keys.length === 0;
    });
    expect(lacking).toEqual([]);
    db.close();
  });
});
