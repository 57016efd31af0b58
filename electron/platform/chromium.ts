/**
 * Finds a Chromium for paper and tests 浏览器: the one named by LIUDI_BROWSER; on Linux x64 the one that comes with npm ci, unpacked once; else an
 * installed Edge or Chrome. The window application needs none of this, it has Electron's own.
 * @source shared spec decisions.md 24
 */
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync, createBrotliDecompress } from 'node:zlib';
import { tarFiles } from './tar-files.ts';

export type Chromium = {
  readonly executable: string;
  readonly origin: 'named' | 'registry' | 'installed';
  /** Flags it always needs here. */
  readonly flags: readonly string[];
  /** Variables it needs beside those of this process. */
  readonly env: Readonly<Record<string, string>>;
};

const registryPackage = '@sparticuz/chromium';

/** @returns null when this machine has none; the caller says so and goes on without */
export async function findChromium(): Promise<Chromium | null> {
  const named = process.env['LIUDI_BROWSER'];
  if (named !== undefined && named !== '') return chromium(named, 'named');
  const unpacked = process.platform === 'linux' && process.arch === 'x64' ? await unpackRegistryChromium() : null;
  if (unpacked !== null) return chromium(unpacked, 'registry', librariesFor(unpacked));
  const installed = installedBrowsers().find((path) => existsSync(path));
  return installed === undefined ? null : chromium(installed, 'installed');
}

function chromium(executable: string, origin: Chromium['origin'], env: Chromium['env'] = {}): Chromium {
  // The sandbox of Chromium needs a set-up that the registry's build and a root account do not have.
  const bare = origin === 'registry' || process.getuid?.() === 0;
  const flags = ['--headless', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-sync',
    '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND', '--font-render-hinting=none', '--lang=zh-CN', '--no-startup-window'];
  return { executable, origin, env, flags: bare ? ['--no-sandbox', ...flags] : flags };
}

/** Unpacks the browser of the registry package below node_modules/.cache; null when the package was not installed. */
async function unpackRegistryChromium(): Promise<string | null> {
  const home = packageFolder();
  if (home === null) return null;
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = join(dirname(dirname(home)), '.cache', `liudi-chromium-${version}`);
  const executable = join(folder, 'chromium');
  if (existsSync(executable)) return executable;
  mkdirSync(folder, { recursive: true });
  // Several tests may unpack at once: each writes its own file and the last rename wins with the same bytes.
  const half = `${executable}.${String(process.pid)}.part`;
  await pipeline(createReadStream(join(home, 'bin', 'chromium.br')), createBrotliDecompress(), createWriteStream(half, { mode: 0o755 }));
  unpackLibraries(join(home, 'bin', 'al2023.tar.br'), join(folder, libraryFolder));
  renameSync(half, executable);
  return executable;
}

const libraryFolder = 'lib';

/** The few shared libraries that a bare Linux lacks (NSS, NSPR, expat), which the package brings along. */
export function unpackLibraries(archive: string, folder: string): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of tarFiles(brotliDecompressSync(readFileSync(archive)))) {
    const target = join(folder, basename(name));
    writeFileSync(`${target}.${String(process.pid)}.part`, bytes, { mode: 0o755 });
    renameSync(`${target}.${String(process.pid)}.part`, target);
  }
}

/** Nothing where the system has its own libraries; otherwise the variable that points to those unpacked beside the browser. */
function librariesFor(executable: string): Readonly<Record<string, string>> {
  if (spawnSync(executable, ['--version'], { stdio: 'ignore', timeout: 10_000 }).status === 0) return {};
  return { LD_LIBRARY_PATH: join(dirname(executable), libraryFolder) };
}

/** The folder of the package; its entry lies in `build/esm`. */
function packageFolder(): string | null {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve(registryPackage))), '../..');
  } catch {
    // it is a development package: an installation without those has none
    return null;
  }
}

function installedBrowsers(): string[] {
  if (process.platform === 'win32') {
    const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'LocalAppData'].flatMap((name) => process.env[name] ?? []);
    return bases.flatMap((base) => [join(base, 'Microsoft/Edge/Application/msedge.exe'), join(base, 'Google/Chrome/Application/chrome.exe')]);
  }
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Microsoft Edge', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge-stable', 'microsoft-edge'];
  const places = (process.env['PATH'] ?? '').split(delimiter).filter((place) => place !== '');
  return names.flatMap((name) => places.map((place) => join(place, name)));
}
