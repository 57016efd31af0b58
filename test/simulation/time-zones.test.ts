/**
 * The machine's time zone changes nothing (decision 10): the same story under three values of TZ gives the same cells and the same answers.
 * Some of its acts lie minutes around midnight in Shanghai.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ZoneReport } from '../support/tampering-zone-child.ts';

function runIn(zone: string): Promise<ZoneReport> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../support/tampering-zone-child.ts', import.meta.url))], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TZ: zone } });
  const text: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => text.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(text.join('')) as ZoneReport); // printed by our own child
      else reject(new Error(`TZ=${zone}: exit ${String(code)}`));
    });
  });
}

test('a month of three offices comes out the same in UTC, Shanghai and New York', { timeout: 300_000 }, async () => {
  const [shanghai, utc] = await Promise.all([runIn('Asia/Shanghai'), runIn('UTC')]);
  const newYork = await runIn('America/New_York');
  expect([shanghai.offset, utc.offset, newYork.offset]).toEqual([-480, 0, 300]);
  for (const zone of [shanghai, utc, newYork]) {
    expect(zone.faults).toEqual([]);
    for (const [name, answer] of Object.entries(zone.answers)) expect(answer, name).toMatchObject({ ok: true });
  }
  // Every cell of every guarded table, hashes and ciphertexts included, and every answer.
  for (const zone of [utc, newYork]) expect({ ...zone, offset: 0 }).toEqual({ ...shanghai, offset: 0 });
});
