/** What the program accepts from a page before any operation is looked at: sender, size, form; and which files it hands to one. */
import fc from 'fast-check';
import { resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appFileOf, contentSecurityPolicy, isInside, startPage } from '../../../electron/platform/app-files.ts';
import { isLoadable } from '../../../electron/platform/guards.ts';
import { exportedBytesMax } from '../../../shared/reports/export-contract.ts';
import { isOwnPage, readRequest, requestBytesMax } from '../../../electron/platform/request.ts';

describe('a request is heard only from the topmost frame of our own page', () => {
  test.each([
    ['the page', { url: startPage, topmost: true }, true],
    ['the page on one of its routes', { url: `${startPage}#/roster`, topmost: true }, true],
    ['a frame inside the page', { url: startPage, topmost: false }, false],
    ['another file of ours', { url: 'app://liudi/assets/index.js', topmost: true }, false],
    ['a page to be printed', { url: 'app://print/00', topmost: true }, false],
    ['a look-alike host', { url: 'app://liudi.example/index.html', topmost: true }, false],
    ['a look-alike scheme', { url: 'https://liudi/index.html', topmost: true }, false],
    ['the page with a query', { url: `${startPage}?x=1`, topmost: true }, false],
    ['a blank page', { url: 'about:blank', topmost: true }, false],
    ['a frame that is gone', null, false],
  ])('%s', (_what, frame, heard) => {
    expect(isOwnPage(frame)).toBe(heard);
  });
});

describe('a request is a name and JSON text, nothing else', () => {
  test.each([
    ['a name and an input', ['roster.list', '{"period":"2022-04"}'], 'request'],
    ['no arguments', [], 'REQUEST_MALFORMED'],
    ['one argument', ['roster.list'], 'REQUEST_MALFORMED'],
    ['an extra argument', ['roster.list', '{}', '{}'], 'REQUEST_MALFORMED'],
    ['a name that is no text', [{ toString: 'roster.list' }, '{}'], 'REQUEST_MALFORMED'],
    ['an input that is no text', ['roster.list', { period: '2022-04' }], 'REQUEST_MALFORMED'],
    ['text that is no JSON', ['roster.list', '{period}'], 'REQUEST_MALFORMED'],
    ['a prototype key', ['roster.list', '{"__proto__":{"period":"2022-04"}}'], 'REQUEST_MALFORMED'],
    ['a prototype key far inside', ['roster.list', '{"a":[{"constructor":{"prototype":1}}]}'], 'REQUEST_MALFORMED'],
    ['a name longer than any', ['x'.repeat(101), '{}'], 'REQUEST_MALFORMED'],
    ['an input of a megabyte and a byte', ['roster.list', `"${'x'.repeat(requestBytesMax - 1)}"`], 'REQUEST_TOO_LARGE'],
    ['a megabyte of Chinese in fewer characters', ['roster.list', `"${'汉'.repeat(400_000)}"`], 'REQUEST_TOO_LARGE'],
    ['a table of some megabytes for export', ['reports.exportTable', `"${'x'.repeat(3 * requestBytesMax)}"`], 'request'],
    ['a table for export beyond every list', ['reports.exportTable', `"${'x'.repeat(exportedBytesMax - 1)}"`], 'REQUEST_TOO_LARGE'],
    ['an input nested half a million deep', ['roster.list', '['.repeat(500_000)], 'REQUEST_MALFORMED'],
  ])('%s', (_what, parts, expected) => {
    const read = readRequest(parts);
    expect(read.kind === 'request' ? 'request' : read.code).toBe(expected);
  });

  test('any JSON that is small enough comes through as it was', () => {
    fc.assert(fc.property(fc.jsonValue({ noUnicodeString: false }).filter((value) => !/__proto__|constructor|prototype/.test(JSON.stringify(value))), (value) => {
      const text = JSON.stringify(value);
      expect(readRequest(['x', text])).toEqual({ kind: 'request', name: 'x', input: JSON.parse(text) as unknown });
    }), { numRuns: 300 });
  });
});

describe('a file is served only from inside the page\'s folder', () => {
  const folder = resolve('page');
  test.each([
    ['app://liudi/index.html', 'index.html'],
    ['app://liudi/assets/a.js', `assets${sep}a.js`],
    ['app://liudi/assets/%E5%AD%97.woff2', `assets${sep}字.woff2`],
    ['app://liudi/../index.html', 'index.html'],
    ['app://liudi/%2e%2e/index.html', 'index.html'],
    ['app://liudi/..%2f..%2fpackage.json', 403],
    ['app://liudi/..%2Fmain%2Fmain.js', 403],
    ['app://liudi/..%5c..%5cpackage.json', 400],
    ['app://liudi/a%00.html', 400],
    ['app://liudi/C:/Windows/win.html', 400],
    ['app://liudi/%zz.html', 400],
    ['app://liudi/', 403],
    ['app://liudi/assets', 404],
    ['app://liudi/secrets.db', 404],
    ['app://liudi/index.html.map', 404],
    ['app://other/index.html', 400],
    ['app://user@liudi/index.html', 'index.html'],
    ['file:///etc/passwd', 400],
    ['not an address', 400],
  ])('%s', (url, expected) => {
    const answer = appFileOf(folder, 'GET', url);
    expect(answer.kind === 'file' ? answer.path.slice(folder.length + 1) : answer.status).toBe(expected);
  });

  test('whatever the address, a file named lies inside', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '/', '//', 'a', 'index.html', '%00', ':', '~', '%252e', '.js', '\\');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const answer = appFileOf(folder, 'GET', `app://liudi/${pieces.join('')}`);
      expect(answer.kind === 'refused' || isInside(folder, answer.path)).toBe(true);
    }), { numRuns: 3000 });
  });

  test('nothing is written to it', () => {
    expect(appFileOf(folder, 'POST', startPage)).toEqual({ kind: 'refused', status: 405 });
  });

  test('every answer carries the exact policy', () => {
    expect(contentSecurityPolicy).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    const answer = appFileOf(folder, 'GET', startPage);
    expect(answer.kind === 'file' && answer.headers['content-security-policy']).toBe(contentSecurityPolicy);
  });
});

test.each([
  ['app://liudi/index.html', true], ['data:image/png;base64,AA==', true], ['https://example.com/', false], ['http://127.0.0.1/', false], ['file:///etc/passwd', false],
  ['ws://example.com/', false], ['blob:app://liudi/0', false], ['devtools://devtools/x', false], ['javascript:alert(1)', false], ['', false],
])('of addresses, the session lets through only our own and pictures in place: %s', (url, allowed) => {
  expect(isLoadable(url)).toBe(allowed);
});
