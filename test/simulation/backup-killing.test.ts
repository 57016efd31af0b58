/**
 * A backup killed at any moment leaves nothing or a good file: whatever bears the name of a backup can be restored and verifies, whatever the ledger calls a
 * backup is there, the ledger itself is whole, and no copy of it is left lying about.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openOffice } from '../../electron/office/office.ts';
import { sha256Hex, seededRandom } from '../../electron/platform/hash.ts';
import { filesIn, restored, workedOffice } from '../support/backups.ts';
import { done, temporaryFolder, testClock, testEnv } from '../support/practice.ts';
import { root } from '../support/source-tree.ts';

const kills = 12;
/** Longest time after the first sign of life at which the blow falls; a backup of this ledger takes about that long. */
const longestMs = 900;

/** Starts the child, waits for its first backup to begin, kills it after the given time. @returns what it had said */
async function killedAfter(dir: string, target: string, ms: number): Promise<string> {
  const child = spawn(process.execPath, [join(root, 'test/support/backup-child.ts'), dir, target], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  await new Promise<void>((resolve) => {
    child.on('exit', () => { resolve(); });
    child.stdout.on('data', (piece: Buffer) => {
      if (said === '') setTimeout(() => child.kill('SIGKILL'), ms);
      said += piece.toString('utf8');
    });
  });
  return said;
}

test('after every kill each named file restores, each recorded backup is there, and the ledger verifies', async () => {
  const chance = seededRandom('backup-killing');
  const { office, dir } = await workedOffice(120);
  office.close();
  const seen = { killedWithin: 0, files: 0 };
  for (let number = 1; number <= kills; number += 1) {
    const place = temporaryFolder();
    const own = join(place, 'office');
    const target = join(place, 'target');
    cpSync(dir, own, { recursive: true });
    mkdirSync(target);
    const [a = 0, b = 0] = chance(2);
    const said = await killedAfter(own, target, ((a * 256 + b) * longestMs) / 65_536);
    const told = said.split('\n').filter((line) => line.startsWith('done ')).length;
    if (said.trimEnd().split('\n').at(-1)?.startsWith('begin') === true) seen.killedWithin += 1;

    const again = openOffice(own, testEnv(testClock('2026-12-01T09:00')));
    expect(again.verify('deep').faults).toEqual([]);
    const { backups } = await done(again, 'administration.backups', {}, 'audit');
    again.close();
    const named = filesIn(target).filter((name) => name.endsWith('.age'));
    seen.files += named.length;
    expect(backups.length).toBeGreaterThanOrEqual(told);
    expect(named.length - backups.length, 'a file may be named a moment before it is recorded, never the other way round').toBeGreaterThanOrEqual(0);
    expect(named.length - backups.length).toBeLessThanOrEqual(1);
    for (const { fileName, sha256 } of backups) expect(sha256Hex(readFileSync(join(target, fileName)))).toBe(sha256);
    for (const name of named) await restored(join(target, name), join(place, `restored-${name}`), testClock('2026-12-01T09:00'));
    expect(filesIn(join(own, 'spool'))).toEqual([]);
  }
  // The blows really fell into backups, and some backups really were made.
  expect(seen.killedWithin).toBeGreaterThan(kills / 2);
  expect(seen.files).toBeGreaterThan(0);
}, 300_000);
