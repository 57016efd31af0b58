/**
 * The fonts of paper 纸面字体: puts into a finished page the woff2 slices of Noto Serif SC that its characters need, as `data:`, so that printing
 * fetches nothing and looks the same on every machine. Bold slices only for what stands in h1, h2, th and b.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export type FontedPage = {
  readonly html: string;
  /** False when the font package is not installed: the page then prints in the machine's own Song type. */
  readonly shipped: boolean;
  /** Characters that the shipped font has no slice for, e.g. `𫚖`; they print in a font of the machine, or as a box. */
  readonly without: readonly string[];
};

/** @param html a page made by electron/reports; anything with a head works */
export function withPaperFonts(html: string, folder: string | null = fontFolder()): FontedPage {
  if (folder === null) return { html, shipped: false, without: [] };
  const text = charactersOf(html);
  const bold = charactersOf((html.match(/<(h1|h2|th|b)\b[^>]*>[\s\S]*?<\/\1>/g) ?? []).join(' '));
  const regular = slicesOf(folder, 400);
  const faces = [...facesFor(regular, text, folder, 400), ...facesFor(slicesOf(folder, 600), bold, folder, 600)];
  const without = [...text].filter((point) => point > 0x20 && !isVariationSelector(point) && !regular.some((slice) => slice.holds(point))).map((point) => String.fromCodePoint(point));
  const told = without.length === 0 ? html : html.replace('</main>', () => `<p class="note">${missingSentence(without)}</p></main>`);
  return { html: told.replace('</head>', () => `<style>${faces.join('\n')}</style></head>`), shipped: true, without };
}

/** An empty box on paper must not go unnoticed: the code point says which character it is. */
function missingSentence(without: readonly string[]): string {
  const named = without.map((character) => `${character}（U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()}）`);
  return `随程序的字体没有收入下列字，纸面如显示为空框，请按名册手工补写：${named.join('、')}。`;
}

/** Selects a form of the character before it and has no shape of its own. */
function isVariationSelector(point: number): boolean {
  return (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
}

type Slice = { readonly file: string; readonly range: string; holds(point: number): boolean };

/** Where the font package lies; null when it is not installed. */
function fontFolder(): string | null {
  try {
    const folder = dirname(fileURLToPath(import.meta.resolve('@fontsource/noto-serif-sc/400.css')));
    return existsSync(folder) ? folder : null;
  } catch {
    // the package is not there: the caller says that the machine's own type was used
    return null;
  }
}

function charactersOf(html: string): ReadonlySet<number> {
  // Markup itself is ASCII and its slice is always needed; the few entities of escaped text are ASCII too.
  return new Set([...html].map((character) => character.codePointAt(0) ?? 0));
}

function slicesOf(folder: string, weight: number): Slice[] {
  const sheet = readFileSync(join(folder, `${String(weight)}.css`), 'utf8');
  return [...sheet.matchAll(/url\(\.\/(files\/[a-z0-9-]+\.woff2)\)[\s\S]*?unicode-range: ([^;]+);/g)].map(([, file = '', range = '']) => {
    const spans = range.split(',').map((part) => {
      const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    return { file, range, holds: (point) => spans.some(([from, to]) => point >= from && point <= to) };
  });
}

function facesFor(slices: readonly Slice[], characters: ReadonlySet<number>, folder: string, weight: number): string[] {
  const points = [...characters];
  return slices.filter((slice) => points.some((point) => slice.holds(point))).map(({ file, range }) => {
    const data = readFileSync(join(folder, file)).toString('base64');
    return `@font-face{font-family:'Noto Serif SC';font-weight:${String(weight)};src:url(data:font/woff2;base64,${data})format('woff2');unicode-range:${range}}`;
  });
}
