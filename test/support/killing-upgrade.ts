/** Kills a process at random while it upgrades a ledger; what stands is the old version or the new one, whole, and the next upgrade succeeds. */
import { copyFileSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { entryKinds } from '../../electron/office/joined.ts';
import { readHead, verifyDeep } from '../../electron/journal/index.ts';
import { migrations } from '../../electron/migrations/index.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { bringUpToDate, schemaVersion } from '../../electron/platform/migrations.ts';
import { ledgerDigest } from './killing-acts.ts';
import { childrenAhead } from './killing.ts';
import { chanceOf } from './power-loss-check.ts';

export type UpgradeKills = { readonly kills: number; readonly oldStands: number; readonly newStands: number; readonly faults: readonly string[] };

/** @param terms.old a ledger of the version before the newest; `folder` is for copies */
export async function killUpgrades(terms: { readonly old: string; readonly folder: string; readonly kills: number; readonly seed: string }): Promise<UpgradeKills> {
  const chance = chanceOf(terms.seed);
  const children = childrenAhead(fileURLToPath(new URL('./killing-upgrade-child.ts', import.meta.url)), terms.folder);
  const dir = join(terms.folder, 'upgrading');
  const path = join(dir, 'ledger.db');
  const before = standingOf(terms.old);
  const faults: string[] = [];
  let [oldStands, newStands, windowMs] = [0, 0, 0];
  try {
    // The first run is not killed: it shows how long an upgrade takes.
    for (let kill = -1; kill < terms.kills; kill += 1) {
      rmSync(dir, { recursive: true, force: true });
      mkdirSync(dir);
      copyFileSync(terms.old, path);
      const child = children.take();
      let began = 0;
      const share = chance();
      child.onLine((line) => {
        if (line === 'begin') {
          began = performance.now();
          if (kill >= 0) setTimeout(() => child.process.kill('SIGKILL'), share * windowMs);
        } else if (line === 'done' && kill < 0) windowMs = (performance.now() - began) * 1.1;
      });
      child.process.stdin?.write(`${path}\n`);
      await child.gone;
      const found = standingOf(path);
      if (kill < 0) continue;
      if (found.version === before.version) oldStands += 1;
      else if (found.version === migrations.length) newStands += 1;
      else faults.push(`kill ${String(kill)}: version ${String(found.version)}`);
      if (found.head !== before.head || found.digest !== before.digest || found.fault !== null) faults.push(`kill ${String(kill)}: ${JSON.stringify(found)}`);
      bringUpToDate(path, migrations, () => null);
      const after = standingOf(path);
      if (after.version !== migrations.length || after.digest !== before.digest || after.fault !== null) faults.push(`kill ${String(kill)}, upgraded again: ${JSON.stringify(after)}`);
      const left = readdirSync(dir).filter((name) => name.includes('migrating'));
      if (found.version === before.version && left.length > 0) faults.push(`kill ${String(kill)}: ${left.join(', ')} left`);
    }
  } finally {
    children.close();
  }
  return { kills: terms.kills, oldStands, newStands, faults };
}

type Standing = { readonly version: number; readonly head: string; readonly digest: string; readonly fault: string | null };

/** Of the tables that the old version had, so that both versions can be compared. */
function standingOf(path: string): Standing {
  const oldTables = migrations.slice(0, -1).flatMap((migration) => [...migration.stateTables, ...migration.localTables]);
  const db = openLedgerFile(path, { mustExist: true });
  try {
    const version = schemaVersion(db);
    const known = migrations.slice(0, version);
    return { version, head: readHead(db).hash, digest: ledgerDigest(db, oldTables), fault: verifyDeep({ db, kinds: entryKinds, migrations: known }).faults[0]?.message ?? null };
  } finally {
    db.close();
  }
}
