/**
 * Finds a Chromium for paper and tests 浏览器: the one named by LIUDI_BROWSER; on Linux x64 the one that comes with npm ci, unpacked once; else an
 * installed Edge or Chrome. The window application needs none of this, it has Electron's own.
 * @source shared spec decisions.md 24
 */
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';

export type Chromium = {
  readonly executable: string;
  readonly origin: 'named' | 'registry' | 'installed';
  /** Flags it always needs here. */
  readonly flags: readonly string[];
};

const registryPackage = '@sparticuz/chromium';

/** @returns null when this machine has none; the caller says so and goes on without */
export async function findChromium(): Promise<Chromium | null> {
  const named = process.env['LIUDI_BROWSER'];
  if (named !== undefined && named !== '') return chromium(named, 'named');
  const unpacked = process.platform === 'linux' && process.arch === 'x64' ? await unpackRegistryChromium() : null;
  if (unpacked !== null) return chromium(unpacked, 'registry');
  const installed = installedBrowsers().find((path) => existsSync(path));
  return installed === undefined ? null : chromium(installed, 'installed');
}

function chromium(executable: string, origin: Chromium['origin']): Chromium {
  // The sandbox of Chromium needs a set-up that the registry's build and a root account do not have.
  const bare = origin === 'registry' || process.getuid?.() === 0;
  const flags = ['--headless', '--disable-gpu', '--no-first-run', '--no-default-browser-check', '--disable-background-networking', '--disable-sync',
    '--disable-component-update', '--host-resolver-rules=MAP * ~NOTFOUND', '--font-render-hinting=none', '--lang=zh-CN', '--no-startup-window'];
  return { executable, origin, flags: bare ? ['--no-sandbox', ...flags] : flags };
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
  renameSync(half, executable);
  return executable;
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
