/**
 * Power loss from end to end: record the trace of real acts, build images of what may be found, open each with the product's own build
 * of SQLite and compare it, cell for cell, with the ledger after so many acts. Prints seed and figures; the same seed gives the same images.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Refusal } from '../../shared/kernel/errors.ts';
import { isDamage, type Database } from '../../electron/platform/database.ts';
import { seededRandom, sha256Hex } from '../../electron/platform/hash.ts';
import { ledgerDigest, openSteered, referenceDigests, type ActSet } from './killing-acts.ts';
import { diskOf, type Chance, type DiskImage } from './power-loss-disk.ts';
import { recordTrace, type Trace } from './power-loss-trace.ts';
import { openWasmLedger } from './wasm-database.ts';

/** How the ledger is opened while the trace is recorded: the house's own pragmas, and then these. */
export type Setting = { readonly name: string; readonly pragmas: readonly string[] };

export const houseSetting: Setting = { name: 'TRUNCATE / EXTRA', pragmas: [] };
/** Settings that must go red in the same harness, or it proves nothing. */
export const redSettings: readonly Setting[] = [
  { name: 'TRUNCATE / OFF', pragmas: ['synchronous=OFF'] },
  { name: 'TRUNCATE / NORMAL', pragmas: ['synchronous=NORMAL'] },
  { name: 'DELETE / FULL', pragmas: ['locking_mode=NORMAL', 'journal_mode=DELETE', 'synchronous=FULL'] },
];

export type PowerLossTerms = {
  readonly acts: ActSet;
  readonly setting: Setting;
  readonly images: number;
  readonly seed: string;
  /** Every so many images are verified deep. */
  readonly deepEvery: number;
  /** Base and reference of earlier runs with the same acts. */
  readonly ground: Ground;
  /** `known` = the rollback journal lies in the folder before the first act; otherwise the first act makes it, and its name is on the disk or not. */
  readonly journal?: 'known' | 'new, folder synced' | 'new, folder not synced';
  readonly progress?: (done: number) => void;
};

/** `lost` = an acknowledged act is missing; `partial` = a state no number of whole acts leads to; `unreadable` = refused or read-only. */
export type Verdict = 'sound' | 'lost' | 'partial' | 'unreadable';

export type PowerLossResult = {
  readonly verdicts: Readonly<Record<Verdict, number>>;
  readonly images: number;
  readonly distinct: number;
  /** Images that had something unsynced at the stop. */
  readonly unsynced: number;
  readonly deep: number;
  readonly steps: number;
  readonly syncs: number;
  readonly acts: number;
  readonly seconds: number;
  /** The first image of each kind that was not sound. */
  readonly examples: readonly string[];
};

/** The office before the acts, and what it must look like after 0, 1, 2 … of them. */
export type Ground = { readonly folder: string; readonly base: string; readonly digests: readonly string[]; remove(): void };

export async function prepareGround(acts: ActSet): Promise<Ground> {
  const folder = mkdtempSync(join(fastFolder(), 'liudi-power-'));
  const base = join(folder, 'base');
  await acts.prepare(folder, base);
  const reference = join(folder, 'reference');
  cpSync(base, reference, { recursive: true });
  const digests = await referenceDigests(acts, folder, reference);
  return { folder, base, digests, remove: () => { rmSync(folder, { recursive: true, force: true }); } };
}

/** A folder in memory where the machine has one: the images are thrown away, their own syncs prove nothing. */
export function fastFolder(): string {
  return existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
}

export async function losePower(terms: PowerLossTerms): Promise<PowerLossResult> {
  const started = performance.now();
  const trace = await recordActs(terms);
  const chance = chanceOf(terms.seed);
  const stops = Array.from({ length: terms.images }, () => Math.floor(chance() * (trace.steps.length + 1))).sort((a, b) => a - b);
  const disk = diskOf(trace, { newFileSyncsFolder: terms.journal !== 'new, folder not synced' });
  const image = join(terms.ground.folder, 'image');
  const verdicts: Record<Verdict, number> = { sound: 0, lost: 0, partial: 0, unreadable: 0 };
  const examples: string[] = [];
  const seen = new Set<string>();
  let taken = 0;
  let unsynced = 0;
  let deep = 0;
  for (const [number, stop] of stops.entries()) {
    for (; taken < stop; taken += 1) disk.take(at(trace.steps, taken));
    const found = disk.image(chance, trace.steps[stop] ?? null);
    if (disk.pending() > 0) unsynced += 1;
    seen.add(fingerprint(found));
    const verifyDeep = number % terms.deepEvery === 0;
    if (verifyDeep) deep += 1;
    const { verdict, why } = checkImage(terms.ground, image, found, disk.acknowledged(), verifyDeep);
    verdicts[verdict] += 1;
    terms.progress?.(number + 1);
    if (verdict !== 'sound' && verdicts[verdict] === 1) examples.push(`${verdict}: image ${String(number)} stops before step ${String(stop)} of ${String(trace.steps.length)}; ${why}`);
  }
  return {
    verdicts, images: terms.images, distinct: seen.size, unsynced, deep, steps: trace.steps.length,
    syncs: trace.steps.filter((step) => step.kind === 'sync').length, acts: terms.acts.count, seconds: (performance.now() - started) / 1000, examples,
  };
}

/** Runs the acts on a copy of the base over the watched build of SQLite. The ledger it leaves must be the reference, cell for cell. */
async function recordActs({ acts, setting, ground, journal = 'known' }: PowerLossTerms): Promise<Trace> {
  const dir = join(ground.folder, 'recorded');
  rmSync(dir, { recursive: true, force: true });
  cpSync(ground.base, dir, { recursive: true });
  if (journal !== 'known') rmSync(join(dir, 'ledger.db-journal'));
  const open = (path: string): Database => {
    const db = openWasmLedger(path);
    for (const pragma of setting.pragmas) db.exec(`PRAGMA ${pragma}`);
    return db;
  };
  return recordTrace(join(dir, 'ledger.db'), async (acknowledged) => {
    const steered = openSteered(dir, open);
    for (let act = 0; act < acts.count; act += 1) {
      steered.begin(act);
      await acts.run(steered.office, ground.folder, act);
      acknowledged();
      if (ledgerDigest(steered.db()) !== ground.digests[act + 1]) throw new Error(`act ${String(act)} came out otherwise over the watched build`);
    }
    steered.office.close();
  });
}

function checkImage(ground: Ground, dir: string, found: DiskImage, acknowledged: number, deep: boolean): { verdict: Verdict; why: string } {
  mkdirSync(dir, { recursive: true });
  for (const name of readdirSync(dir)) if (name.startsWith('ledger.db')) rmSync(join(dir, name));
  for (const [name, bytes] of found) writeFileSync(join(dir, basename(name)), bytes);
  let opened: ReturnType<typeof openSteered>;
  try {
    opened = openSteered(dir);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { verdict: 'unreadable', why: `${error.code} ${JSON.stringify(error.details)}` };
  }
  const { office } = opened;
  try {
    if (office.fault !== null) return { verdict: 'unreadable', why: office.fault };
    const acts = ground.digests.indexOf(ledgerDigest(opened.db()));
    if (acts < 0) return { verdict: 'partial', why: `no number of whole acts leads to it; ${String(acknowledged)} were acknowledged` };
    if (acts < acknowledged) return { verdict: 'lost', why: `${String(acts)} acts of ${String(acknowledged)} acknowledged` };
    // At most the act that was under way may be there beyond the acknowledged ones.
    if (acts > acknowledged + 1) return { verdict: 'partial', why: `${String(acts)} acts of ${String(acknowledged)} acknowledged` };
    const fault = deep ? office.verify('deep').faults[0] : undefined;
    return fault === undefined ? { verdict: 'sound', why: '' } : { verdict: 'partial', why: fault.message };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { verdict: 'unreadable', why: String(error) };
  } finally {
    office.close();
  }
}

/** A stream of chances from a seed. */
export function chanceOf(seed: string): Chance {
  const random = seededRandom(`chance ${seed}`);
  let pool: DataView = new DataView(new ArrayBuffer(0));
  let offset = 0;
  return () => {
    if (offset + 4 > pool.byteLength) {
      pool = new DataView(random(4096).buffer);
      offset = 0;
    }
    offset += 4;
    return pool.getUint32(offset - 4) / 2 ** 32;
  };
}

function fingerprint(found: DiskImage): string {
  return [...found].map(([name, bytes]) => `${name} ${sha256Hex(bytes)}`).sort().join('\n');
}

function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new Error('a stop lies inside the trace');
  return item;
}
