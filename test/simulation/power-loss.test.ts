/**
 * Power loss during imports (faults.md A03). The trace is recorded live over a WebAssembly build of SQLite whose file calls can be seen;
 * every image is opened by the product's own build. What this proves: SQLite's pager with the ledger's pragmas asks for the syncs that
 * make an acknowledged import durable, and the product adds no state of its own that could be torn. What it does not prove: the native
 * file layer (os_unix, os_win) and the disk itself. The watched layer does the same calls in the same order as os_unix, except that it
 * does not sync the folder when a new journal appears; the disk model adds that one sync, as os_unix does it (the last two cases show
 * what hangs on it). It happens once, at the first act after a founding, a rebuild or a restore: the journal is truncated, never removed.
 * Long form: `npm run power-loss -- --images 100000`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { present } from '../../shared/kernel/assert.ts';
import type { ActSet } from '../support/killing-acts.ts';
import { actSetOf } from '../support/killing-sets.ts';
import { houseSetting, losePower, prepareGround, redSettings, type Ground, type PowerLossResult, type PowerLossTerms, type Setting } from '../support/power-loss-check.ts';

const packages = actSetOf('packages');
const desk = actSetOf('desk');
const grounds = new Map<ActSet, Ground>();

beforeAll(async () => {
  for (const acts of [packages, desk]) grounds.set(acts, await prepareGround(acts));
});
afterAll(() => {
  for (const ground of grounds.values()) ground.remove();
});

async function lose(acts: ActSet, setting: Setting, images: number, journal: PowerLossTerms['journal'] = 'known'): Promise<PowerLossResult> {
  const ground = present(grounds.get(acts), 'prepared ground');
  const result = await losePower({ acts, setting, images, seed: `power loss ${setting.name}`, deepEvery: 50, ground, journal });
  process.stdout.write(`  power loss, ${acts.name}, ${setting.name}, journal ${journal}: ${JSON.stringify(result)}\n`);
  return result;
}

function expectSound(result: PowerLossResult): void {
  expect(result.acts).toBeGreaterThanOrEqual(30);
  expect(result.examples).toEqual([]);
  expect(result.verdicts).toEqual({ sound: result.images, lost: 0, partial: 0, unreadable: 0 });
  // The harness bites only where something was unsynced and the images differ.
  expect(result.unsynced).toBeGreaterThan(result.images * 0.8);
  expect(result.distinct).toBeGreaterThan(result.images * 0.7);
}

describe('power loss', () => {
  test('during package imports loses no acknowledged import and shows no half of one: 1,700 images', { timeout: 600_000 }, async () => {
    expectSound(await lose(packages, houseSetting, 1700));
  });

  test('during a month at the desk, exports and approvals among it, loses nothing acknowledged: 300 images', { timeout: 600_000 }, async () => {
    expectSound(await lose(desk, houseSetting, 300));
  });

  test.each(redSettings)('goes red with $name', { timeout: 600_000 }, async (setting) => {
    const { verdicts } = await lose(packages, setting, 200);
    expect(verdicts.lost).toBeGreaterThan(0);
    if (setting.name === 'TRUNCATE / OFF') expect(verdicts.partial + verdicts.unreadable).toBeGreaterThan(0);
  });

  test('is sound from the first act on, when the rollback journal is new', { timeout: 600_000 }, async () => {
    expect((await lose(packages, houseSetting, 100, 'new, folder synced')).verdicts.sound).toBe(100);
  });

  test('goes red when the name of a new rollback journal is not on the disk', { timeout: 600_000 }, async () => {
    const { verdicts } = await lose(packages, houseSetting, 100, 'new, folder not synced');
    expect(verdicts.partial + verdicts.unreadable).toBeGreaterThan(0);
  });
});
