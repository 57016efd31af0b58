/** Closed tables are complete: what a member still lacks is named here. Rules of the policy packs have their own page in unit/eligibility. */
import { describe, expect, test } from 'vitest';
import { contract } from '../shared/contract.ts';
import { errorTable } from '../shared/error-table.ts';
import type { ErrorRow } from '../shared/kernel/errors.ts';
import type { Operation } from '../shared/kernel/operation.ts';
import * as sharedCapabilities from '../shared/capabilities.ts';
import { capabilityOf, listed } from '../shared/joined.ts';
import { packageKinds } from '../shared/exchange/kinds.ts';
import * as capabilities from '../electron/office/capabilities.ts';
import { gifted, handlers, needed } from '../electron/office/handlers.ts';
import { logTableNames, makeTables, stateTableNames } from '../electron/journal/index.ts';
import { entryKinds, ledgerForm } from '../electron/office/joined.ts';
import { openMemory } from '../electron/platform/database.ts';
import { verbs } from '../electron/cli/verbs.ts';
import { capabilityLayers, filesBelow, productSources, readSource } from './support/source-tree.ts';

const operations = Object.entries(contract) as [string, Operation][];
const refusals = Object.entries(errorTable) as [string, ErrorRow][];
const chinese = /[\u4e00-\u9fff]/;
/** First words that an operation or an entry kind may have. */
const capabilityNames = new Set(listed.flatMap(({ names }) => Object.keys(names)));

describe('capabilities', () => {
  const folders = (side: string): string[] => filesBelow([side], ['/capability.ts']).map((path) => path.split('/')[1] ?? '').filter((name) => !['kernel', 'journal'].includes(name));

  test('every folder with a manifest is listed once, under its own name, on both sides', () => {
    expect(Object.keys(capabilities).sort()).toEqual(folders('electron').sort());
    expect(capabilityLayers.flat().toSorted()).toEqual(['journal', ...folders('electron')].sort());
    expect(Object.keys(sharedCapabilities).sort()).toEqual(folders('shared').sort());
    expect(Object.entries(sharedCapabilities).filter(([name, { names }]) => !Object.hasOwn(names, name)).map(([name]) => name)).toEqual([]);
  });

  test('a capability has the facts of its own name, and only entries and tables of its own', () => {
    const faulty = Object.entries(capabilities).flatMap(([name, { facts, entries, tables }]) => [
      ...entries.filter(({ kind }) => !Object.hasOwn(facts.names, kind.split('.')[0] ?? '')).map(({ kind }) => `${name}: ${kind}`),
      ...(facts === sharedCapabilities[name as keyof typeof sharedCapabilities] ? [] : [`${name}: the facts of another`]),
      ...tables.filter(({ capability }) => capability !== name).map(({ capability }) => `${name}: tables of ${capability}`),
    ]);
    expect(faulty).toEqual([]);
  });

  test('the tables stand in the order of names, however a program is built, so that one state has one version', () => {
    const order = ledgerForm.tables.map(({ capability }) => capability);
    expect(order).toEqual([...order].sort());
  });

  test('what a capability needs is given by another once, and nothing is given that nobody needs', () => {
    expect([...gifted].sort()).toEqual([...new Set(needed)].sort());
  });

  test('the operations of a capability are named after it', () => {
    const strangers = listed.flatMap(({ names, contract: own }) => Object.keys(own).filter((name) => !Object.hasOwn(names, name.split('.')[0] ?? '')));
    expect(strangers).toEqual([]);
  });
});

describe('operations', () => {
  test('every operation has a handler, and every handler an operation', () => {
    expect(Object.keys(handlers).sort()).toEqual(Object.keys(contract).sort());
  });

  test('names are capability.act, titles are Chinese', () => {
    expect(operations.filter(([name]) => !/^[a-z]+\.[a-z][A-Za-z]+$/.test(name) || !capabilityNames.has(name.split('.')[0] ?? '')).map(([name]) => name)).toEqual([]);
    expect(operations.filter(([, row]) => !chinese.test(row.title)).map(([name]) => name)).toEqual([]);
  });

  test('the refusals an operation names are rows of the error table', () => {
    expect(operations.flatMap(([name, row]) => row.errors.filter((code) => !Object.hasOwn(errorTable, code)).map((code) => `${name}: ${code}`))).toEqual([]);
  });

  test('inputs refuse unknown fields', () => {
    const lenient = operations.filter(([, row]) => row.input.safeDecode({ 'no-such-field': 1 }).success).map(([name]) => name);
    expect(lenient).toEqual([]);
  });
});

describe('refusals', () => {
  test('keys are SCREAMING_SNAKE and sentences Chinese, without the final mark', () => {
    const faulty = refusals.filter(([key, row]) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(key) || !chinese.test(row.says) || !chinese.test(row.next) || /[。.]$/.test(row.says + row.next));
    expect(faulty.map(([key]) => key)).toEqual([]);
  });

  test('no message speaks of 我们, blames, deletes or merges', () => {
    expect(refusals.filter(([, row]) => /我们|咱们|你的错|删除|合并/.test(row.says + row.next)).map(([key]) => key)).toEqual([]);
  });

  test('every row of the table is used somewhere', () => {
    const text = productSources.filter((file) => !/^shared\/[a-z]+\/errors\.ts$/.test(file.path)).map((file) => file.text).join('\n');
    expect(refusals.map(([key]) => key).filter((key) => !new RegExp(`['"]${key}['"]`).test(text))).toEqual([]);
  });

  test('placeholders are plain words', () => {
    expect(refusals.filter(([, row]) => /\{(?![a-zA-Z]+\})/.test(row.says + row.next)).map(([key]) => key)).toEqual([]);
  });
});

describe('journal and tables', () => {
  test('entry kinds are an act of their capability, named as operations are, and titled in Chinese', () => {
    const faulty = [...entryKinds.values()].filter(({ kind, title, version }) =>
      !/^[a-z]+\.[a-z][a-zA-Z]*$/.test(kind) || !capabilityNames.has(kind.split('.')[0] ?? '') || !chinese.test(title) || version < 1);
    expect(faulty.map((row) => row.kind)).toEqual([]);
  });

  test('a kind of a later version lifts every older one', () => {
    const older = (version: number): number[] => Array.from({ length: version - 1 }, (_, index) => index + 1);
    const gaps = [...entryKinds.values()].flatMap((row) => older(row.version).filter((from) => row.upcast?.[from] === undefined).map((from) => `${row.kind} ${String(from)}`));
    expect(gaps).toEqual([]);
  });

  test('every table is listed by the step or the capability that makes it, is STRICT and has a primary key', () => {
    expect(ledgerForm.log.map((step) => step.version)).toEqual([...new Set(ledgerForm.log.map((step) => step.version))].sort((a, b) => a - b));
    const db = openMemory();
    makeTables(db, ledgerForm);
    const lists = db.prepare("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name").all();
    expect(lists.map((row) => String(row['name']))).toEqual([...logTableNames(ledgerForm), ...stateTableNames(ledgerForm)].sort());
    expect(lists.filter((row) => row['strict'] !== 1n).map((row) => row['name'])).toEqual([]);
    const keyless = stateTableNames(ledgerForm).filter((table) => db.prepare(`SELECT count(*) AS n FROM pragma_table_info('${table}') WHERE pk > 0`).get()?.['n'] === 0n);
    expect(keyless).toEqual([]);
    db.close();
  });

  test('every file of the log schema is a step of it, in literal SQL', () => {
    const files = productSources.filter((file) => /^electron\/log-schema\/[0-9]{4}-/.test(file.path));
    expect(files.map((file) => Number(file.path.slice('electron/log-schema/'.length).slice(0, 4)))).toEqual(ledgerForm.log.map((step) => step.version));
    expect(files.filter((file) => file.text.includes('${') || file.imports.some((arrow) => !arrow.typeOnly)).map((file) => file.path)).toEqual([]);
  });

  test('tables that cannot be rebuilt are listed in ARCHITECTURE.md', () => {
    const page = readSource('ARCHITECTURE.md').text;
    expect(logTableNames(ledgerForm).filter((table) => !page.includes(`\`${table}\``))).toEqual([]);
  });
});

describe('vocabulary', () => {
  test('every capability folder and every operation has its official term', () => {
    const folders = new Set(productSources.filter((file) => /^electron\/[a-z]+\/[a-z-.]+\.ts$/.test(file.path)).map((file) => file.path.split('/')[1] ?? ''));
    const rooms = new Set(['platform', 'log-schema', 'office', 'cli', 'demo']);
    expect([...folders].filter((folder) => !rooms.has(folder) && capabilityOf(folder) === null)).toEqual([]);
    expect(operations.map(([name]) => name).filter((name) => capabilityOf(name) === null)).toEqual([]);
  });

  test('terms are Chinese, and no word stands for two things', () => {
    const terms = listed.flatMap((capability) => Object.entries(capability.terms ?? {}));
    const rows = [...terms, ...listed.flatMap(({ names }) => Object.entries(names))];
    expect(rows.filter(([, term]) => !chinese.test(term.zh) || term.source.length < 2).map(([name]) => name)).toEqual([]);
    const words = terms.map(([, term]) => term.zh);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test('the labels of a closed set are Chinese and tell its members apart', () => {
    for (const [set, names] of listed.flatMap(({ labels }) => Object.entries(labels ?? {}))) {
      const words = Object.values(names);
      expect(words.filter((word) => !chinese.test(word)), set).toEqual([]);
      expect(new Set(words).size, set).toBe(words.length);
    }
  });
});

describe('the rest', () => {
  test('verbs have one name each and a Chinese sentence', () => {
    expect(new Set(verbs.map((verb) => verb.name)).size).toBe(verbs.length);
    expect(verbs.filter((verb) => !chinese.test(verb.says)).map((verb) => verb.name)).toEqual([]);
  });

  test('every verb stands in README or in the help that README names', () => {
    expect(readSource('README.md').text).toContain('npm run -s liudi -- help');
  });

  test('package kinds have a Chinese name and at least one sender and recipient', () => {
    expect(Object.entries(packageKinds).filter(([, row]) => !chinese.test(row.title) || row.from.length === 0 || row.to.length === 0).map(([name]) => name)).toEqual([]);
  });

  test('every dependency has a line in DECISIONS.md', () => {
    const packages = JSON.parse(readSource('package.json').text) as { dependencies: Record<string, string>; devDependencies: Record<string, string> };
    const page = readSource('DECISIONS.md').text;
    const names = [...Object.keys(packages.dependencies), ...Object.keys(packages.devDependencies)].filter((name) => !name.startsWith('@types/'));
    expect(names.filter((name) => !page.includes(name === 'typescript' ? 'TypeScript' : name))).toEqual([]);
    expect([...Object.values(packages.dependencies), ...Object.values(packages.devDependencies)].filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test('every text resource is valid JSON or Markdown', () => {
    for (const path of filesBelow(['resources'], ['.json'])) expect(() => JSON.parse(readSource(path).text) as unknown, path).not.toThrow();
  });
});
