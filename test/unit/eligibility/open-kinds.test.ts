/** What counts in lists and candidates is what the determination counts in its total. */
import { expect, test } from 'vitest';
import { openKinds } from '../../../electron/eligibility/entries.ts';
import type { DeterminationRecord } from '../../../shared/eligibility/record.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';

type Figures = Pick<DeterminationRecord, 'verdict' | 'refundableExisting' | 'refundableIncremental' | 'refundableTotal' | 'existingOpenFrom' | 'incrementalOpenFrom'>;

const april = taxPeriod('2022-04');
const may = taxPeriod('2022-05');

function record(figures: Figures): DeterminationRecord {
  return {
    row: 2, uscc: '91211382MA00000010', name: '某厂', period: april, pack: 'mof-sta-2022-14', sources: [], route: '2022-14/2', size: 'undetermined', 
    listedIndustry: true, listedShare: '1.0000', endingCredit: 0n, existingCredit: 0n, incrementalCredit: 0n, ratio: '1.0000000000', refundRate: '1', ...figures,
  };
}

const rows: readonly (readonly [string, Figures, { existing: boolean; incremental: boolean }])[] = [
  ['both open', { verdict: 'refundable', refundableExisting: 80n, refundableIncremental: 16n, refundableTotal: 96n, existingOpenFrom: april, incrementalOpenFrom: april }, { existing: true, incremental: true }],
  ['no month named', { verdict: 'refundable', refundableExisting: 0n, refundableIncremental: 16n, refundableTotal: 16n, existingOpenFrom: null, incrementalOpenFrom: null }, { existing: true, incremental: true }],
  ['existing opens later', { verdict: 'refundable', refundableExisting: 80n, refundableIncremental: 16n, refundableTotal: 16n, existingOpenFrom: may, incrementalOpenFrom: april }, { existing: false, incremental: true }],
  ['closed for every size that it may be', { verdict: 'refundable', refundableExisting: 80n, refundableIncremental: 16n, refundableTotal: 16n, existingOpenFrom: null, incrementalOpenFrom: april }, { existing: false, incremental: true }],
];
test.each(rows)('%s', (_name, figures, expected) => {
  expect(openKinds(record(figures))).toEqual(expected);
});
