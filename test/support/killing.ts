/**
 * Kills a working process at random, many times, and looks at what it leaves: every import is wholly in or wholly out, none that was
 * acknowledged is missing, the chain verifies, and no half-made files pile up. SIGKILL loses no written byte of the page cache, so this
 * says nothing about power loss; power-loss-check.ts does.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ledgerDigest, openSteered, referenceDigests, type ActSet } from './killing-acts.ts';
import type { KillingWork } from './killing-child.ts';
import { actSetOf } from './killing-sets.ts';
import { chanceOf } from './power-loss-check.ts';

export type KillingTerms = {
  readonly acts: string;
  readonly kills: number;
  readonly seed: string;
  /** Every so many kills the ledger is verified deep; the chain is verified after every one. */
  readonly deepEvery: number;
  /** The module that the children run. */
  readonly child: string;
};

/** The child as it stands in the source. */
export const sourceChild = fileURLToPath(new URL('./killing-child.ts', import.meta.url));

export type KillingResult = {
  readonly kills: number;
  /** Where the kill struck, by what the child had said last. */
  readonly struck: Readonly<Record<'preparing' | 'transaction' | 'commit' | 'between', number>>;
  /** Kills that found an act under way, by what stands afterwards. */
  readonly whollyIn: number;
  readonly whollyOut: number;
  /** Kills that left a rollback journal with content. */
  readonly hotJournals: number;
  readonly acknowledged: number;
  readonly deep: number;
  /** The most files there ever were in the data directory, and those after one more act in peace. */
  readonly filesMost: number;
  readonly filesAtEnd: readonly string[];
  readonly faults: readonly string[];
  readonly window: Window;
  readonly seconds: number;
};

/** From which word of the child the kill is timed, and after which part of the usual time from there to the end of the act. */
type Strike = { readonly aim: Aim; readonly share: number };
type Aim = (typeof aims)[number];
const aims = ['act', 'transaction', 'commit'] as const;

export async function killRepeatedly(terms: KillingTerms): Promise<KillingResult> {
  const started = performance.now();
  const acts = actSetOf(terms.acts);
  // A real disk where there is one: the syncs of a COMMIT then take long enough to be hit.
  const folder = mkdtempSync(join(tmpdir(), 'liudi-killing-'));
  const chance = chanceOf(terms.seed);
  const children = childrenAhead(terms.child, folder);
  const struck = { preparing: 0, transaction: 0, commit: 0, between: 0 };
  const faults: string[] = [];
  let [whollyIn, whollyOut, hotJournals, acknowledged, deep, filesMost] = [0, 0, 0, 0, 0, 0];
  try {
    const base = join(folder, 'base');
    const dir = join(folder, 'office');
    await acts.prepare(folder, base);
    const reference = join(folder, 'reference');
    cpSync(base, reference, { recursive: true });
    const digests = await referenceDigests(acts, folder, reference);
    const work = { acts: terms.acts, folder, alone: null };
    const window = await undisturbed(children.take(), { ...work, dir: copyOf(base, join(folder, 'timing')), from: 0 });
    copyOf(base, dir);
    let standing = 0;
    for (let kill = 0; kill < terms.kills; ) {
      if (standing >= acts.count) {
        copyOf(base, dir);
        standing = 0;
      }
      const strike: Strike = { aim: aims[Math.floor(chance() * aims.length)] ?? 'act', share: chance() };
      const told = await struckDown(children.take(), { ...work, dir, from: standing }, strike, window);
      if (told.where === 'ended' && told.done < acts.count) faults.push(`kill ${String(kill)}: the child fell over by itself after ${String(told.done)} acts`);
      acknowledged += told.done - standing;
      if (journalHasContent(dir)) hotJournals += 1;
      const verifyDeep = kill % terms.deepEvery === 0;
      if (verifyDeep) deep += 1;
      const { found, broken } = lookAt(dir, digests, told.done, verifyDeep);
      faults.push(...broken.map((fault) => `kill ${String(kill)} (${told.where}, ${String(told.done)} acknowledged): ${fault}`));
      if (told.where !== 'ended') {
        kill += 1;
        struck[told.where] += 1;
        if (told.where !== 'between' && found === told.done) whollyOut += 1;
        if (told.where !== 'between' && found !== told.done) whollyIn += 1;
      }
      if (faults.length > 20) break;
      filesMost = Math.max(filesMost, filesOf(dir).length);
      // After a state that must not be, the next kill starts from the beginning.
      standing = found < 0 ? acts.count : found;
    }
    // One act in peace: whatever the last kill left half-made is gone afterwards.
    if (faults.length === 0 && standing < acts.count) await inPeace(acts, folder, dir, standing);
    return {
      kills: terms.kills, struck, whollyIn, whollyOut, hotJournals, acknowledged, deep, filesMost, filesAtEnd: filesOf(dir), faults, window,
      seconds: (performance.now() - started) / 1000,
    };
  } finally {
    children.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The harness's own control: children that work without transactions and kill themselves after their first write, their second, and so on. Half of an act
 * then stands, and what looks at the ledger must say so.
 * @returns what was found after each number of writes
 */
export async function halfActs({ acts: name, writes, child }: { readonly acts: string; readonly writes: number; readonly child: string }): Promise<readonly (readonly string[])[]> {
  const acts = actSetOf(name);
  const folder = mkdtempSync(join(tmpdir(), 'liudi-killing-'));
  const children = childrenAhead(child, folder);
  try {
    const base = join(folder, 'base');
    await acts.prepare(folder, base);
    const digests = await referenceDigests(acts, folder, copyOf(base, join(folder, 'reference')));
    const found: (readonly string[])[] = [];
    for (let alone = 1; alone <= writes; alone += 1) {
      const dir = copyOf(base, join(folder, 'office'));
      const half = children.take();
      give(half, { acts: name, folder, dir, from: 0, alone });
      if (!(await half.gone)) break;
      found.push(lookAt(dir, digests, 0, true).broken);
    }
    return found;
  } finally {
    children.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens what the kill left: how many whole acts stand (-1 = a state in between), and everything that is not as it must be. */
function lookAt(dir: string, digests: readonly string[], acknowledged: number, deep: boolean): { readonly found: number; readonly broken: readonly string[] } {
  const opened = openSteered(dir);
  const found = digests.indexOf(ledgerDigest(opened.db()));
  const fault = opened.office.fault ?? opened.office.verify(deep ? 'deep' : 'chain').faults[0]?.message;
  opened.office.close();
  const broken = fault === undefined ? [] : [fault];
  if (found < 0) broken.push('a state that no number of whole acts leads to');
  else if (found < acknowledged || found > acknowledged + 1) broken.push(`${String(found)} acts stand`);
  return { found, broken };
}

function journalHasContent(dir: string): boolean {
  const journal = join(dir, 'ledger.db-journal');
  return existsSync(journal) && statSync(journal).size > 0;
}

async function inPeace(acts: ActSet, folder: string, dir: string, act: number): Promise<void> {
  const opened = openSteered(dir);
  opened.begin(act);
  await acts.run(opened.office, folder, act);
  opened.office.close();
}

function copyOf(base: string, dir: string): string {
  rmSync(dir, { recursive: true, force: true });
  cpSync(base, dir, { recursive: true });
  return dir;
}

function filesOf(dir: string): string[] {
  return readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => entry.name).sort();
}

export type Child = { readonly process: ChildProcess; onLine(listen: (line: string) => void): void; /** Resolves when it has ended; true = by a signal. */ readonly gone: Promise<boolean> };

/** Keeps children started ahead, because starting one takes longer than an import. */
export function childrenAhead(module: string, folder: string): { take(): Child; close(): void } {
  const ahead = 2;
  const waiting: Child[] = [];
  const alive = new Set<ChildProcess>();
  const born = (): Child => {
    const child = spawn(process.execPath, [module], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, NODE_COMPILE_CACHE: join(folder, 'compiled') },
    });
    alive.add(child);
    const listeners: ((line: string) => void)[] = [];
    let rest = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) for (const listen of listeners) listen(line);
    });
    const gone = new Promise<boolean>((resolve) => {
      child.on('close', (_code, signal) => {
        alive.delete(child);
        resolve(signal !== null);
      });
    });
    return { process: child, onLine: (listen) => listeners.push(listen), gone };
  };
  return {
    take() {
      while (waiting.length <= ahead) waiting.push(born());
      const child = waiting.shift();
      if (child === undefined) throw new Error('a child was started');
      return child;
    },
    close() {
      for (const child of alive) child.kill('SIGKILL');
    },
  };
}

function give(child: Child, work: KillingWork): void {
  child.process.stdin?.write(`${JSON.stringify(work)}\n`);
}

/** Milliseconds from each word to the end of the act in a child nobody kills: the windows to aim into. */
type Window = Readonly<Record<Aim, number>>;

async function undisturbed(child: Child, work: KillingWork): Promise<Window> {
  const times: Record<Aim, number[]> = { act: [], transaction: [], commit: [] };
  const since: Record<Aim, number> = { act: 0, transaction: 0, commit: 0 };
  child.onLine((line) => {
    const now = performance.now();
    const aim = aimOf(line);
    if (aim !== null) since[aim] = now;
    else if (line.startsWith('done')) for (const each of aims) times[each].push(now - since[each]);
  });
  give(child, work);
  await child.gone;
  if (times.act.length === 0) throw new Error('the child did no act');
  const typical = (list: number[]): number => list.sort((x, y) => x - y)[Math.floor(list.length * 0.7)] ?? 1;
  return { act: typical(times.act), transaction: typical(times.transaction), commit: typical(times.commit) };
}

function aimOf(line: string): Aim | null {
  if (line.startsWith('begin')) return 'act';
  return line === 'transaction' || line === 'commit' ? line : null;
}

type Told = {
  /** `ended` = it was done, or fell over, before the kill. */
  readonly where: keyof KillingResult['struck'] | 'ended';
  /** Acts that stand as acknowledged, counted from the first of all. */
  readonly done: number;
};

/** Gives the child its work and kills it after a random part of its first act or of that act's transaction. */
async function struckDown(child: Child, work: KillingWork, strike: Strike, window: Window): Promise<Told> {
  let where: keyof KillingResult['struck'] = 'between';
  let done = work.from;
  let aimed = false;
  const kill = (afterMs: number): void => {
    aimed = true;
    const due = performance.now() + afterMs;
    // Timers are good to a millisecond; a transaction is not much longer, so the rest is waited out awake.
    setTimeout(() => {
      while (performance.now() < due);
      child.process.kill('SIGKILL');
    }, Math.max(0, afterMs - 2));
  };
  child.onLine((line) => {
    if (line.startsWith('begin')) where = 'preparing';
    else if (line === 'transaction') where = 'transaction';
    else if (line === 'commit') where = 'commit';
    else if (line.startsWith('done')) {
      where = 'between';
      done = Number(line.slice('done '.length)) + 1;
    }
    if (!aimed && aimOf(line) === strike.aim) kill(strike.share * window[strike.aim] * 1.6);
  });
  give(child, work);
  const killed = await child.gone;
  return { where: killed ? where : 'ended', done };
}
