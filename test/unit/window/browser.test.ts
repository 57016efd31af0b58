/** The browser for paper and tests is found, and runs also where the system has none of the libraries it needs. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findChromium, unpackLibraries } from '../../../electron/platform/chromium.ts';
import { temporaryFolder } from '../../support/practice.ts';

test('a browser is found on this machine, and it answers', async () => {
  const found = await findChromium();
  expect(found).not.toBeNull();
  expect(existsSync(found?.executable ?? '')).toBe(true);
});

test('the one a person names comes first', async () => {
  process.env['LIUDI_BROWSER'] = 'named-browser';
  try {
    expect(await findChromium()).toMatchObject({ executable: 'named-browser', origin: 'named' });
  } finally {
    delete process.env['LIUDI_BROWSER'];
  }
});

test('the libraries that came with it are those it asks for', () => {
  const folder = temporaryFolder();
  unpackLibraries(join(dirname(fileURLToPath(import.meta.resolve('@sparticuz/chromium'))), '../../bin/al2023.tar.br'), folder);
  for (const name of ['libnss3.so', 'libnssutil3.so', 'libnspr4.so', 'libplc4.so', 'libplds4.so', 'libexpat.so.1']) expect(readdirSync(folder)).toContain(name);
  // Any program of this machine must still start with them in front: they are whole files.
  expect(spawnSync(process.execPath, ['--version'], { env: { ...process.env, LD_LIBRARY_PATH: folder } }).status).toBe(0);
});
