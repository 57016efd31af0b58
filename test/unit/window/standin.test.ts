/** The stand-in invents nothing: every public name of it stands in Electron's own types, and a member it lacks throws by name instead of doing nothing. */
import { execFileSync } from 'node:child_process';
import { createHash, createHmac, generateKeyPairSync, getHashes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { programRoot } from '../../../electron/platform/program-build.ts';

const standin = fileURLToPath(new URL('../../support/electron-standin/', import.meta.url));

/** What TypeScript says to a file that picks the given names out of Electron's types. */
function judgement(surface: Readonly<Record<string, readonly string[]>>): string[] {
  const picks = Object.entries(surface).map(([type, names]) => `Pick<${type}, ${names.map((name) => `'${name}'`).join(' | ')}>`);
  const text = `import type * as E from 'electron';\nexport type All = [\n${picks.join(',\n')}\n];\n`;
  const file = join(programRoot, 'test', 'surface-of-the-standin.ts');
  const options: ts.CompilerOptions = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2024, types: [] };
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (name) => name === file || disk.fileExists(name),
    getSourceFile: (name, ...rest) => (name === file ? ts.createSourceFile(name, text, ts.ScriptTarget.ES2024) : disk.getSourceFile(name, ...rest)),
  };
  const program = ts.createProgram([file], options, host);
  const source = program.getSourceFile(file);
  return ts.getPreEmitDiagnostics(program, source).map((fault) => ts.flattenDiagnosticMessageText(fault.messageText, ' '));
}

test('every public name of the stand-in is a name of Electron', () => {
  const surface = JSON.parse(execFileSync(process.execPath, [join(standin, 'surface.mjs')], { encoding: 'utf8', cwd: dirname(standin) })) as Record<string, string[]>;
  expect(Object.values(surface).every((names) => names.length > 0)).toBe(true);
  expect(surface['E.App']).toContain('requestSingleInstanceLock');
  expect(judgement(surface)).toEqual([]);
  expect(judgement({ 'E.App': ['requestSingleInstanceLock', 'inventedHere'] }).join()).toContain('inventedHere');
});

test('a member of Electron that the stand-in lacks throws by name', () => {
  const script = `globalThis.electronStandin = { dir: '.', pkg: {}, args: [] };
    const { app, session, dialog } = await import(${JSON.stringify(new URL('electron.mjs', `file://${standin}`).href)});
    for (const use of [() => app.setLoginItemSettings({}), () => session.fromPartition('x'), () => dialog.showErrorBox('a', 'b')]) {
      try { use(); console.log('did nothing'); } catch (error) { console.log(error.message); }
    }
    process.exit(0);`;
  const said = execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  expect(said.trim().split('\n')).toEqual([
    'electron stand-in has no app.setLoginItemSettings', 'electron stand-in has no session module.fromPartition', 'electron stand-in has no dialog.showErrorBox',
  ]);
});

test('algorithms that Electron\'s crypto lacks are refused under the stand-in, also in worker threads', () => {
  // The control: this Node has them, so nothing here is proved by their absence.
  expect(getHashes()).toContain('sha3-256');
  expect(createHash('sha3-256').update('').digest('hex')).toMatch(/^a7ffc6f8/);
  expect(createHmac('sm3', 'key').update('').digest('hex')).toHaveLength(64);
  expect(generateKeyPairSync('ed448').publicKey.asymmetricKeyType).toBe('ed448');
  const tries = `const c = require('node:crypto'); const out = (use) => { try { use(); return 'works'; } catch (error) { return error.message.slice(0, 19); } };
    [() => c.createHash('sha3-256'), () => c.createHmac('sm3', 'k'), () => c.generateKeyPairSync('ed448'), () => c.createHash('sha256'), () => c.generateKeyPairSync('ed25519')].map(out).join()`;
  const script = `const { Worker } = require('node:worker_threads'); console.log(eval(${JSON.stringify(tries)}));
    new Worker(${JSON.stringify(`console.log(eval(${JSON.stringify(tries)}))`)}, { eval: true });`;
  const said = execFileSync(process.execPath, ['--require', join(standin, 'boringssl.cjs'), '--eval', script], { encoding: 'utf8' });
  const expected = 'electron stand-in: ,electron stand-in: ,electron stand-in: ,works,works';
  expect(said.trim().split('\n')).toEqual([expected, expected]);
});
