/** House style as a test: sizes, names, headings, banned words. */
import { basename } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { filesBelow, productSources, readSource } from './support/source-tree.ts';

const tests = filesBelow(['test'], ['.ts']).map(readSource);
const all = [...productSources, ...tests];
const documents = [...filesBelow(['resources'], ['.md', '.json']), 'README.md', 'ARCHITECTURE.md', 'DECISIONS.md', 'CHANGELOG.md', 'package.json', '.ci/run'].map(readSource);

test('no source file is over 400 lines', () => {
  expect(all.filter((file) => file.lines > 400).map((file) => `${file.path}: ${String(file.lines)}`)).toEqual([]);
});

test('files are named after what they hold', () => {
  const banned = /(?:^|[-/.])(?:utils?|helpers?|common|managers?|misc)(?:[-/.]|$)/;
  expect(all.map((file) => file.path).filter((path) => banned.test(path))).toEqual([]);
  expect(productSources.map((file) => basename(file.path)).filter((name) => !/^(?:[0-9]{4}-)?[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.sql|\.service|\.tables|\.d)?\.ts$|^[A-Z][A-Za-z]+\.vue$/.test(name))).toEqual([]);
});

test('every source file opens by saying what it is for', () => {
  expect(all.filter((file) => file.path.endsWith('.ts') && !file.text.startsWith('/**')).map((file) => file.path)).toEqual([]);
});

test('no test is skipped, focused or left to do', () => {
  const banned = new RegExp(String.raw`\.(?:skip|only|todo|skipIf|runIf|fails)\(`);
  expect(tests.filter((file) => banned.test(file.text) && !file.path.endsWith('tidy.test.ts')).map((file) => file.path)).toEqual([]);
});

test('no spec of the window reads the screen once: what is read is polled, or a helper of test/support waits for it', () => {
  const once = new Set(['innerText', 'textContent', 'allInnerTexts', 'allTextContents', 'count', 'isVisible', 'isHidden', 'isDisabled', 'isEnabled', 'isChecked', 'inputValue', 'waitForTimeout']);
  const polled = (node: ts.Node): boolean => ts.isCallExpression(node) && /^expect\.poll$|\.waitForFunction$/.test(node.expression.getText());
  const readsOnce = (node: ts.Node, waited: boolean): ts.Node[] => {
    const held = waited || polled(node);
    const own = !held && ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && once.has(node.expression.name.text) ? [node] : [];
    return [...own, ...node.getChildren().flatMap((child) => readsOnce(child, held))];
  };
  const found = tests.filter(({ path }) => path.startsWith('test/e2e/')).flatMap(({ path, text }) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    return readsOnce(source, false).map((node) => `${path}:${String(source.getLineAndCharacterOfPosition(node.getStart()).line + 1)} ${node.getText().slice(-60)}`);
  });
  expect(found).toEqual([]);
});

test('nothing is left to do and nothing is any', () => {
  const banned = [/\bTODO\b/, /\bFIXME\b/, /\bXXX\b/, /: any\b/, /\bas any\b(?! other)/, /@ts-ignore/, /@ts-nocheck/, /eslint-disable(?!-next-line)/];
  expect(productSources.flatMap((file) => banned.filter((word) => word.test(file.text)).map((word) => `${file.path}: ${String(word)}`))).toEqual([]);
});

test('a table whose columns stand in one place is written through them and never by a list of its own', () => {
  const named = productSources.flatMap(({ text }) => [...text.matchAll(/recordTable\('(\w+)'/g)].map(([, name = '']) => name));
  expect(named.length).toBeGreaterThan(10);
  const again = new RegExp(String.raw`(?:INSERT INTO|CREATE TABLE) (?:${named.join('|')}) \(`);
  expect(productSources.filter(({ text }) => again.test(text)).map(({ path }) => path)).toEqual([]);
});

test.each([
  ['the reader of amounts', /function fenOf\(/, 'electron/platform/record-table.ts'],
  ['the name of a person', /readOperator\([^)]*\)\?\.name \?\? /, 'electron/administration/administration.sql.ts'],
])('%s stands in one file', (_what, spelling, path) => {
  expect(productSources.filter(({ text }) => spelling.test(text)).map((file) => file.path)).toEqual([path]);
});

test('money never passes through a double', () => {
  const banned = /parseFloat\(|Number\([^)]*(?:[fF]en|[aA]mount|[yY]uan)[^)]*\)|toFixed\(2\)/;
  expect(productSources.filter((file) => banned.test(file.text)).map((file) => file.path)).toEqual([]);
});

test('no path of a machine and no registry host is in the project', () => {
  const banned = /(?:^|[\s"'`(=])\/(?:work|tmp|root|home|usr)\/[a-z]|registry\.[a-z]+\.(?:org|com)|npmmirror/;
  expect([...all, ...documents].filter((file) => !file.path.endsWith('tidy.test.ts') && banned.test(file.text)).map((file) => file.path)).toEqual([]);
});

test('no line of the product is wider than 220 characters, and no line of a test wider than 300', () => {
  const wide = (files: readonly (typeof all)[number][], most: number): string[] =>
    files.filter((file) => file.path.endsWith('.ts')).flatMap((file) => file.text.split('\n').flatMap((line, index) => (line.length > most ? [`${file.path}:${String(index + 1)}`] : [])));
  expect([...wide(productSources, 220), ...wide(tests, 300)]).toEqual([]);
});
