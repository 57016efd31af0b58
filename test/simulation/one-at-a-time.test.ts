/** One process at a time holds an office (faults.md F09): the second is told E182 at once and changes nothing. */
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openOffice } from '../../electron/office/office.ts';
import { applyLedgerPragmas, ledgerPragmas, readLedgerStamp, type Database } from '../../electron/platform/database.ts';
import { runCli } from '../support/tampering-cli.ts';
import { practiceOffice, temporaryFolder, testClock, testEnv } from '../support/practice.ts';
import { openWasmLedger, openWasmWith } from '../support/wasm-database.ts';

const clock = testClock('2022-04-11T09:00');

/** An office that is founded and closed. */
async function closedOffice(): Promise<string> {
  const dir = join(temporaryFolder(), 'tax');
  const office = await practiceOffice('tax', clock, dir);
  office.close();
  return dir;
}

/** Another process that opens the office and keeps it open until the test ends. */
async function heldElsewhere(dir: string): Promise<void> {
  const holder: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL('../support/killing-holder.ts', import.meta.url)), dir], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => {
    holder.kill('SIGKILL');
  });
  await new Promise<void>((resolve, reject) => {
    holder.stdout?.once('data', () => { resolve(); });
    holder.once('exit', (code) => { reject(new Error(`the holder left with ${String(code)}`)); });
  });
}

test('a second process is refused with E182 and exit 1, whatever it wants, and the file stays as it is', async () => {
  const dir = await closedOffice();
  await heldElsewhere(dir);
  const before = readFileSync(join(dir, 'ledger.db'));
  for (const words of [['office', 'status'], ['ledger', 'verify', '--deep'], ['operation', 'administration.status']]) {
    const answer = runCli([...words, '--office', dir, '--json']);
    expect(answer).toMatchObject({ exit: 1, json: { error: { code: 'OFFICE_IN_USE', message: expect.stringContaining('E182') as string } } });
  }
  expect(() => openOffice(dir, testEnv(clock))).toThrow(expect.objectContaining({ code: 'OFFICE_IN_USE' }) as Error);
  expect(() => readLedgerStamp(join(dir, 'ledger.db'))).toThrow(expect.objectContaining({ reason: 'locked' }) as Error);
  expect(readFileSync(join(dir, 'ledger.db')).equals(before)).toBe(true);
});

test('a second office object in the same process is refused too, and the first goes on', async () => {
  const dir = join(temporaryFolder(), 'tax');
  const office = await practiceOffice('tax', clock, dir);
  expect(() => openOffice(dir, testEnv(clock))).toThrow(expect.objectContaining({ code: 'OFFICE_IN_USE' }) as Error);
  expect(await office.call('administration.operators', {}, 'handler')).toMatchObject({ ok: true });
  // The refused attempt did not loosen the lock of the first.
  expect(runCli(['office', 'status', '--office', dir, '--json'])).toMatchObject({ exit: 1, json: { error: { code: 'OFFICE_IN_USE' } } });
});

test('an office closed by its process is free again', async () => {
  const dir = await closedOffice();
  expect(runCli(['office', 'status', '--office', dir, '--json'])).toMatchObject({ exit: 0 });
  expect(runCli(['office', 'status', '--office', dir, '--json'])).toMatchObject({ exit: 0 });
});

test.each(ledgerPragmas.map(([name]) => name))('an office whose %s does not take is not opened', async (pragma) => {
  const dir = await closedOffice();
  const copy = join(temporaryFolder(), 'copy');
  mkdirSync(copy);
  copyFileSync(join(dir, 'ledger.db'), join(copy, 'ledger.db'));
  const wrong = new Map([
    ['locking_mode', 'NORMAL'], ['journal_mode', 'DELETE'], ['synchronous', 'EXTRAA'], ['foreign_keys', 'OFF'], ['recursive_triggers', 'OFF'], ['trusted_schema', 'ON'],
    ['cell_size_check', 'OFF'], ['secure_delete', 'OFF'], ['ignore_check_constraints', 'ON'], ['temp_store', 'FILE'],
  ]).get(pragma);
  const openDatabase = (path: string): Database =>
    openWasmWith(path, (db) => {
      applyLedgerPragmas({ ...db, exec: (sql) => { db.exec(sql.startsWith(`PRAGMA ${pragma}=`) ? `PRAGMA ${pragma}=${String(wrong)}` : sql); } });
    });
  expect(() => openOffice(copy, testEnv(clock, 'pragma', { openDatabase }))).toThrow(expect.objectContaining({ code: 'NOT_A_LEDGER' }) as Error);
  const office = openOffice(copy, testEnv(clock, 'pragma', { openDatabase: openWasmLedger }));
  expect(office.fault).toBeNull();
  office.close();
});
