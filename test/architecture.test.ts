/** The arrows of the house: who may import whom. The table of layers stands in test/support/source-tree.ts. */
import { expect, test } from 'vitest';
import { layerOf, productSources, type SourceFile } from './support/source-tree.ts';

const compositionRoots = new Set(['electron/main.ts', 'electron/cli.ts', 'electron/preload.ts']);
const rootFiles = new Set(['electron/cli.ts', 'electron/main.ts']);
const sharedLibraries = new Set(['zod', 'decimal.js']);

function faults(check: (file: SourceFile) => string[]): string[] {
  return productSources.flatMap((file) => check(file).map((fault) => `${file.path}: ${fault}`));
}

test('shared knows only shared, zod and decimal.js', () => {
  expect(
    faults((file) =>
      file.path.startsWith('shared/')
        ? file.imports.filter((arrow) => (arrow.target === null ? !sharedLibraries.has(arrow.specifier) : !arrow.target.startsWith('shared/'))).map((arrow) => arrow.specifier)
        : [],
    ),
  ).toEqual([]);
});

test('shared reads no clock and no chance', () => {
  expect(faults((file) => (file.path.startsWith('shared/') ? (file.text.match(/Date\.now|Math\.random|new Date\(\)|performance\./g) ?? []) : []))).toEqual([]);
});

test('only platform and the composition roots touch node, electron and better-sqlite3', () => {
  expect(
    faults((file) =>
      file.path.startsWith('electron/') && !file.path.startsWith('electron/platform/') && !compositionRoots.has(file.path)
        ? file.imports.map((arrow) => arrow.specifier).filter((specifier) => specifier.startsWith('node:') || specifier === 'electron' || specifier === 'better-sqlite3')
        : [],
    ),
  ).toEqual([]);
});

test('node:crypto gives hashes, randomness and scrypt, nothing that BoringSSL may lack', () => {
  const allowed = new Set(['createHash', 'randomBytes', 'scryptSync', 'timingSafeEqual']);
  expect(
    faults((file) => {
      const match = /import \{([^}]*)\} from 'node:crypto'/.exec(file.text);
      const named = match === null ? [] : (match[1] ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');
      const star = /import (?:\* as )?\w+ from 'node:crypto'/.test(file.text) ? ['whole module'] : [];
      return [...named.filter((name) => !allowed.has(name)), ...star];
    }),
  ).toEqual([]);
});

test('electron never imports renderer, and renderer never imports electron', () => {
  expect(
    faults((file) => {
      const other = file.path.startsWith('electron/') ? 'renderer/' : file.path.startsWith('renderer/') ? 'electron/' : null;
      return other === null ? [] : file.imports.filter((arrow) => arrow.target?.startsWith(other) === true).map((arrow) => arrow.specifier);
    }),
  ).toEqual([]);
});

/** A capability's door, and its door for threads and commands that hold no ledger. */
const doors = new Set(['index.ts', 'without-ledger.ts']);

test('a capability reaches others only through their doors, and only downwards', () => {
  expect(
    faults((file) => {
      const [side, own = ''] = file.path.split('/');
      if (side !== 'electron' || layerOf(own) < 0) return [];
      return file.imports.flatMap((arrow) => {
        const [targetSide, target = '', ...rest] = arrow.target?.split('/') ?? [];
        if (targetSide !== 'electron' || layerOf(target) < 0 || target === own) return [];
        const faultsHere: string[] = [];
        if (!doors.has(rest.join('/'))) faultsHere.push(`past the door of ${target}: ${arrow.specifier}`);
        if (layerOf(target) >= layerOf(own)) faultsHere.push(`upwards to ${target}`);
        return faultsHere;
      });
    }),
  ).toEqual([]);
});

test('the root files of electron know capabilities, never the other way round', () => {
  expect(
    faults((file) => {
      const [side, own = ''] = file.path.split('/');
      if (side !== 'electron' || layerOf(own) < 0) return [];
      const upwards = (target: string): boolean => rootFiles.has(target) || target.startsWith('electron/office/') || target.startsWith('electron/cli/') || target.startsWith('electron/demo/');
      return file.imports.filter((arrow) => !arrow.typeOnly && arrow.target !== null && upwards(arrow.target)).map((arrow) => arrow.specifier);
    }),
  ).toEqual([]);
});

test('no file imports itself in a circle', () => {
  const arrows = new Map(productSources.map((file) => [file.path, file.imports.filter((arrow) => !arrow.typeOnly && arrow.target !== null).map((arrow) => arrow.target ?? '')]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      circles.push([...trail.slice(at), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const target of arrows.get(path) ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const path of arrows.keys()) visit(path, []);
  expect(circles).toEqual([]);
});

const heavy = ['shared/joined.ts', 'electron/platform/keystore.ts', 'electron/office/office.ts'];

test.each([
  ['electron/roster/roster-worker.ts', heavy], ['electron/exchange/content-worker.ts', heavy],
  ['electron/eligibility/evaluation-worker.ts', [...heavy, 'electron/platform/database.ts', 'electron/platform/workbook-writer.ts']],
  ['electron/eligibility/assessment-worker.ts', [...heavy, 'electron/platform/database.ts', 'electron/platform/workbook-writer.ts']],
  ['electron/eligibility/without-ledger.ts', [...heavy, 'electron/platform/database.ts', 'electron/platform/workbook-writer.ts']],
])('%s starts light: no table of operations or refusals, no keys, no office, and where it needs none no database', (entry, unwanted) => {
  const arrows = new Map(productSources.map((file) => [file.path, file.imports.filter((arrow) => !arrow.typeOnly && arrow.target !== null).map((arrow) => arrow.target ?? '')]));
  const reached = new Set([entry]);
  for (const path of reached) for (const target of arrows.get(path) ?? []) reached.add(target);
  expect(unwanted.filter((file) => reached.has(file))).toEqual([]);
  expect(reached.size).toBeGreaterThan(10);
});

test('退库 has one folder name on every side', () => {
  const folders = new Set(productSources.flatMap((file) => (file.path.split('/').length > 2 ? [file.path.split('/')[1] ?? ''] : [])));
  expect([...folders].filter((name) => /refund-?treasury|tuiku|payout|payment/.test(name))).toEqual([]);
  expect(folders.has('treasury')).toBe(true);
});
