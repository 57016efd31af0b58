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

/**
 * @param html a page made by electron/reports; anything with a head works
 * @param rare where the slices of rare characters lie; null where none are installed
 */
export function withPaperFonts(html: string, folder: string | null = fontFolder(), rare: string | null = folder === null ? null : rareFolder(folder)): FontedPage {
  if (folder === null) return { html, shipped: false, without: [] };
  const printed = [...charactersOf(html)].filter((point) => point > 0x20 && !isVariationSelector(point));
  const bold = charactersOf((html.match(/<(h1|h2|th|b)\b[^>]*>[\s\S]*?<\/\1>/g) ?? []).join(' '));
  const regular = slicesOf(folder, 400);
  const lacking = new Set(printed.filter((point) => !regular.some((slice) => slice.holds(point))));
  const slices = rare === null || lacking.size === 0 ? [] : slicesIn(rare, rareSheet);
  const without = [...lacking].filter((point) => !slices.some((slice) => slice.holds(point))).map((point) => String.fromCodePoint(point));
  const told = without.length === 0 ? html : html.replace('</main>', () => `<p class="note">${missingSentence(without)}</p></main>`);
  // The sentence itself is printed, too.
  const faces = [
    ...facesFor(regular, charactersOf(told), folder, 400), ...facesFor(slicesOf(folder, 600), bold, folder, 600),
    ...(rare === null ? [] : [...rareFaces(slices, lacking, rare, 400), ...rareFaces(slices, new Set([...lacking].filter((point) => bold.has(point))), rare, 600)]),
  ];
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

export type Slice = { readonly file: string; readonly range: string; holds(point: number): boolean; points(): readonly number[] };

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

/** The sheet of the slices that hold the rare characters 生僻字, under its own name in both places. */
export const rareSheet = 'result.css';

/** Beside the packed font, or in the package of a checkout. */
function rareFolder(folder: string): string | null {
  const packed = join(dirname(folder), 'rare-han');
  if (existsSync(join(packed, rareSheet))) return packed;
  try {
    const installed = dirname(fileURLToPath(import.meta.resolve('@chinese-fonts/syst/dist/SourceHanSerifCN/result.css')));
    return existsSync(join(installed, rareSheet)) ? installed : null;
  } catch {
    // the package is not there: the paper names the characters instead
    return null;
  }
}

/** The same family for the characters that it lacks and for no others: 思源宋体 is the same design. */
function rareFaces(slices: readonly Slice[], lacking: ReadonlySet<number>, folder: string, weight: number): string[] {
  return slices.flatMap((slice) => {
    const held = [...lacking].filter((point) => slice.holds(point));
    if (held.length === 0) return [];
    const data = readFileSync(join(folder, slice.file)).toString('base64');
    const range = held.map((point) => `U+${point.toString(16)}`).join(',');
    return [`@font-face{font-family:'Noto Serif SC';font-weight:${String(weight)};src:url(data:font/woff2;base64,${data})format('woff2');unicode-range:${range}}`];
  });
}

function charactersOf(html: string): ReadonlySet<number> {
  // Markup itself is ASCII and its slice is always needed; the few entities of escaped text are ASCII too.
  return new Set([...html].map((character) => character.codePointAt(0) ?? 0));
}

function slicesOf(folder: string, weight: number): Slice[] {
  return slicesIn(folder, `${String(weight)}.css`);
}

/** The slices that a style sheet names, in the writing of either package. */
export function slicesIn(folder: string, name: string): Slice[] {
  const sheet = readFileSync(join(folder, name), 'utf8');
  return [...sheet.matchAll(/url\("?\.\/((?:files\/)?[a-z0-9-]+\.woff2)"?\)[^}]*?unicode-range: ?([^;}]+)/g)].map(([, file = '', range = '']) => {
    const spans = range.split(',').map((part) => {
      const [from = '', to = from] = part.trim().replace(/^U\+/i, '').split('-');
      return [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const;
    });
    const points = (): readonly number[] => spans.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
    return { file, range, points, holds: (point) => spans.some(([from, to]) => point >= from && point <= to) };
  });
}

function facesFor(slices: readonly Slice[], characters: ReadonlySet<number>, folder: string, weight: number): string[] {
  const points = [...characters];
  return slices.filter((slice) => points.some((point) => slice.holds(point))).map(({ file, range }) => {
    const data = readFileSync(join(folder, file)).toString('base64');
    return `@font-face{font-family:'Noto Serif SC';font-weight:${String(weight)};src:url(data:font/woff2;base64,${data})format('woff2');unicode-range:${range}}`;
  });
}
