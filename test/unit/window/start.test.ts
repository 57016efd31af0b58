/** `npm start` on a machine without Electron's binary answers at once; with one it opens it. */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { electronBinary, ensureBuilt, isBuilt, programRoot } from '../../../electron/platform/program-build.ts';
import { temporaryFolder } from '../../support/practice.ts';

/** Where Electron's executable lies below its folder. */
const binaryName = process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';

async function start(dist: string, args: readonly string[] = []): Promise<{ readonly code: number | null; readonly said: string; readonly ms: number }> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--require', join(programRoot, 'electron/need-node.cjs'), join(programRoot, 'electron/start.ts'), ...args], {
    cwd: programRoot, env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: dist },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, said, ms: performance.now() - began };
}

test('without a binary it says so at once, in Chinese and in English, and names what can be run', async () => {
  const { code, said, ms } = await start(temporaryFolder());
  expect(code).toBe(1);
  for (const word of ['没有找到 Electron', 'ELECTRON_OVERRIDE_DIST_PATH', 'npm run demo', 'npm run liudi', 'npm test', 'No Electron binary found']) expect(said).toContain(word);
  expect(ms).toBeLessThan(5_000);
});

describe('with a binary', () => {
  test('its place is Electron\'s own on each system', () => {
    const root = temporaryFolder();
    expect(electronBinary(root)).toBeNull();
    const path = join(root, 'node_modules/electron/dist', binaryName);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '');
    expect(electronBinary(root)).toBe(path);
  });

  test('the program is built, opened with the words given, and its exit is passed on', async () => {
    await ensureBuilt();
    expect(isBuilt()).toBe(true);
    const dist = temporaryFolder();
    const binary = join(dist, binaryName);
    mkdirSync(dirname(binary), { recursive: true });
    writeFileSync(binary, '#!/bin/sh\necho "opened $1 $2"\nexit 7\n');
    chmodSync(binary, 0o755);
    const { code, said } = await start(dist, ['--lang=zh-CN']);
    expect(said).toContain(`opened ${programRoot} --lang=zh-CN`);
    expect(code).toBe(7);
  });
});
