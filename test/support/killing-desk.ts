/** Acts for the killing and power-loss harnesses: a tax office's month at the desk, from the determination to sealed batches and signed packages. */
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { OperationInput, OperationName } from '../../shared/contract.ts';
import { withSeededCrypto, type ActSet } from './killing-acts.ts';
import { countyPeriod, openCounty, operatorFor, refundableCells } from './killing-county.ts';
import { rosterText, testUscc } from './roster-rows.ts';

const taxpayers = 12;

type Step = { [N in OperationName]: { readonly name: N; readonly input: OperationInput<N> } }[OperationName];

/** Single applications, bulk decisions, three batches and their packages, the month's report. */
export function deskActs(): ActSet {
  return {
    name: "a tax office's month at the desk",
    agency: 'tax',
    count: steps.length,
    prepare: (folder, dir) => withSeededCrypto('desk', async () => {
      const home = join(folder, 'county');
      mkdirSync(home);
      const county = await openCounty(home, '2022-04-08T08:00');
      const file = county.file('roster.csv', rosterText(Array.from({ length: taxpayers }, (_, index) => refundableCells(index + 1))));
      await county.call('tax', 'roster.import', { file, period: countyPeriod });
      county.close();
      renameSync(join(home, 'tax'), dir);
    }),
    async run(office, _folder, act) {
      const step = steps[act];
      if (step === undefined) throw new Error(`no act ${String(act)}`);
      const reply = await withSeededCrypto(`act ${String(act)}`, () => office.call(step.name, step.input, operatorFor(step.name)));
      if (!reply.ok) throw new Error(`${step.name}: ${reply.error.code} ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
    },
  };
}

const refund = (number: number): string => `${countyPeriod}/${testUscc(number)}`;
const numbers = Array.from({ length: taxpayers }, (_, index) => index + 1);
const all = (state: 'applied' | 'accepted' | 'reviewed' | 'approved' | 'vouchered'): { all: { state: typeof state } } => ({ all: { state } });
const thirds = [numbers.slice(0, 4), numbers.slice(4, 8), numbers.slice(8)];

const steps: readonly Step[] = [
  { name: 'eligibility.assess', input: { period: countyPeriod } },
  { name: 'refunds.openCandidates', input: { period: countyPeriod } },
  { name: 'exchange.exportPackage', input: { kind: 'ENTERPRISE_LIST', to: 'finance', period: countyPeriod } },
  ...numbers.map((number): Step => ({ name: 'refunds.apply', input: { refunds: [refund(number)] } })),
  { name: 'refunds.accept', input: all('applied') },
  { name: 'refunds.returnForCorrection', input: { refunds: [refund(12)], reason: '申请表缺少签字' } },
  { name: 'refunds.resubmit', input: { refunds: [refund(12)] } },
  { name: 'refunds.accept', input: all('applied') },
  { name: 'refunds.review', input: all('accepted') },
  { name: 'refunds.approve', input: all('reviewed') },
  { name: 'refunds.addVoucherRange', input: { first: '00000001', last: '00000100' } },
  { name: 'refunds.issueVouchers', input: all('approved') },
  { name: 'refunds.checkVouchers', input: all('vouchered') },
  ...thirds.flatMap((part): Step[] => [
    { name: 'refunds.formBatch', input: { refunds: part.map(refund) } },
    { name: 'exchange.exportPackage', input: { kind: 'REFUND_BATCH', to: 'treasury' } },
    { name: 'exchange.exportPackage', input: { kind: 'REFUND_BATCH', to: 'finance' } },
  ]),
  { name: 'exchange.exportPackage', input: { kind: 'MONTHLY_REPORT', to: 'finance', period: countyPeriod, allowEmpty: true } },
];
