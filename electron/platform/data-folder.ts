/**
 * Folders as the shell sees them 目录: what stands in one, what it is called, and whether a ledger may lie there. A ledger needs a local disk whose locks
 * and syncs are honest: sync folders, network drives and sticks are refused by name and, where the system tells, by kind of file system.
 * @source shared spec ledger.md (data directory); Windows tells no kind of drive here, so only network paths and names are known there
 */
import { existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { isEmptyFolder, ledgerExists, officeFolders } from './folders.ts';

export type FolderEntry = { readonly path: string; readonly name: string; readonly bytes: number; readonly modifiedAt: string };

/** The last part of a path; a drive's root keeps its whole name. */
export function folderName(path: string): string {
  const name = basename(path);
  return name === '' ? parse(path).root : name;
}

export function folderState(path: string): 'empty' | 'office' | 'other' {
  if (ledgerExists(officeFolders(path))) return 'office';
  return isEmptyFolder(path) ? 'empty' : 'other';
}

/** Names that folders of sync programs bear; compared with every part of the path, in lower case. */
const syncNames = ['onedrive', 'dropbox', 'google drive', 'icloud', '坚果云', 'nutstore', '我的坚果云', '百度网盘', 'baidunetdisk', 'baidusyncdisk', '百度云同步盘', 'wps云盘', 'wpsdrive', '微云', '阿里云盘'];

/** File systems by their Linux magic number, see statfs(2). */
const unsuitableKinds: ReadonlyMap<number, string> = new Map([
  [0x4d44, '在 U 盘一类的可移动磁盘上'],
  [0x2011bab0, '在 U 盘一类的可移动磁盘上'],
  [0x6969, '在网络磁盘上'],
  [0xff534d42, '在网络磁盘上'],
  [0xfe534d42, '在网络磁盘上'],
  [0x517b, '在网络磁盘上'],
]);

/** Why a ledger may not lie in this folder, as the middle of a Chinese sentence, or null. */
export function unsuitableFolder(path: string): string | null {
  const full = resolve(path);
  if (/^(?:\\\\|\/\/)/.test(full)) return '在网络磁盘上';
  const parts = full.toLowerCase().split(/[\\/]/);
  if (parts.some((part) => syncNames.some((name) => part === name || part.startsWith(`${name} - `)))) return '在网盘同步目录中';
  return unsuitableKinds.get(statfsSync(nearestExisting(full)).type) ?? null;
}

function nearestExisting(path: string): string {
  return existsSync(path) || dirname(path) === path ? path : nearestExisting(dirname(path));
}

export function fileBytes(path: string): number {
  return statSync(path).size;
}

/** Regular files directly in the folder; null when it cannot be read. A file that vanishes meanwhile is left out. */
export function folderEntries(path: string): FolderEntry[] | null {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      if (!entry.isFile()) return [];
      const full = join(path, entry.name);
      const stat = statSync(full, { throwIfNoEntry: false });
      return stat === undefined ? [] : [{ path: full, name: entry.name, bytes: stat.size, modifiedAt: stat.mtime.toISOString() }];
    });
  } catch (error) {
    // A stick that was pulled out: the caller says so to the person.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
