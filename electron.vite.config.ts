/**
 * The build 构建: main thread with its workers, preload, page, into `out/`. Only better-sqlite3 stays outside (it is native); every other library is
 * bundled. Workers are found where the source names them: `new URL('./x.ts', import.meta.url)`.
 */
import { copyFileSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'electron-vite';
import { rareSheet, slicesIn, type Slice } from './electron/platform/paper-fonts.ts';
import { contract } from './shared/contract.ts';
import { shellContract, shellTopics } from './shared/shell/contract.ts';

const root = import.meta.dirname;

/** Entries of worker threads by the name of their built file; electron/platform/worker-url.ts finds them again. */
function workerEntries(): Record<string, string> {
  const entries: Record<string, string> = {};
  for (const file of globSync('electron/**/*.ts', { cwd: root })) {
    const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    for (const [, named = ''] of text.matchAll(/new URL\('(\.[^']+\.ts)', import\.meta\.url\)/g)) {
      const entry = resolve(root, dirname(file), named);
      const name = basename(entry, '.ts');
      if ((entries[name] ?? entry) !== entry) throw new Error(`two workers are named ${name}`);
      entries[name] = entry;
    }
  }
  return entries;
}

/** Copies the slices of the paper's font that printing puts into pages; the font package itself is not shipped. */
function paperFonts(): { readonly name: string; writeBundle(): void } {
  const source = resolve(root, 'node_modules/@fontsource/noto-serif-sc');
  const target = resolve(root, 'out/fonts/noto-serif-sc');
  return {
    name: 'paper-fonts',
    writeBundle() {
      rmSync(target, { recursive: true, force: true });
      mkdirSync(join(target, 'files'), { recursive: true });
      for (const weight of ['400', '600']) {
        const sheet = readFileSync(join(source, `${weight}.css`), 'utf8');
        writeFileSync(join(target, `${weight}.css`), sheet);
        for (const [, file = ''] of sheet.matchAll(/url\(\.\/(files\/[a-z0-9-]+\.woff2)\)/g)) copyFileSync(join(source, file), join(target, file));
      }
      packRareHan(slicesIn(target, '400.css'));
    },
  };
}

/** The slices of 思源宋体 that hold a character which the paper's font lacks, with their sheet: what is in both is not shipped twice. */
function packRareHan(known: readonly Slice[]): void {
  const source = resolve(root, 'node_modules/@chinese-fonts/syst/dist/SourceHanSerifCN');
  const target = resolve(root, 'out/fonts/rare-han');
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const kept = slicesIn(source, rareSheet).filter((slice) => slice.points().some((point) => !known.some((one) => one.holds(point))));
  for (const { file } of kept) copyFileSync(join(source, file), join(target, file));
  writeFileSync(join(target, rareSheet), kept.map(({ file, range }) => `@font-face{src:url("./${file}");unicode-range:${range};}`).join('\n'));
}

/**
 * The font sheets of screen and paper preview as their packages bring them, made fit for the window: woff2 slices only (the packages also offer woff),
 * shown only when loaded, so that nothing moves on a page that is being read.
 */
export function windowFonts() {
  return {
    name: 'window-fonts',
    enforce: 'pre' as const,
    transform: (sheet: string, id: string): string | null =>
      (/@fontsource\/noto-[a-z-]+\/[0-9]+\.css$/.test(id) ? sheet.replaceAll(/, url\([^)]+\.woff\) format\('woff'\)/g, '').replaceAll('font-display: swap', 'font-display: block') : null),
  };
}

export default defineConfig({
  main: {
    plugins: [paperFonts()],
    build: {
      outDir: 'out/main',
      target: 'node24',
      minify: false,
      sourcemap: false,
      rolldownOptions: {
        input: { main: resolve(root, 'electron/main.ts'), ...workerEntries() },
        // One flat folder: code that looks for a file beside itself finds it from any piece.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    define: {
      bridgeNames: JSON.stringify([...Object.keys(contract), ...Object.keys(shellContract)]),
      bridgeTopics: JSON.stringify(shellTopics),
    },
    build: {
      outDir: 'out/preload',
      // A sandboxed preload is one CommonJS file.
      externalizeDeps: false,
      minify: false,
      rolldownOptions: { input: { preload: resolve(root, 'electron/preload.ts') }, output: { format: 'cjs', entryFileNames: '[name].cjs' } },
    },
  },
  renderer: {
    root: resolve(root, 'renderer'),
    plugins: [windowFonts(), vue()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      target: 'chrome140',
      // The content policy allows fonts and scripts as files only, and no fetch.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2_000,
      rolldownOptions: { input: { index: resolve(root, 'renderer/index.html') } },
    },
  },
});
