/** Kills a process at random while it makes a ledger anew; what stands is the old file byte for byte or the new one complete, and it opens. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bringUpToDate, readHead, verifyDeep } from '../../electron/journal/index.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { rebuildTerms, systemSurroundings } from '../../electron/office/office.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { logVersion } from '../../electron/platform/ledger-file.ts';
import { childrenAhead } from './killing.ts';
import { chanceOf } from './power-loss-check.ts';

export type RebuildKills = {
  readonly kills: number;
  readonly oldStands: number;
  readonly newStands: number;
  /** Kills that left a half-made copy beside the ledger. */
  readonly halfMade: number;
  readonly windowMs: number;
  readonly faults: readonly string[];
};

export type KillTerms = {
  /** A ledger of another form. */
  readonly old: string;
  /** For copies. */
  readonly folder: string;
  readonly child: string;
  readonly kills: number;
  readonly seed: string;
};

/** From the end of the verification until the new file has its name, with room. */
const swapMs = 15;

export async function killRebuilds(terms: KillTerms): Promise<RebuildKills> {
  const chance = chanceOf(terms.seed);
  const children = childrenAhead(terms.child, terms.folder);
  const path = join(terms.folder, 'rebuilding', 'ledger.db');
  const oldBytes = readFileSync(terms.old);
  const before = foundIn(terms.old);
  const faults: string[] = [];
  let [oldStands, newStands, halfMade, windowMs] = [0, 0, 0, 0];
  try {
    // The first run is not killed: it shows how long a rebuild takes.
    for (let kill = -1; kill < terms.kills; kill += 1) {
      rmSync(dirname(path), { recursive: true, force: true });
      mkdirSync(dirname(path));
      copyFileSync(terms.old, path);
      const child = children.take();
      let began = 0;
      // Every second kill is aimed at the end, where the copy is put on the disk and takes the ledger's name.
      const atTheSwap = kill % 2 === 1;
      // Every tenth waits until the new file has its name: however slow the machine, that moment is among them.
      const afterTheSwap = kill % 10 === 9;
      const share = chance();
      const kills = (afterMs: number): void => void setTimeout(() => child.process.kill('SIGKILL'), afterMs);
      child.onLine((line) => {
        if (line === 'begin') {
          began = performance.now();
          if (kill >= 0 && !atTheSwap) kills(share * windowMs);
        } else if (line === 'verified' && atTheSwap && !afterTheSwap) kills(share * swapMs);
        else if (line === 'done' && afterTheSwap) kills(0);
        else if (line === 'done' && kill < 0) windowMs = (performance.now() - began) * 1.05;
      });
      child.process.stdin?.write(`${path}\n`);
      await child.gone;
      if (kill < 0) continue;
      if (readdirSync(dirname(path)).includes('ledger.db.rebuilding')) halfMade += 1;
      if (readFileSync(path).equals(oldBytes)) oldStands += 1;
      else newStands += 1;
      const outcome = bringUpToDate(path, ledgerForm, { ...rebuildTerms(systemSurroundings()), verify: () => null });
      const found = foundIn(path);
      if (outcome.kind !== 'current' && outcome.kind !== 'rebuilt') faults.push(`kill ${String(kill)}: ${JSON.stringify(outcome)}`);
      if (found.head !== before.head || found.version === before.version || found.fault !== null) faults.push(`kill ${String(kill)}: ${JSON.stringify(found)}`);
      const left = readdirSync(dirname(path)).filter((name) => name.includes('rebuilding'));
      if (left.length > 0) faults.push(`kill ${String(kill)}: ${left.join(', ')} left`);
    }
  } finally {
    children.close();
  }
  return { kills: terms.kills, oldStands, newStands, halfMade, windowMs: Math.round(windowMs), faults };
}

function foundIn(path: string): { readonly version: number; readonly head: string; readonly fault: string | null } {
  const db = openLedgerFile(path, { mustExist: true });
  try {
    return { version: logVersion(db), head: readHead(db).hash, fault: verifyDeep({ db, form: ledgerForm }).faults[0]?.message ?? null };
  } finally {
    db.close();
  }
}
