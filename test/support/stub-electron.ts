/**
 * Folders that look like an unpacked Electron to electron-builder 空壳: an executable it can rename, edit and set fuses in, and the few files beside it.
 * Nothing in them runs; they let the packing be tried without a download.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { programRoot } from '../../electron/platform/program-build.ts';

/** Marks the fuses in Electron's executable; after it a version, a length and one character a fuse. */
const fuseMark = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
const fuses = Buffer.concat([fuseMark, Buffer.from([1, 9]), Buffer.from('101100011')]);

/** @returns the folder to give as `electronDist` */
export function stubElectron(folder: string, platform: 'linux' | 'win32'): string {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  const { version } = JSON.parse(readFileSync(join(programRoot, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  writeFileSync(join(folder, 'version'), version);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) writeFileSync(join(folder, name), '');
  for (const language of ['zh-CN', 'en-US', 'de']) writeFileSync(join(folder, 'locales', `${language}.pak`), '');
  if (platform === 'linux') writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('\x7fELF'), fuses]), { mode: 0o755 });
  else writeFileSync(join(folder, 'electron.exe'), Buffer.concat([windowsExecutable(), fuses]));
  return folder;
}

type ResEdit = {
  readonly NtExecutable: { createEmpty(is32Bit: boolean, isDll: boolean): { generate(): ArrayBuffer } };
  readonly NtExecutableResource: { from(exe: object): { outputResource(exe: object): void; readonly entries: object[] } };
  readonly Resource: { readonly VersionInfo: { create(given: object): { outputToResourceEntries(entries: object[]): void } } };
};

/** An empty Windows program with a version resource, made by the library electron-builder edits it with. */
function windowsExecutable(): Buffer {
  const { NtExecutable, NtExecutableResource, Resource } = createRequire(join(programRoot, 'node_modules/app-builder-lib/package.json'))('resedit') as ResEdit;
  const exe = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(exe);
  const language = { lang: 1033, codepage: 1200 };
  Resource.VersionInfo.create({ lang: language.lang, fixedInfo: {}, strings: [{ ...language, values: { ProductName: 'stub' } }] }).outputToResourceEntries(resources.entries);
  resources.outputResource(exe);
  return Buffer.from(exe.generate());
}

/** The fuses set in a packed executable, in their order: `1` on, `0` off. */
export function fusesOf(executable: string): string {
  const bytes = readFileSync(executable);
  const at = bytes.indexOf(fuseMark) + fuseMark.length;
  return bytes.subarray(at + 2, at + 2 + (bytes[at + 1] ?? 0)).toString();
}
