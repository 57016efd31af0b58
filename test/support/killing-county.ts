/**
 * A small county for the long harnesses: a tax office with refundable taxpayers taken as far as sealed batches, a treasury and a finance
 * office that trust it, and a stick full of packages. Built through the operations table alone; no vitest here.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings, type Office } from '../../electron/office/office.ts';
import { seededRandom } from '../../electron/platform/hash.ts';
import { contract, type OperationInput, type OperationName, type OperationOutput } from '../../shared/contract.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { testUscc, rosterText, type Cells } from './roster-rows.ts';

export const countyPeriod = taxPeriod('2022-04');

export type SmallCounty = {
  readonly folder: string;
  readonly stick: string;
  readonly offices: Readonly<Record<Agency, Office>>;
  /** Moves the clock forward. @param moment Shanghai wall clock, `2022-04-18T09:00` */
  at(moment: string): void;
  /** Calls an operation that must succeed, as the practice operator who may; each takes a minute. */
  call<N extends OperationName>(agency: Agency, name: N, input: OperationInput<N>): Promise<OperationOutput<N>>;
  /** Writes a file beside the offices. @returns its path */
  file(name: string, text: string): string;
  close(): void;
};

/** Founds three practice offices that have been introduced to each other. */
export async function openCounty(folder: string, startsAt: string): Promise<SmallCounty> {
  let now = Date.parse(`${startsAt}:00+08:00`);
  const stick = join(folder, 'stick');
  mkdirSync(stick, { recursive: true });
  const found = (agency: Agency): Promise<Office> =>
    foundOffice(join(folder, agency), { agency, county: '211382', name: `凌源市${agencyNames[agency]}`, practice: true }, systemSurroundings({ clock: () => now, random: seededRandom(`county ${agency}`) }));
  const offices = { tax: await found('tax'), finance: await found('finance'), treasury: await found('treasury') };
  const county: SmallCounty = {
    folder, stick, offices,
    at(moment) {
      now = Math.max(now, Date.parse(`${moment}:00+08:00`));
    },
    async call(agency, name, input) {
      now += 60_000;
      const reply = await offices[agency].call(name, input, operatorFor(name));
      if (!reply.ok) throw new Error(`${agency} ${name}: ${reply.error.code} ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
      return reply.value as OperationOutput<typeof name>; // the contract fixes the output of a name
    },
    file(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    close() {
      for (const agency of agencies) offices[agency].close();
    },
  };
  for (const owner of agencies) {
    const card = await county.call(owner, 'keys.writeCard', { folder: stick });
    for (const peer of agencies) if (peer !== owner) await county.call(peer, 'keys.trust', { card: join(stick, card.fileName), fingerprint: card.fingerprint });
  }
  return county;
}

/** A practice office has one operator per duty, named after it. */
export function operatorFor(name: OperationName): string {
  const { may }: Operation = contract[name];
  return typeof may === 'string' ? 'handler' : (may[0] ?? 'handler');
}

/** A micro manufacturer with every condition met. */
export function refundableCells(number: number, given: Cells = {}): Cells {
  const name = `凌源市第${String(number)}机械厂`;
  return {
    uscc: testUscc(number), name, taxpayerKind: '一般纳税人', filingCycle: '月', individual: '否', status: '正常', industryCode: 'C3411', creditRating: 'A',
    registeredOn: '2015-03-04', prevYearSales: '1500000.00', prevYearMonths: '12', prevYearAssets: '2000000.00', salesByIndustry: 'C=1500000', realEstatePresales: '0',
    salesMonths: '12', baseCredit: '1000.00', endingCredit: `${String(5000 + number)}.50`, recentCredits: `1;2;3;4;5;${String(5000 + number)}.50`, prevYearEndCredit: '4000.00',
    exportRefundDue: '0', exportRefundPending: '否', vatArrears: '0', deductedFrom: '2019-04', deductedSpecial: '800000', deductedVehicle: '0', deductedToll: '0',
    deductedCustoms: '0', deductedWithholding: '0', deductedAir: '0', deductedRail: '0', deductedOther: '200000', transferredOut: '0', fraud36: '否', evasion36: '0',
    immediateRefund: '否', filed: '是', underInspection: '否', filingMismatch: '否', abnormalVouchers: '0', office: '城关税务所', contact: '王芳', phone: '0421-6812345',
    bank: '中国银行凌源支行', bankAccount: `00123456789${String(number).padStart(8, '0')}`, accountName: name, ...given,
  };
}

/** Imports a roster of the county's month and assesses it. @returns taxpayers found refundable */
export async function assessRoster(county: SmallCounty, rows: readonly Cells[]): Promise<number> {
  const file = county.file(`roster-${String(rows.length)}.csv`, rosterText(rows));
  await county.call('tax', 'roster.import', { file, period: countyPeriod });
  const { counts } = await county.call('tax', 'eligibility.assess', { period: countyPeriod });
  return counts.refundable;
}

/** Takes every candidate of the month through review and approval to a checked voucher. @returns the refunds in order */
export async function refundsToVoucher(county: SmallCounty): Promise<string[]> {
  const from = <S extends 'candidate' | 'applied' | 'accepted' | 'reviewed' | 'approved' | 'vouchered'>(state: S): { all: { state: S } } => ({ all: { state } });
  await county.call('tax', 'refunds.openCandidates', { period: countyPeriod });
  await county.call('tax', 'refunds.apply', from('candidate'));
  await county.call('tax', 'refunds.accept', from('applied'));
  await county.call('tax', 'refunds.review', from('accepted'));
  await county.call('tax', 'refunds.approve', from('reviewed'));
  await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00009999' });
  await county.call('tax', 'refunds.issueVouchers', from('approved'));
  const { refunds } = await county.call('tax', 'refunds.checkVouchers', from('vouchered'));
  return refunds.map((refund) => refund.refund).sort();
}

/** Seals the refunds into a batch and writes its package for the treasury to the stick. @returns the file */
export async function sendBatch(county: SmallCounty, refunds: readonly string[], to: Agency = 'treasury'): Promise<string> {
  const { batch } = await county.call('tax', 'refunds.formBatch', { refunds: [...refunds] });
  return sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to, batchNo: batch?.batchNo });
}

/** Exports a package and writes it to the stick. @returns the file */
export async function sendPackage(county: SmallCounty, from: Agency, request: OperationInput<'exchange.exportPackage'>): Promise<string> {
  const made = await county.call(from, 'exchange.exportPackage', request);
  const written = await county.call(from, 'exchange.writePackage', { packageId: made.packageId, folder: county.stick });
  return join(county.stick, written.fileName);
}
