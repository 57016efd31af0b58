/**
 * Watches the file calls of the WebAssembly build of SQLite: it reaches node:fs through the module object, so a call can be seen before
 * and after it runs, and made to fail. Only files below one folder are watched; everything else passes untouched.
 */
import fs from 'node:fs';
import { relative, sep } from 'node:path';

/** One call that changes something on the disk. Names are below the watched folder. */
export type FileCall =
  | { readonly kind: 'create'; readonly file: string }
  | { readonly kind: 'write'; readonly file: string; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  | { readonly kind: 'sync'; readonly file: string }
  | { readonly kind: 'unlink'; readonly file: string }
  /** The folder itself: names made and removed so far are on the disk. */
  | { readonly kind: 'syncFolder' };

export type FileWatch = {
  /** Called before the call runs; a throw makes the call fail with it. */
  before?(call: FileCall): void;
  /** Called when the call has succeeded. */
  after?(call: FileCall): void;
};

/** Runs `act` while the file calls below `folder` are watched. Not for two acts at once in one process. */
export async function watchingFiles<T>(folder: string, watch: FileWatch, act: () => Promise<T> | T): Promise<T> {
  const real = { openSync: fs.openSync, writeSync: fs.writeSync, ftruncateSync: fs.ftruncateSync, fsyncSync: fs.fsyncSync, closeSync: fs.closeSync, unlinkSync: fs.unlinkSync };
  const open = new Map<number, string>();
  const nameOf = (path: fs.PathLike): string | null => {
    const name = relative(folder, String(path));
    return name.startsWith('..') || name.includes(sep) ? null : name;
  };
  const watched = <R>(call: FileCall | null, run: () => R): R => {
    if (call !== null) watch.before?.(call);
    const result = run();
    if (call !== null) watch.after?.(call);
    return result;
  };
  const callOn = (fd: number, callOf: (file: string) => FileCall): FileCall | null => {
    const file = open.get(fd);
    if (file === '') return { kind: 'syncFolder' };
    return file === undefined ? null : callOf(file);
  };
  const watching = {
    openSync(path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode | null): number {
      const file = nameOf(path);
      const fd = watched(file === null || fs.existsSync(path) ? null : { kind: 'create', file }, () => real.openSync(path, flags, mode));
      if (file !== null) open.set(fd, file);
      return fd;
    },
    writeSync(fd: number, buffer: NodeJS.ArrayBufferView, offset?: number | null, length?: number | null, position?: number | null): number {
      const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset + (offset ?? 0), length ?? buffer.byteLength - (offset ?? 0));
      return watched(callOn(fd, (file) => ({ kind: 'write', file, offset: position ?? 0, bytes: bytes.slice() })), () => real.writeSync(fd, buffer, offset, length ?? undefined, position));
    },
    ftruncateSync(fd: number, size?: number | null): void {
      watched(callOn(fd, (file) => ({ kind: 'truncate', file, size: size ?? 0 })), () => {
        real.ftruncateSync(fd, size ?? 0);
      });
    },
    fsyncSync(fd: number): void {
      watched(callOn(fd, (file) => ({ kind: 'sync', file })), () => {
        real.fsyncSync(fd);
      });
    },
    closeSync(fd: number): void {
      open.delete(fd);
      real.closeSync(fd);
    },
    unlinkSync(path: fs.PathLike): void {
      const file = nameOf(path);
      watched(file === null ? null : { kind: 'unlink', file }, () => {
        real.unlinkSync(path);
      });
    },
  };
  Object.assign(fs, watching);
  try {
    return await act();
  } finally {
    Object.assign(fs, real);
  }
}
