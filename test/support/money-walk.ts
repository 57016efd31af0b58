/**
 * The road of two refunds from the candidate list to the monthly report, act by act, each office closed in between: before every act its data directory is kept,
 * so that a cell can be changed there, the act done, and the cell put back. No vitest here.
 */
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { ledgerForm } from '../../electron/office/joined.ts';
import { openOffice, systemSurroundings } from '../../electron/office/office.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import type { LedgerFault } from '../../electron/journal/index.ts';
import type { OperationName } from '../../shared/contract.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { Reply } from '../../shared/reply.ts';
import { assessRoster, countyPeriod, openCounty, operatorFor, refundableCells } from './killing-county.ts';
import { runOutside } from './tampering.ts';

type Act = { readonly agency: Agency; readonly name: OperationName; readonly input: (said: ReadonlyMap<string, unknown>) => object };

const all = (state: string) => () => ({ all: { state } });
const vouchers = () => ({ vouchers: ['00000001', '00000002'] });
const packageOf = (name: string) => (said: ReadonlyMap<string, unknown>) => ({ packageId: (said.get(name) as { packageId: string }).packageId });

function clawedBack(no: string): Act['input'] {
  return (said) => ({
    refund: (said.get('refunds.crossOff') as { refunds: { refund: string }[] }).refunds[0]?.refund, existing: '0.01', incremental: '0.00', document: `缴款书 ${no}`, reason: '多退',
  });
}

/** The acts in order; what one answers, later ones may need. */
export const moneyActs: readonly Act[] = [
  { agency: 'tax', name: 'refunds.openCandidates', input: () => ({ period: countyPeriod }) },
  { agency: 'tax', name: 'exchange.exportPackage', input: () => ({ kind: 'ENTERPRISE_LIST', to: 'treasury', period: countyPeriod }) },
  { agency: 'tax', name: 'refunds.apply', input: all('candidate') },
  { agency: 'tax', name: 'refunds.accept', input: all('applied') },
  { agency: 'tax', name: 'refunds.review', input: all('accepted') },
  { agency: 'tax', name: 'refunds.approve', input: all('reviewed') },
  { agency: 'tax', name: 'refunds.issueVouchers', input: all('approved') },
  { agency: 'tax', name: 'refunds.checkVouchers', input: all('vouchered') },
  { agency: 'tax', name: 'refunds.formBatch', input: all('voucher-checked') },
  { agency: 'tax', name: 'exchange.exportPackage', input: () => ({ kind: 'REFUND_BATCH', to: 'treasury' }) },
  { agency: 'treasury', name: 'treasury.check', input: vouchers },
  { agency: 'treasury', name: 'treasury.pay', input: vouchers },
  { agency: 'treasury', name: 'exchange.exportPackage', input: () => ({ kind: 'REFUND_RECEIPT', to: 'tax' }) },
  { agency: 'tax', name: 'exchange.importPackage', input: () => ({ file: '' }) },
  { agency: 'tax', name: 'refunds.crossOff', input: all('paid') },
  { agency: 'tax', name: 'exchange.exportPackage', input: () => ({ kind: 'MONTHLY_REPORT', to: 'finance', period: countyPeriod }) },
  { agency: 'tax', name: 'refunds.clawBack', input: clawedBack('0001') },
  { agency: 'tax', name: 'refunds.clawBack', input: clawedBack('0002') },
];

/** An act as it went without any change: the office's directory before it, its input, and what it entered. */
export type KeptAct = { readonly no: number; readonly act: Act; readonly dir: string; readonly input: object; readonly entered: readonly string[] };

/** Walks the road once under `folder`. */
export async function walkMoney(folder: string): Promise<readonly KeptAct[]> {
  const county = await openCounty(folder, '2022-04-11T08:30');
  const refundable = await assessRoster(county, [refundableCells(1), refundableCells(2)]);
  if (refundable !== 2) throw new Error(`${String(refundable)} refundable`);
  await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00009999' });
  county.close();
  const said = new Map<string, unknown>();
  const kept: KeptAct[] = [];
  for (const [no, act] of moneyActs.entries()) {
    const dir = join(folder, act.agency);
    const before = join(folder, `before-${String(no)}`);
    const input = act.name === 'exchange.importPackage' ? { file: await carried(folder, 'treasury', said, 'treasury exchange.exportPackage REFUND_RECEIPT', no) } : act.input(said);
    cpSync(dir, before, { recursive: true });
    const reply = await call(dir, no, act.name, input);
    if (!reply.ok) throw new Error(`${act.name}: ${reply.error.code} ${reply.error.message}`);
    said.set(act.name, reply.value);
    if (act.name === 'exchange.exportPackage') said.set(`${act.agency} ${act.name} ${(input as { kind: string }).kind}`, reply.value);
    kept.push({ no, act, dir: before, input, entered: entered(dir, before) });
    const next = moneyActs[no + 1];
    if (act.name === 'exchange.exportPackage' && act.agency === 'tax' && ((input as { to: string }).to === 'treasury') && next !== undefined) {
      const file = await carried(folder, 'tax', said, `tax exchange.exportPackage ${(input as { kind: string }).kind}`, no);
      const taken = await call(join(folder, 'treasury'), no, 'exchange.importPackage', { file });
      if (!taken.ok || (taken.value as { outcome: string }).outcome !== 'accepted') throw new Error(JSON.stringify(taken));
    }
  }
  return kept;
}

async function carried(folder: string, from: Agency, said: ReadonlyMap<string, unknown>, name: string, no: number): Promise<string> {
  const written = await call(join(folder, from), no, 'exchange.writePackage', { ...packageOf(name)(said), folder: join(folder, 'stick') });
  if (!written.ok) throw new Error(written.error.message);
  return join(folder, 'stick', (written.value as { fileName: string }).fileName);
}

/** Opens the office, lets the operator whose duty it is act, and closes it. Time and chance of an act are the same every time. */
export async function call(dir: string, no: number, name: OperationName, input: object): Promise<Reply> {
  const office = officeAt(dir, no, name);
  try {
    return await office.call(name, input, operatorFor(name));
  } finally {
    office.close();
  }
}

function officeAt(dir: string, no: number, seed: string): ReturnType<typeof openOffice> {
  const now = Date.parse('2022-04-12T09:00:00+08:00') + no * 3_600_000;
  return openOffice(dir, systemSurroundings({ clock: () => now, random: seededRandom(`${seed} ${String(no)}`) }));
}

export function deepFaults(dir: string, no: number): readonly LedgerFault[] {
  const office = officeAt(dir, no, 'deep');
  try {
    return office.verify('deep').faults;
  } finally {
    office.close();
  }
}

/** What an act entered, told so that only its content counts: of a package its document. */
export function entered(dir: string, before: string): readonly string[] {
  const count = bodies(before).length;
  return bodies(dir).slice(count).map((text) => {
    const { kind, facts } = JSON.parse(text) as { kind: string; facts: Record<string, unknown> };
    if (kind !== 'exchange.send') return JSON.stringify([kind, facts]);
    return JSON.stringify([kind, facts['docHash'], facts['docId'], facts['rows'], facts['sumFen']]);
  });
}

function bodies(dir: string): string[] {
  const db = new BetterSqlite3(join(dir, 'ledger.db'), { readonly: true });
  try {
    return db.prepare<[], string>('SELECT body FROM journal ORDER BY seq').pluck().all();
  } finally {
    db.close();
  }
}

export type MoneyCell = { readonly table: string; readonly column: string };

/** Every column of a state table that says how much or to whom: read from the declarations, so that a later table comes in by itself. */
export function moneyCells(): readonly MoneyCell[] {
  const db = new BetterSqlite3(':memory:');
  try {
    for (const { sql } of ledgerForm.log) db.exec(sql);
    for (const { ddl } of ledgerForm.tables) db.exec(ddl);
    return ledgerForm.tables.flatMap(({ tables }) => tables).flatMap((table) =>
      db.prepare<[], { name: string }>(`PRAGMA table_info(${table})`).all().map(({ name }) => ({ table, column: name })))
      .filter(({ column }) => /_fen$|^bank$|^bank_account$|^bank_code$|^account_name$/.test(column));
  } finally {
    db.close();
  }
}

export type Outcome = 'not there' | 'refused' | 'not used' | 'found' | 'NOT FOUND';

/** Changes the cell in every row of the kept directory, does the act, puts the cell back. @returns what became of it */
export async function changedUsedPutBack(kept: KeptAct, { table, column }: MoneyCell, scratch: string): Promise<Outcome> {
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  cpSync(kept.dir, scratch, { recursive: true });
  const ledger = join(scratch, 'ledger.db');
  const before = cells(ledger, table, column).filter(({ value }) => value !== null);
  if (before.length === 0) return 'not there';
  const forged = new Map(before.map(({ row, value }) => [row, typeof value === 'bigint' ? value + 1n : column === 'bank_account' ? `${String(value).slice(0, -1)}9` : `${String(value)}甲`]));
  runOutside(ledger, before.map(({ row }) => `UPDATE ${table} SET ${column} = ${quoted(forged.get(row))} WHERE rowid = ${String(row)}`).join(';'));
  const reply = await call(scratch, kept.no, kept.act.name, kept.input);
  if (!reply.ok && reply.error.code === 'PROGRAM_FAULT') return 'refused';
  const wrote = entered(scratch, kept.dir);
  if (JSON.stringify(wrote) === JSON.stringify(kept.entered)) return 'not used';
  if (!reply.ok) return 'refused';
  const standing = new Map(cells(ledger, table, column).map(({ row, value }) => [row, value]));
  runOutside(ledger, before.filter(({ row }) => standing.get(row) === forged.get(row))
    .map(({ row, value }) => `UPDATE ${table} SET ${column} = ${quoted(value)} WHERE rowid = ${String(row)}`).join(';'));
  return deepFaults(scratch, kept.no).length > 0 ? 'found' : 'NOT FOUND';
}

type Cell = { readonly row: bigint; readonly value: bigint | string | null };

function cells(ledger: string, table: string, column: string): readonly Cell[] {
  const db = new BetterSqlite3(ledger, { readonly: true });
  db.defaultSafeIntegers(true);
  try {
    return db.prepare<[], Cell>(`SELECT rowid AS row, ${column} AS value FROM ${table} ORDER BY rowid`).all();
  } finally {
    db.close();
  }
}

function quoted(value: bigint | string | null | undefined): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value ?? 'NULL');
}
