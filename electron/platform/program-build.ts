/**
 * The built program and the binary that opens it 程序与 Electron: whether `out/` is there and newer than the source, building it, and where Electron's own
 * executable is. Downloads nothing and waits for nothing. For `npm start` and the tests; the program itself never needs it.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const programRoot = fileURLToPath(new URL('../../', import.meta.url));

const sources = ['electron/**/*.ts', 'shared/**/*.ts', 'renderer/**/*', 'electron.vite.config.ts', 'package.json'];
const builtFiles = ['out/main/main.js', 'out/main/office-worker.js', 'out/preload/preload.cjs', 'out/renderer/index.html', 'out/fonts/noto-serif-sc/400.css'];

/** Written after a complete build with the time at which it began. */
const stamp = 'out/.built';
const lock = 'out/.building';
/** A lock older than this was left by a build that was killed. */
const lockMsMax = 180_000;

/** Whether `out/` is complete and no source is newer. */
export function isBuilt(root = programRoot): boolean {
  if (!existsSync(join(root, stamp)) || builtFiles.some((file) => !existsSync(join(root, file)))) return false;
  const builtAt = Number(readFileSync(join(root, stamp), 'utf8'));
  return globSync(sources, { cwd: root }).every((file) => statSync(join(root, file)).mtimeMs <= builtAt);
}

/**
 * Builds unless built; when another process is building, waits for it.
 * @param say hears what the build writes
 * @throws Error with the build's own words
 */
export async function ensureBuilt(root = programRoot, say: (text: string) => void = () => undefined): Promise<void> {
  mkdirSync(join(root, 'out'), { recursive: true });
  while (!isBuilt(root)) {
    if (!takeLock(join(root, lock))) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      const began = Date.now();
      await build(root, say);
      writeFileSync(join(root, stamp), String(began));
      return;
    } finally {
      rmSync(join(root, lock), { recursive: true, force: true });
    }
  }
}

function takeLock(path: string): boolean {
  const age = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  if (age !== undefined && Date.now() - age > lockMsMax) rmSync(path, { recursive: true, force: true });
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function build(root: string, say: (text: string) => void): Promise<void> {
  const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
  const child = spawn(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      words = (words + chunk.toString()).slice(-20_000);
      say(chunk.toString());
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`the build ended with ${String(code)}\n${words}`);
}

/** Electron's executable: from ELECTRON_OVERRIDE_DIST_PATH, else as npm's package unpacked it; null when there is none. */
export function electronBinary(root = programRoot): string | null {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(root, 'node_modules/electron/dist');
  const name = process.platform === 'win32' ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron';
  const path = join(dist, name);
  return existsSync(path) ? path : null;
}

/** Opens the program with a binary and waits for its end. @returns its exit code */
export async function openProgram(binary: string, args: readonly string[], root = programRoot): Promise<number> {
  const child = spawn(binary, [root, ...args], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      resolve(code ?? 1);
    });
  });
}
