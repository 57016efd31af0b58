/** The project's own source as data: files, lines and import arrows, read once for the architecture, completeness and tidy tests. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));

export type SourceFile = {
  /** Path below the root with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly ImportArrow[];
};

export type ImportArrow = { readonly specifier: string; /** Path below the root for relative imports, else null. */ readonly target: string | null; readonly typeOnly: boolean };

const ignored = new Set(['node_modules', 'out', 'dist', 'demo-out', '.git', 'coverage']);
const importForm = /(?:^|\n)\s*(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/g;

/** All files below the given folders with one of the endings. */
export function filesBelow(folders: readonly string[], endings: readonly string[]): string[] {
  return folders.flatMap((folder) => walk(join(root, folder))).filter((path) => endings.some((ending) => path.endsWith(ending))).sort();
}

function walk(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    if (ignored.has(name)) return [];
    const path = join(folder, name);
    return statSync(path).isDirectory() ? walk(path) : [relative(root, path).split(sep).join('/')];
  });
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const imports = [...text.matchAll(importForm)].map((match): ImportArrow => {
    const specifier = match[2] ?? match[3] ?? match[4] ?? '';
    return { specifier, target: specifier.startsWith('.') ? posix.normalize(posix.join(dirname(path), specifier)) : null, typeOnly: match[1] !== undefined };
  });
  return { path, text, lines: text.split('\n').length - 1, imports };
}

/** The TypeScript and Vue sources of the product, without tests. */
export const productSources: readonly SourceFile[] = filesBelow(['shared', 'electron', 'renderer'], ['.ts', '.vue']).map(readSource);

/**
 * Folders that are capabilities, lowest first: an import may only point to an earlier one, or to itself. The journal stands below all; the others as
 * electron/office/capabilities.ts lists them, a paragraph a layer.
 */
export const capabilityLayers: readonly (readonly string[])[] = [
  ['journal'],
  ...readSource('electron/office/capabilities.ts').text.split('\n\n').map((paragraph) => [...paragraph.matchAll(/from '\.\.\/([a-z]+)\/capability\.ts'/g)].map((match) => match[1] ?? '')),
];

export function layerOf(capability: string): number {
  return capabilityLayers.findIndex((layer) => layer.includes(capability));
}
