/** What the installers would carry, packed here over an empty Electron: the built program, its data, one native file a platform, fuses, and nothing else. */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evaluatedBatches, policyTextsOf } from '../../../electron/eligibility/without-ledger.ts';
import { memorySource } from '../../../electron/platform/byte-source.ts';
import { ensureBuilt, programRoot } from '../../../electron/platform/program-build.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { answersInOrder } from '../../../electron/platform/worker-crew.ts';
import { openRosterBatches } from '../../../electron/roster/without-ledger.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { bytesOf, completeText } from '../../support/roster-rows.ts';
import { done, openProgram, practiceOffice, shellDone } from '../../support/program.ts';
import { fusesOf, stubElectron } from '../../support/stub-electron.ts';

const folder = mkdtempSync(join(tmpdir(), 'liudi-packing-'));

const targets = [
  { name: 'linux x64', run: 'linux', unpacked: 'linux-unpacked', executable: 'liudi', native: 'linux-x64.node' },
  { name: 'linux arm64', run: 'linux', unpacked: 'linux-arm64-unpacked', executable: 'liudi', native: 'linux-arm64.node' },
  { name: 'windows x64', run: 'win32', unpacked: 'win-unpacked', executable: 'liudi.exe', native: 'win32-x64.node' },
] as const;

beforeAll(async () => {
  await ensureBuilt();
  for (const [platform, flags] of [['linux', ['--linux', '--x64', '--arm64']], ['win32', ['--win', '--x64']]] as const) {
    const electronDist = stubElectron(join(folder, `electron-${platform}`), platform);
    const { code, said } = await pack(flags, [`electronDist=${electronDist}`, `directories.output=${join(folder, platform)}`]);
    expect(code, said).toBe(0);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Runs electron-builder to an unpacked folder. @returns its exit code and what it said */
async function pack(flags: readonly string[], overrides: readonly string[]): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(process.execPath, [join(programRoot, 'node_modules/electron-builder/cli.js'), '--dir', '--publish', 'never', ...flags, ...overrides.map((override) => `-c.${override}`)], {
    cwd: programRoot, env: { ...process.env, CI: 'true', CSC_IDENTITY_AUTO_DISCOVERY: 'false' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => { said += chunk.toString(); });
  return { code: await new Promise((resolve) => child.on('close', resolve)), said };
}

test('an unknown word in the configuration is refused by electron-builder\'s own schema', async () => {
  const { code, said } = await pack(['--linux', '--x64'], ['asarUnpackk=x', `directories.output=${join(folder, 'never')}`]);
  expect(code).not.toBe(0);
  expect(said).toContain('asarUnpackk');
  expect(existsSync(join(folder, 'never'))).toBe(false);
});

describe.each(targets)('the $name package', ({ run, unpacked, executable, native }) => {
  const output = join(folder, run);
  const archive = join(output, unpacked, 'resources/app.asar');
  const listed = (): string[] => listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));

  test('carries exactly one native file, outside the archive', () => {
    expect(listed().filter((file) => file.endsWith('.node'))).toEqual([`/node_modules/better-sqlite3/prebuilds/${native}`]);
    expect(globSync('**/*.node', { cwd: join(output, unpacked) }).map((file) => file.replaceAll('\\', '/'))).toEqual([`resources/app.asar.unpacked/node_modules/better-sqlite3/prebuilds/${native}`]);
  });

  test('carries the program and its data, and neither sources, tests nor other libraries', () => {
    const files = listed();
    for (const needed of ['/package.json', '/out/main/main.js', '/out/main/office-worker.js', '/out/main/evaluation-worker.js', '/out/preload/preload.cjs', '/out/renderer/index.html', '/resources/county/default.json', '/resources/policy']) {
      expect(files).toContain(needed);
    }
    const folders = new Set(files.map((file) => file.split('/').slice(1, file.startsWith('/node_modules') ? 3 : 2).join('/')));
    expect([...folders].sort()).toEqual(['node_modules', 'node_modules/better-sqlite3', 'out', 'package.json', 'resources']);
    expect(files.filter((file) => /\.ts$|\.test\.|test-report|\.map$/.test(file))).toEqual([]);
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString()) as { readonly main: string; readonly type: string };
    expect(manifest).toMatchObject({ main: './out/main/main.js', type: 'module' });
  });

  test('is closed: no Node entrance, only its own archive', () => {
    // runAsNode, cookie encryption, NODE_OPTIONS, inspector, archive integrity, archive only, snapshot, file protocol, wasm trap handlers
    expect(fusesOf(join(output, unpacked, executable))).toBe('000011001');
  });

  test('speaks Chinese and carries no other languages but the fallback', () => {
    expect(globSync('locales/*.pak', { cwd: join(output, unpacked) }).map((file) => file.slice(8)).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });
});

test('the built worker evaluates as the source does', async () => {
  const period = taxPeriod('2022-04');
  const reading = await openRosterBatches(memorySource(bytesOf(completeText({}, {}, { endingCredit: 'x' }))), period);
  if (reading.kind === 'refused') throw new Error(reading.code);
  const [batch] = reading.batches as Iterable<unknown>;
  const terms = { period, pack: null, policyTexts: policyTextsOf(checkoutResources), head: reading.head, lines: true, table: true };
  const built = pathToFileURL(join(programRoot, 'out/main/evaluation-worker.js'));
  const answers: unknown[] = [];
  for await (const answer of answersInOrder(built, { kind: 'terms', terms }, [{ kind: 'batch', batch }], { workers: 1, heapMiB: 128 })) answers.push(answer);
  const here: unknown[] = [];
  for await (const evaluated of evaluatedBatches(terms, [batch as never], 0)) here.push(evaluated);
  expect(answers).toEqual(here);
  expect(here).toMatchObject([{ counts: { rejected: 1 } }]);
});

test('the packed program runs: it finds its page, its data, its worker and its native file', async () => {
  const archive = join(folder, 'linux/linux-unpacked/resources/app.asar');
  for (const file of globSync('out/{main,preload}/**/*.{js,cjs}', { cwd: programRoot })) {
    expect(extractFile(archive, file).equals(readFileSync(join(programRoot, file))), file).toBe(true);
  }
  const programDir = join(folder, 'extracted');
  extractAll(archive, programDir);
  const program = await openProgram({ folder, programDir, env: { STANDIN_PACKAGED: '1' } });
  try {
    expect((await shellDone(program.page, 'shell.counties', {})).counties).toContainEqual({ code: '211382', name: '凌源市' });
    await practiceOffice(program, { agency: 'tax', dir: join(folder, 'tax'), as: 'handler' });
    expect(await program.app.evaluate(({ app }) => app.isPackaged)).toBe(true);
    expect((await done(program.page, 'administration.status', {})).head.seq).toBeGreaterThan(0);
  } finally {
    await program.app.close();
  }
});
