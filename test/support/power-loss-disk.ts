/**
 * A disk that loses power: it follows a recorded trace and knows what is safely stored and what is only on its way. An image is what a
 * machine might find when power returns: all synced content, and each unsynced change kept, dropped, torn at 512-byte sectors or out of
 * order; names made or removed without a sync of the folder may be undone. It knows nothing of SQLite.
 */
import { assertNever } from '../../shared/kernel/assert.ts';
import type { Trace, TraceStep } from './power-loss-trace.ts';

/** Uniform in [0, 1). */
export type Chance = () => number;
export type DiskImage = ReadonlyMap<string, Uint8Array>;

const sector = 512;
/** What stands in a part of a file that was never written: zeros, or whatever the disk held before. */
const oldContent = 0xa5;

type Change = { readonly kind: 'write'; readonly offset: number; readonly bytes: Uint8Array } | { readonly kind: 'truncate'; readonly size: number };
type NameChange = { readonly kind: 'create' | 'unlink'; readonly file: string };
type StoredFile = { durable: Uint8Array; pending: Change[]; /** Made, and its folder not yet synced. */ fresh: boolean };

export type Disk = {
  /** Takes the next step of the trace as done by the machine (which does not mean that it is on the disk). */
  take(step: TraceStep): void;
  /** Acts acknowledged so far. */
  acknowledged(): number;
  /** How many unsynced changes there are. */
  pending(): number;
  /** What may be found if power fails now, while `inFlight` is under way. */
  image(chance: Chance, inFlight: TraceStep | null): DiskImage;
};

/**
 * @param terms.newFileSyncsFolder whether the first sync of a new file also syncs its folder, as the native file layer of SQLite does for
 * its rollback journal on Linux; the WebAssembly build leaves it out
 */
export function diskOf(trace: Trace, terms: { readonly newFileSyncsFolder: boolean }): Disk {
  const files = new Map<string, StoredFile>([...trace.before].map(([name, bytes]) => [name, { durable: bytes, pending: [], fresh: false }]));
  let names: NameChange[] = [];
  /** Files by name as the folder on the disk has them: a removed one lives on until the folder is synced. */
  let stored = new Map(files);
  let acts = 0;
  const syncFolder = (): void => {
    names = [];
    stored = new Map(files);
    for (const file of files.values()) file.fresh = false;
  };
  const fileOf = (name: string): StoredFile => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`the trace uses ${name} before it exists`);
    return file;
  };
  const take = (step: TraceStep): void => {
    switch (step.kind) {
      case 'acknowledged':
        acts = step.acts;
        return;
      case 'create':
        files.set(step.file, { durable: new Uint8Array(0), pending: [], fresh: true });
        names.push(step);
        return;
      case 'unlink':
        files.delete(step.file);
        names.push({ kind: 'unlink', file: step.file });
        return;
      case 'write':
      case 'truncate':
        fileOf(step.file).pending.push(step);
        return;
      case 'sync': {
        const file = fileOf(step.file);
        file.durable = withChanges(file.durable, file.pending, 0);
        file.pending = [];
        if (file.fresh && terms.newFileSyncsFolder) syncFolder();
        return;
      }
      case 'syncFolder':
        syncFolder();
        return;
      default:
        assertNever(step);
    }
  };
  return {
    take,
    acknowledged: () => acts,
    pending: () => names.length + [...files.values()].reduce((sum, file) => sum + file.pending.length, 0),
    image(chance, inFlight) {
      const found = new Map(stored);
      const underWay: NameChange[] = inFlight?.kind === 'create' || inFlight?.kind === 'unlink' ? [inFlight] : [];
      for (const change of chosen([...names, ...underWay], chance)) {
        if (change.kind === 'unlink') found.delete(change.file);
        else found.set(change.file, files.get(change.file) ?? { durable: new Uint8Array(0), pending: [], fresh: true });
      }
      return new Map(
        [...found].map(([name, file]) => {
          // A removed file that is still found is another one than the file now written under its name.
          const flying = inFlight !== null && (inFlight.kind === 'write' || inFlight.kind === 'truncate') && files.get(inFlight.file) === file ? [inFlight] : [];
          return [name, surviving(file.durable, [...file.pending, ...flying], chance)];
        }),
      );
    },
  };
}

/** The content after some of the changes reached the disk. Writes change places only between two truncations. */
function surviving(durable: Uint8Array, changes: readonly Change[], chance: Chance): Uint8Array {
  const fill = chance() < 0.5 ? 0 : oldContent;
  const tearing = chance() < 0.5 ? chance() : 0;
  const ordered = runsOfWrites(chosen(changes, chance)).flatMap((run) => (chance() < 0.5 ? run : shuffled(run, chance)));
  return withChanges(durable, ordered.flatMap((change) => (change.kind === 'write' && chance() < tearing ? torn(change, chance) : [change])), fill);
}

/** All, none, all but one, only one, or each by its own chance: the corners find more than chance alone. */
function chosen<T>(list: readonly T[], chance: Chance): readonly T[] {
  if (list.length === 0) return list;
  const one = Math.floor(chance() * list.length);
  const way = Math.floor(chance() * 8);
  if (way === 0) return list;
  if (way === 1) return [];
  if (way === 2) return list.filter((_, index) => index !== one);
  if (way === 3) return list.filter((_, index) => index === one);
  if (way === 4) return list.slice(0, one);
  if (way === 5) return list.slice(one);
  const share = chance();
  return list.filter(() => chance() < share);
}

function runsOfWrites(changes: readonly Change[]): Change[][] {
  const runs: Change[][] = [[]];
  for (const change of changes) {
    if (change.kind === 'truncate') runs.push([change], []);
    else runs.at(-1)?.push(change);
  }
  return runs;
}

/** Some sectors of one write. */
function torn(write: Extract<Change, { kind: 'write' }>, chance: Chance): Change[] {
  const parts: Change[] = [];
  for (let at = 0; at < write.bytes.length; ) {
    const length = Math.min(sector - ((write.offset + at) % sector), write.bytes.length - at);
    if (chance() < 0.5) parts.push({ kind: 'write', offset: write.offset + at, bytes: write.bytes.subarray(at, at + length) });
    at += length;
  }
  return parts;
}

/** @param fill what stands where the file grew and nothing was written */
function withChanges(durable: Uint8Array, changes: readonly Change[], fill: number): Uint8Array {
  if (changes.length === 0) return durable;
  const room = changes.reduce((most, change) => Math.max(most, change.kind === 'write' ? change.offset + change.bytes.length : change.size), durable.length);
  const bytes = new Uint8Array(room);
  bytes.set(durable);
  let size = durable.length;
  for (const change of changes) {
    const end = change.kind === 'truncate' ? change.size : Math.max(size, change.offset + change.bytes.length);
    if (end > size) bytes.fill(fill, size, end);
    if (change.kind === 'write') bytes.set(change.bytes, change.offset);
    size = end;
  }
  return bytes.subarray(0, size);
}

function shuffled<T>(list: readonly T[], chance: Chance): T[] {
  const result = [...list];
  for (let index = result.length - 1; index > 0; index -= 1) {
    const other = Math.floor(chance() * (index + 1));
    const [a, b] = [result[index], result[other]];
    if (a !== undefined && b !== undefined) [result[index], result[other]] = [b, a];
  }
  return result;
}
