/** The offices that `npm run demo` makes: each verifies deep with exit 0, and exits 3 after any cell of it is changed from outside (headless.md). */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { agencies } from '../../shared/kernel/office.ts';
import { chanceOf, fastFolder } from '../support/power-loss-check.ts';
import { runCli } from '../support/tampering-cli.ts';
import { namesCell } from '../support/tampering-run.ts';
import { changeCell, columnsOf, rowCounts } from '../support/tampering.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(fastFolder(), 'liudi-demo-'));
  const demo = runCli(['demo', '--out', join(folder, 'demo'), '--enterprises', '60', '--months', '1', '--no-pdf', '--json']);
  if (demo.exit !== 0) throw new Error(`demo: exit ${String(demo.exit)} ${demo.stderr}`);
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe.each(agencies)('the demo office %s', (agency) => {
  const verify = (dir: string): ReturnType<typeof runCli> => runCli(['ledger', 'verify', '--deep', '--json', '--office', dir]);

  test('exits 0', () => {
    expect(verify(join(folder, 'demo', agency))).toMatchObject({ exit: 0, json: { ok: true, faultCount: 0 } });
  });

  test('exits 3 and names the cell, whichever of three cells taken by chance it is', { timeout: 300_000 }, () => {
    const chance = chanceOf(`demo ${agency}`);
    const dir = join(folder, 'changed');
    const filled = [...rowCounts(join(folder, 'demo', agency, 'ledger.db'))].filter(([, rows]) => rows > 0).map(([table]) => table);
    for (let round = 0; round < 3; round += 1) {
      rmSync(dir, { recursive: true, force: true });
      cpSync(join(folder, 'demo', agency), dir, { recursive: true });
      const path = join(dir, 'ledger.db');
      const columns = columnsOf(path).filter((column) => !column.virtual && filled.includes(column.table));
      const column = columns[Math.floor(chance() * columns.length)];
      if (column === undefined) throw new Error('a filled table has columns');
      const change = changeCell(path, column, chance, false);
      const answer = verify(dir);
      const what = `${change.table}.${change.column} of ${change.key}`;
      expect(answer.exit, what).toBe(3);
      const { error } = answer.json as { error: { code: string; details: Parameters<typeof namesCell>[0] } }; // the JSON of exit 3
      expect(error.code, what).toBe('LEDGER_FAULT');
      expect(namesCell(error.details, change), `${what}: ${JSON.stringify(error.details)}`).toBe(true);
    }
  });
});
