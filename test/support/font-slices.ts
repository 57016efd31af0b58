/**
 * The font sheets of screen and paper preview, made from the @fontsource packages: woff2 slices only (the packages also offer woff), shown only when
 * loaded. Run directly it rewrites the sheets; a test compares, so that a new package version cannot go unnoticed.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './source-tree.ts';

/** Weights in use: text, and what stands out. */
const weights = [400, 600];

const families = {
  'renderer/look/fonts.css': { family: 'Noto Sans SC', folder: 'noto-sans-sc' },
  'renderer/reports/paper-fonts.css': { family: 'Noto Serif SC', folder: 'noto-serif-sc' },
} as const;

export type FontSheetPath = keyof typeof families;
export const fontSheetPaths = Object.keys(families) as readonly FontSheetPath[]; // the keys of a closed table

/** The sheet as it must stand in the project. */
export function fontSheet(path: FontSheetPath): string {
  const { family, folder } = families[path];
  const head = `/* Made by test/support/font-slices.ts from @fontsource/${folder}: woff2 slices by unicode-range, read from the application itself. */\n`;
  return head + weights.map((weight) => facesOf(family, folder, weight)).join('');
}

function facesOf(family: string, folder: string, weight: number): string {
  const sheet = readFileSync(join(root, `node_modules/@fontsource/${folder}/${String(weight)}.css`), 'utf8');
  return [...sheet.matchAll(/url\(\.\/(files\/[^)]+\.woff2)\)[\s\S]*?unicode-range: ([^;]+);/g)]
    .map(([, file = '', range = '']) => `@font-face{font-family:'${family}';font-weight:${String(weight)};font-display:block;src:url(@fontsource/${folder}/${file})format('woff2');unicode-range:${range}}\n`)
    .join('');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) for (const path of fontSheetPaths) writeFileSync(join(root, path), fontSheet(path));
