/** Makes the rich ledgers under the time zone of its environment and prints what came out: a digest of every column, and what queries answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { openOffice, type Office } from '../../electron/office/office.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { sha256Hex } from '../../electron/platform/hash.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { steeredEnv } from './killing-acts.ts';
import { fastFolder } from './power-loss-check.ts';
import { buildRichLedgers, richLedger } from './tampering-ledger.ts';
import { columnsOf } from './tampering.ts';

export type ZoneReport = {
  /** Minutes of the zone on the first day of 2022, to show that it took. */
  readonly offset: number;
  /** `tax refund.due_on` → digest of the column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, unknown>>;
  readonly faults: readonly string[];
};

const questions: readonly (readonly [Agency, string, object])[] = [
  ['tax', 'refunds.list', {}],
  ['tax', 'refunds.monthly', { period: '2022-04' }],
  ['tax', 'refunds.funnel', { period: '2022-04' }],
  ['tax', 'eligibility.list', { period: '2022-04' }],
  ['treasury', 'treasury.list', {}],
  ['treasury', 'treasury.batches', {}],
  ['finance', 'exchange.gaps', {}],
];

const folder = mkdtempSync(join(fastFolder(), 'liudi-zone-'));
try {
  await buildRichLedgers(folder);
  process.stdout.write(JSON.stringify({ offset: new Date(2022, 0, 1).getTimezoneOffset(), columns: columns(), ...(await ask()) } satisfies ZoneReport));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function columns(): Record<string, string> {
  const result: Record<string, string> = {};
  for (const agency of agencies) {
    const path = richLedger(folder, agency);
    const all = columnsOf(path);
    const db = openLedgerFile(path, { mustExist: true });
    for (const { table, column } of all) {
      const cells = db.prepare(`SELECT ${column} AS cell FROM ${table}`).all().map(({ cell }) => (cell instanceof Uint8Array ? sha256Hex(cell) : String(cell)));
      result[`${agency} ${table}.${column}`] = sha256Hex(cells.sort().join('\n')).slice(0, 16);
    }
    db.close();
  }
  return result;
}

async function ask(): Promise<Pick<ZoneReport, 'answers' | 'faults'>> {
  const steering = steeredEnv();
  steering.begin(60 * 24 * 40); // after the story's last act
  const offices = new Map<Agency, Office>(agencies.map((agency) => [agency, openOffice(join(folder, agency), steering.env)]));
  const answers: Record<string, unknown> = {};
  for (const [agency, name, input] of questions) answers[`${agency} ${name}`] = await offices.get(agency)?.call(name, input, 'handler');
  const faults = [...offices].flatMap(([agency, office]) => office.verify('deep').faults.map((fault) => `${agency}: ${fault.message}`));
  for (const office of offices.values()) office.close();
  return { answers, faults };
}
