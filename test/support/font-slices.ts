/**
 * The font sheet of the screen, made from the @fontsource packages: woff2 slices only (the packages also offer woff), shown only when loaded.
 * Run directly it rewrites renderer/look/fonts.css; a test compares, so that a new package version cannot go unnoticed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './source-tree.ts';

/** Weights in use: text, and what stands out. */
const weights = [400, 600];
export const fontSheetPath = 'renderer/look/fonts.css';

/** The sheet as it must stand in the project. */
export function fontSheet(): string {
  const head = '/* Made by test/support/font-slices.ts from @fontsource/noto-sans-sc: woff2 slices by unicode-range, read from the application itself. */\n';
  return head + weights.map((weight) => facesOf(weight)).join('');
}

function facesOf(weight: number): string {
  const sheet = readFileSync(join(root, `node_modules/@fontsource/noto-sans-sc/${String(weight)}.css`), 'utf8');
  return [...sheet.matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)[\s\S]*?unicode-range: ([^;]+);/g)]
    .map(([, file = '', range = '']) => `@font-face{font-family:'Noto Sans SC';font-weight:${String(weight)};font-display:block;src:url(@fontsource/noto-sans-sc/${file})format('woff2');unicode-range:${range}}\n`)
    .join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, fontSheetPath), fontSheet());
