/**
 * A harmless file name 文件名 out of whatever a page proposes: no path, no character that Windows, FAT or a shell reads otherwise, no reserved device
 * name, the ending of its kind. A person may still change it in the dialog.
 * @source shared spec faults.md G05
 */

const longest = 100;
const deviceName = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i;

/** @param ending without the dot, e.g. `pdf` */
export function harmlessFileName(proposed: string, ending: string): string {
  const cut = proposed.toWellFormed().normalize('NFC').replace(/[^\p{L}\p{N}()（）《》〔〕、._ -]+/gu, '-');
  const stem = endsWith(cut, ending) ? cut.slice(0, -(ending.length + 1)) : cut;
  const trimmed = [...stem].slice(0, longest).join('').replace(/^[.\s-]+|[.\s-]+$/g, '');
  const named = trimmed === '' ? '未命名' : deviceName.test(trimmed) ? `文件-${trimmed}` : trimmed;
  return `${named}.${ending}`;
}

/** The chosen path with the ending of its kind; dialogs of some systems leave it off. */
export function withEnding(path: string, endings: readonly string[]): string {
  const first = endings[0];
  return first === undefined || endings.some((ending) => endsWith(path, ending)) ? path : `${path}.${first}`;
}

function endsWith(name: string, ending: string): boolean {
  return name.toLowerCase().endsWith(`.${ending}`);
}
