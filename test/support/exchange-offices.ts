/**
 * A small county for tests of the exchange: three practice offices that have been introduced in person, packages carried between them on a
 * stick, refundable taxpayers taken as far as a batch, and an old copy of an office put back.
 */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openOffice, type Office } from '../../electron/office/office.ts';
import type { Surroundings } from '../../electron/journal/index.ts';
import { contract, type OperationInput, type OperationName, type OperationOutput } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { done, practiceOffice, temporaryFolder, testClock, testEnv } from './practice.ts';
import { completeCells, rosterText, testUscc, type Cells } from './roster-rows.ts';

export const april = taxPeriod('2022-04');

export type County = {
  readonly folder: string;
  readonly stick: string;
  readonly offices: Readonly<Record<Agency, Office>>;
  /** Moves the clock of all offices. @param moment Shanghai wall clock */
  at(moment: string): void;
  /** Calls an operation that must succeed, as the practice operator who may. */
  call<N extends OperationName>(agency: Agency, name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
};

/** @param startsAt Shanghai wall clock */
export async function countyAt(startsAt: string): Promise<County> {
  const clock = testClock(startsAt);
  const folder = temporaryFolder();
  const stick = temporaryFolder();
  const open = (agency: Agency): Promise<Office> => practiceOffice(agency, clock, join(folder, agency));
  const offices = { tax: await open('tax'), finance: await open('finance'), treasury: await open('treasury') };
  const county: County = {
    folder, stick, offices,
    at(moment) {
      clock.now = testClock(moment).now;
    },
    call(agency, name, input) {
      clock.now += 1_000;
      return done(offices[agency], name, input, operatorFor(name));
    },
  };
  for (const owner of agencies) {
    const card = await county.call(owner, 'keys.writeCard', { folder: stick });
    for (const peer of agencies) if (peer !== owner) await county.call(peer, 'keys.trust', { card: join(stick, card.fileName), fingerprint: card.fingerprint });
  }
  return county;
}

/** Exports a package and writes it to the stick. @returns the file */
export async function sendPackage(county: County, from: Agency, request: OperationInput<'exchange.exportPackage'>): Promise<string> {
  const { packageId } = await county.call(from, 'exchange.exportPackage', request);
  const { fileName } = await county.call(from, 'exchange.writePackage', { packageId, folder: county.stick });
  return join(county.stick, fileName);
}

/** Imports a file that must be taken, whatever becomes of it. */
export function take(county: County, agency: Agency, file: string): Promise<OperationOutput<'exchange.importPackage'>> {
  return county.call(agency, 'exchange.importPackage', { file });
}

/** Calls an operation that must be refused. @returns its code */
export async function refusal(office: Office, name: OperationName, input: unknown, as = operatorFor(name)): Promise<string> {
  const reply: Reply = await office.call(name, input, as);
  if (reply.ok) throw new Error(`${name} should have been refused: ${JSON.stringify(reply.value)}`);
  return reply.error.code;
}

/** A micro manufacturer with every condition met. */
export function refundable(number: number, given: Cells = {}): Cells {
  const name = `凌源市第${String(number)}机械厂`;
  const ending = `${String(5_000 + number)}.50`;
  return {
    ...completeCells, uscc: testUscc(number), name, accountName: name, prevYearSales: '1500000.00', salesByIndustry: 'C=1500000', endingCredit: ending,
    recentCredits: `1;2;3;4;5;${ending}`, exportRefundDue: '0', vatArrears: '0', abnormalVouchers: '0', evasion36: '0', existingRefundedOn: '', generalRefundedOn: '',
    immediateRefundRepaidOn: '', transferredOut: '0', ...given,
  };
}

/** Imports a roster of April 2022 and assesses it. @returns taxpayers found refundable */
export async function assess(county: County, rows: readonly Cells[]): Promise<number> {
  const file = join(county.folder, `roster-${String(rows.length)}.csv`);
  writeFileSync(file, rosterText(rows));
  await county.call('tax', 'roster.import', { file, period: april });
  const { counts } = await county.call('tax', 'eligibility.assess', { period: april });
  return counts.refundable;
}

/** Takes every candidate of the month to a sealed batch and sends it to the treasury. @returns the file */
export async function sendBatch(county: County): Promise<string> {
  const all = { all: {} };
  await county.call('tax', 'refunds.openCandidates', { period: april });
  await county.call('tax', 'refunds.apply', { all: { state: 'candidate' } });
  await county.call('tax', 'refunds.accept', { all: { state: 'applied' } });
  await county.call('tax', 'refunds.review', { all: { state: 'accepted' } });
  await county.call('tax', 'refunds.approve', { all: { state: 'reviewed' } });
  await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00009999' });
  await county.call('tax', 'refunds.issueVouchers', { all: { state: 'approved' } });
  await county.call('tax', 'refunds.checkVouchers', { all: { state: 'vouchered' } });
  const { batch } = await county.call('tax', 'refunds.formBatch', all);
  return sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'treasury', batchNo: batch?.batchNo });
}

/** An office as it stood when its folder was copied: an old backup put back. */
export function restored(county: County, name: Agency): { copy(): void; open(at: string, given?: Partial<Surroundings>): Office } {
  const backup = join(county.folder, `${name}-backup`);
  return {
    copy() {
      mkdirSync(backup);
      cpSync(join(county.folder, name), backup, { recursive: true });
    },
    open(at, given = {}) {
      const office = openOffice(backup, testEnv(testClock(at), 'restored', given));
      onTestFinished(() => {
        office.close();
      });
      return office;
    },
  };
}

/** Practice operators are named after their duty. */
function operatorFor(name: OperationName): string {
  const { may }: Operation = contract[name];
  return typeof may === 'string' ? 'handler' : (may[0] ?? 'handler');
}
