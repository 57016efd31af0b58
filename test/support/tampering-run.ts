/** The two long loops of tampering: a cell of every column, and single bits of the file. Used by the test and by the long form. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerFault } from '../../electron/journal/index.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { ledgerDigest } from './killing-acts.ts';
import { chanceOf } from './power-loss-check.ts';
import type { Chance } from './power-loss-disk.ts';
import { richLedger } from './tampering-ledger.ts';
import { changeCell, columnsOf, guardedTables, lookAt, rowCounts, type Change, type Column, type Look } from './tampering.ts';

export type TamperResult = {
  readonly columns: number;
  readonly changed: number;
  readonly emptied: number;
  /** Changes not found, or found under another name. */
  readonly missed: readonly string[];
  readonly seconds: number;
};

/** @param terms.rounds how often each column is changed; `folder` holds the rich ledgers */
export function tamperCells(terms: { readonly folder: string; readonly rounds: number; readonly seed: string }): TamperResult {
  const started = performance.now();
  const chance = chanceOf(terms.seed);
  const filled = new Map(agencies.map((agency) => [agency, rowCounts(richLedger(terms.folder, agency))]));
  const columns = columnsOf(richLedger(terms.folder, 'tax')).filter((column) => !column.virtual);
  const missed: string[] = [];
  let [changed, emptied] = [0, 0];
  for (let round = 0; round < terms.rounds; round += 1) {
    for (const column of columns) {
      const agency = oneOf(agencies.filter((candidate) => (filled.get(candidate)?.get(column.table) ?? 0) > 0), chance);
      if (agency === undefined) {
        missed.push(`${column.table} has no row in any ledger`);
        continue;
      }
      changed += 1;
      missed.push(...changedAndFound(terms.folder, agency, column, chance, false));
      if (!column.nullable || !hasValue(terms.folder, agency, column)) continue;
      emptied += 1;
      missed.push(...changedAndFound(terms.folder, agency, column, chance, true));
    }
  }
  return { columns: columns.length, changed, emptied, missed, seconds: (performance.now() - started) / 1000 };
}

function changedAndFound(folder: string, agency: Agency, column: Column, chance: Chance, toNull: boolean): string[] {
  const { dir, path } = freshCopy(folder, agency);
  const change = changeCell(path, column, chance, toNull);
  const look = lookAt(dir);
  return names(look, change) ? [] : [`${agency} ${change.table}.${change.column} of ${change.key} = ${String(change.value)}: ${JSON.stringify(look).slice(0, 300)}`];
}

/** Whether the first fault is the changed cell, named as decision 22 asks. */
function names(look: Look, change: Change): boolean {
  if (look.kind !== 'faults') return false;
  const [first] = look.faults;
  return first !== undefined && namesCell(first, change);
}

/** Whether a fault names the changed cell: the entry, or table, key and column. */
export function namesCell(fault: LedgerFault, change: Change): boolean {
  if (change.table === 'journal') return fault.where === 'entry' && fault.seq === Number(change.key);
  if (change.table === 'blob') return fault.where === 'blob' && fault.column === change.column && (fault.key === change.key || fault.key === change.value);
  return fault.where === 'state' && fault.table === change.table && fault.column === change.column && fault.key === change.key;
}

export type FlipResult = {
  readonly flips: number;
  readonly found: number;
  readonly refused: number;
  /** Flips that changed no guarded cell: free space, local tables, bits that SQLite does not read. */
  readonly harmless: number;
  readonly missed: readonly string[];
  readonly seconds: number;
};

/** Flips single bits of the ledger file. @throws when a flip ends as a program fault */
export function flipBits(terms: { readonly folder: string; readonly flips: number; readonly seed: string }): FlipResult {
  const started = performance.now();
  const chance = chanceOf(terms.seed);
  const missed: string[] = [];
  let [found, refused, harmless] = [0, 0, 0];
  const digests = new Map(agencies.map((agency) => [agency, digestOf(freshCopy(terms.folder, agency).path)]));
  for (let flip = 0; flip < terms.flips; flip += 1) {
    const agency = oneOf(agencies, chance) ?? 'tax';
    const { dir, path } = freshCopy(terms.folder, agency);
    const bytes = readFileSync(path);
    const at = Math.floor(chance() * bytes.length);
    const bit = Math.floor(chance() * 8);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
    writeFileSync(path, bytes);
    const look = lookAt(dir);
    if (look.kind === 'refused') refused += 1;
    else if (look.faults.length > 0) found += 1;
    else if (digestOf(path) === digests.get(agency)) harmless += 1;
    else missed.push(`${agency} byte ${String(at)} bit ${String(bit)}`);
  }
  return { flips: terms.flips, found, refused, harmless, missed, seconds: (performance.now() - started) / 1000 };
}

function digestOf(path: string): string {
  const db = openLedgerFile(path, { mustExist: true });
  try {
    return ledgerDigest(db, guardedTables);
  } finally {
    db.close();
  }
}

function freshCopy(folder: string, agency: Agency): { readonly dir: string; readonly path: string } {
  const dir = join(folder, 'tampered');
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir);
  const path = join(dir, 'ledger.db');
  copyFileSync(richLedger(folder, agency), path);
  return { dir, path };
}

function hasValue(folder: string, agency: Agency, column: Column): boolean {
  const db = openLedgerFile(freshCopy(folder, agency).path, { mustExist: true });
  try {
    return db.prepare(`SELECT 1 FROM ${column.table} WHERE ${column.column} IS NOT NULL LIMIT 1`).get() !== undefined;
  } finally {
    db.close();
  }
}

function oneOf<T>(list: readonly T[], chance: Chance): T | undefined {
  return list[Math.floor(chance() * list.length)];
}
