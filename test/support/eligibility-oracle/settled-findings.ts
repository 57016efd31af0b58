/**
 * Where engine and oracle once parted, and which sentence settled it: the smallest taxpayer of each finding with the answer that stands.
 * Random taxpayers meet some of these once in a hundred thousand; here they are met every time.
 */
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';
import type { OracleAnswer } from './oracle.ts';
import { taxpayer } from './plain-taxpayer.ts';

export type SettledFinding = {
  readonly id: string;
  readonly sentence: string;
  readonly filing: string;
  readonly row: RosterRow;
  readonly answer: Partial<OracleAnswer>;
};

export const settledFindings: readonly SettledFinding[] = [
  {
    id: 'F1',
    sentence: 'Ratio: a blank start is not another start, so it does not turn to the pair of the year',
    filing: '2025-12',
    row: taxpayer({ salesByIndustry: [{ code: 'E', salesFen: 1n }], deductedFrom: null, yearDeductedQualified: 1n, yearDeductedTotal: 3n }),
    answer: { verdict: 'needs-evidence', ratio: null, refundableIncremental: null },
  },
  {
    id: 'F2',
    sentence: 'Size: blank months may be 0, which leaves the size undetermined',
    filing: '2022-06',
    row: taxpayer({ prevYearMonths: null }),
    answer: { verdict: 'needs-evidence', size: 'undetermined', route: null },
  },
  {
    id: 'F3',
    sentence: 'Dates: under 2025-07 a repayment of any date counts',
    filing: '2025-12',
    row: taxpayer({ immediateRefund: true, immediateRefundRepaidOn: civilDate('2026-01-01') }),
    answer: { verdict: 'refundable', refundableTotal: '1600000.00' },
  },
  {
    id: 'F4',
    sentence: 'Rows: a size open between micro and small changes neither verdict nor route nor amount of a suspended row',
    filing: '2022-04',
    row: taxpayer({ industryCode: 'K70', filingMismatch: true }),
    answer: { verdict: 'suspended', size: 'undetermined', route: '2022-14/1', existingOpenFrom: null },
  },
  {
    id: 'F5',
    sentence: 'Rows: one blank fact in two tests has one value',
    filing: '2025-09',
    row: taxpayer({ salesByIndustry: [{ code: 'M', salesFen: 1n }], realEstatePresales: 944n, salesMonths: null, endingCredit: 71_664n, recentCredits: [83n, 91_274n, 1_676_925n, 58_896n, 747_397n, 71_664n] }),
    answer: { verdict: 'ineligible', route: '2025-07/1(3)' },
  },
  {
    id: 'F6',
    sentence: 'null where unknown: a base between the extremes gives another increment of real estate',
    filing: '2027-12',
    row: taxpayer({ salesByIndustry: [{ code: 'Q', salesFen: 1n }], realEstatePresales: 24n, baseCredit: null, prevYearEndCredit: 0n }),
    answer: { verdict: 'needs-evidence', incrementalCredit: null },
  },
  {
    id: 'F7',
    sentence: 'null where unknown: a size open between medium and large has no known window',
    filing: '2022-04',
    row: taxpayer({ industryCode: 'I', prevYearSales: 99_999_999_999n }),
    answer: { size: 'undetermined', existingOpenFrom: null },
  },
  {
    id: 'F8',
    sentence: 'null where unknown: a blank credit may leave the existing credit of article 1 alone',
    filing: '2024-11',
    row: taxpayer({ industryCode: 'F5111', prevYearSales: 0n, salesByIndustry: [{ code: 'H', salesFen: 422n }, { code: 'L72', salesFen: 705_939n }], endingCredit: null }),
    answer: { verdict: 'needs-evidence', route: null, refundRate: null },
  },
];
