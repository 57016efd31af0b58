/**
 * Sets of real acts for the killing and power-loss harnesses: the same acts in the same order always lead to the same ledger, because
 * clock and randomness of an act depend on its number alone. So "wholly in or wholly out" is checked cell for cell against a run
 * without disturbance. No vitest here: the long forms run without it.
 */
import type { Agency } from '../../shared/kernel/office.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { openOffice, systemSurroundings, type Office } from '../../electron/office/office.ts';
import { logTableNames, stateTableNames, type Surroundings } from '../../electron/journal/index.ts';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { seededRandom, sha256Hex } from '../../electron/platform/hash.ts';

export type ActSet = {
  readonly name: string;
  readonly agency: Agency;
  readonly count: number;
  /** Makes the office under `office`, with whatever the acts read beside it in `folder`, and closes it. */
  prepare(folder: string, office: string): Promise<void>;
  /** The act of a number, 0 first. Throws when it is refused. */
  run(office: Office, folder: string, act: number): Promise<void>;
};

const startMs = Date.parse('2022-04-11T09:00:00+08:00');

/** An office whose clock and randomness follow the number of the act. */
export type SteeredOffice = { readonly office: Office; /** The open database, for looking only. */ db(): Database; begin(act: number): void };

/** @param openDatabase the build of SQLite; the product's own unless given */
export function openSteered(dir: string, openDatabase: (path: string) => Database = (path) => openLedgerFile(path, { mustExist: true })): SteeredOffice {
  const steering = steeredEnv();
  let current: Database | null = null;
  const env: Surroundings = {
    ...steering.env,
    openDatabase: (path) => {
      current = openDatabase(path);
      return current;
    },
  };
  const office = openOffice(dir, env);
  return {
    office,
    begin: (act) => {
      steering.begin(act);
    },
    db: () => {
      if (current === null) throw new Error('the office has opened its database');
      return current;
    },
  };
}

export function steeredEnv(): { readonly env: Surroundings; begin(act: number): void } {
  let act = -1;
  let random = seededRandom('before the acts');
  return {
    env: systemSurroundings({ clock: () => startMs + (act + 1) * 60_000, random: (count) => random(count) }),
    begin(next) {
      act = next;
      random = seededRandom(`act ${String(next)}`);
    },
  };
}

/**
 * Runs with a seeded source for the randomness that encryption draws from the platform itself, so that two runs make the same bytes. For
 * this process only; no office of people ever runs like this.
 */
export async function withSeededCrypto<T>(seed: string, run: () => Promise<T>): Promise<T> {
  const random = seededRandom(`encryption ${seed}`);
  const seeded = <A extends NodeJS.TypedArray>(array: A): A => {
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength).set(random(array.byteLength));
    return array;
  };
  Object.defineProperty(globalThis.crypto, 'getRandomValues', { value: seeded, configurable: true });
  try {
    return await run();
  } finally {
    Reflect.deleteProperty(globalThis.crypto, 'getRandomValues');
  }
}

const tables = [...logTableNames(ledgerForm), ...stateTableNames(ledgerForm)].filter((table) => table !== 'checkpoint');

/**
 * A digest of every cell of every table but the checkpoints (which verification writes when it likes). Bytes of blobs enter by their
 * key only: the deep verification compares them with it.
 * @param of the tables, all of them unless given
 */
export function ledgerDigest(db: Database, of: readonly string[] = tables): string {
  const parts: string[] = [];
  for (const table of of) {
    parts.push(`\n${table}\n`);
    const columns = table === 'blob' ? 'hash, length(bytes) AS size' : table === 'journal' ? 'seq, entry_hash' : '*';
    const rows = db.prepare(`SELECT ${columns} FROM ${table}`).all().map((row) => Object.values(row).map((cell) => (cell instanceof Uint8Array ? Buffer.from(cell).toString('hex') : String(cell))).join('\u0001'));
    parts.push(rows.sort().join('\n'));
  }
  return sha256Hex(...parts);
}

/** Runs all acts without disturbance. @returns the digest after 0, 1, 2 … acts */
export async function referenceDigests(acts: ActSet, folder: string, dir: string): Promise<string[]> {
  const steered = openSteered(dir);
  const digests = [ledgerDigest(steered.db())];
  for (let act = 0; act < acts.count; act += 1) {
    steered.begin(act);
    await acts.run(steered.office, folder, act);
    digests.push(ledgerDigest(steered.db()));
  }
  const { faults } = steered.office.verify('deep');
  steered.office.close();
  if (faults.length > 0) throw new Error(`the undisturbed run does not verify: ${faults[0]?.message ?? ''}`);
  if (new Set(digests).size !== digests.length) throw new Error('an act left no trace in the ledger');
  return digests;
}
