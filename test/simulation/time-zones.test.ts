/**
 * The machine's time zone changes nothing (decision 10): the same story under three values of TZ gives the same cells and the same answers.
 * Acts lie minutes around midnight in Shanghai. Only what encryption makes anew each time may differ, and a second run in one zone
 * says what that is.
 */
import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ZoneReport } from '../support/tampering-zone-child.ts';

/** Columns that hold ciphertexts or hashes over them. */
const ofCiphertexts =
  / (?:journal\.(?:body|prev_hash|entry_hash)|blob\.|package_(?:in|out|held)\.(?:bytes|manifest_hash|doc_hash|sections)|channel_(?:in|out)\.(?:last_manifest_hash|head_hash|seen_hash)|countersignature\.(?:head_hash|signature))/;

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
  const [shanghai, again] = await Promise.all([runIn('Asia/Shanghai'), runIn('Asia/Shanghai')]);
  const [utc, newYork] = await Promise.all([runIn('UTC'), runIn('America/New_York')]);
  expect([shanghai.offset, utc.offset, newYork.offset]).toEqual([-480, 0, 300]);

  const byChance = new Set(Object.keys(shanghai.columns).filter((name) => shanghai.columns[name] !== again.columns[name]));
  // Ciphertexts and what is computed from them (a receipt quotes the hash of what it answers); nothing that a person reads.
  expect([...byChance].filter((name) => !ofCiphertexts.test(name))).toEqual([]);
  for (const zone of [utc, newYork]) {
    expect(Object.keys(zone.columns).filter((name) => !byChance.has(name) && zone.columns[name] !== shanghai.columns[name])).toEqual([]);
  }
  for (const zone of [shanghai, utc, newYork]) {
    expect(zone.faults).toEqual([]);
    for (const [name, answer] of Object.entries(zone.answers)) expect(answer, name).toMatchObject({ ok: true });
  }
  // Hashes of ciphertexts aside, every query answers the same.
  const plain = (report: ZoneReport): string => JSON.stringify(report.answers).replaceAll(/"[0-9a-f]{64}"/g, '"…"');
  expect(plain(utc)).toBe(plain(shanghai));
  expect(plain(newYork)).toBe(plain(shanghai));
});
