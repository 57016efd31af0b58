/** Watches how the product itself handles names on the disk: which files and folders are synced and renamed, in order. */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename } from 'node:path';

/** Runs `act`. @returns lines like `sync ledger.db.rebuilding`, `rename a b` */
export async function nameCalls(act: () => unknown): Promise<string[]> {
  const real = { openSync: fs.openSync, fsyncSync: fs.fsyncSync, renameSync: fs.renameSync };
  const open = new Map<number, string>();
  const calls: string[] = [];
  Object.assign(fs, {
    openSync(path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode | null): number {
      const fd = real.openSync(path, flags, mode);
      open.set(fd, basename(String(path)));
      return fd;
    },
    fsyncSync(fd: number): void {
      real.fsyncSync(fd);
      calls.push(`sync ${open.get(fd) ?? '?'}`);
    },
    renameSync(from: fs.PathLike, to: fs.PathLike): void {
      real.renameSync(from, to);
      calls.push(`rename ${basename(String(from))} ${basename(String(to))}`);
    },
  });
  // Named imports of node:fs see a changed function only after this.
  syncBuiltinESMExports();
  try {
    await act();
    return calls;
  } finally {
    Object.assign(fs, real);
    syncBuiltinESMExports();
  }
}
