/**
 * The closing mark 关账标记 beside a ledger: what the file was when the office was last closed in order. A ledger that is still exactly that needs nothing
 * undone, so that a journal beside it belongs to something else. It is a hint only: without it a ledger is judged by its own bytes, and it may be thrown away.
 */
import { closeSync, openSync, readFileSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { driveFaultOf } from './drive.ts';
import { sha256Hex } from './hash.ts';

const firstPageBytes = 4096;

function sealPath(ledger: string): string {
  return `${ledger}-closed`;
}

/** Marks a closed ledger. Where nothing can be written no mark is left, and the ledger is judged without one. */
export function sealLedger(ledger: string): void {
  if (isSealed(ledger)) return;
  try {
    writeFileSync(sealPath(ledger), sealOf(ledger), { mode: 0o600 });
  } catch (error) {
    if (driveFaultOf(error) === null) throw error;
    dropSeal(ledger);
  }
}

/** Whether the ledger is still, byte count, time and first page, what it was when it was closed. It must not be open in this process. */
export function isSealed(ledger: string): boolean {
  try {
    return readFileSync(sealPath(ledger), 'utf8') === sealOf(ledger);
  } catch (error) {
    if (driveFaultOf(error) === null) throw error;
    return false;
  }
}

function dropSeal(ledger: string): void {
  try {
    rmSync(sealPath(ledger), { force: true });
  } catch (error) {
    if (driveFaultOf(error) === null) throw error;
  }
}

function sealOf(ledger: string): string {
  const { size, mtimeNs } = statSync(ledger, { bigint: true });
  const page = new Uint8Array(firstPageBytes);
  const file = openSync(ledger, 'r');
  try {
    readSync(file, page, 0, firstPageBytes, 0);
  } finally {
    closeSync(file);
  }
  return `${String(size)} ${String(mtimeNs)} ${sha256Hex(page)}\n`;
}
