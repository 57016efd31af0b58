/**
 * One plain taxpayer whose every fact is known: a micro manufacturer that is due a refund in every filing period. Tests change
 * what they are about; shrinking a difference resets fields to these values. It is data, not a judgement.
 */
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../../shared/roster/model.ts';

/** Yuan as fen, whole yuan only. */
export function yuanOf(yuan: number): bigint {
  return BigInt(yuan) * 100n;
}

export const plainTaxpayer: RosterRow = {
  row: 2,
  uscc: '91350100M000100Y43',
  name: '平常机械有限公司',
  taxpayerKind: 'general',
  filingCycle: 'month',
  individual: false,
  status: 'normal',
  industryCode: 'C3411',
  creditRating: 'A',
  registeredOn: civilDate('2015-06-01'),
  prevYearSales: yuanOf(1_000_000),
  prevYearMonths: 12,
  prevYearAssets: yuanOf(1_000_000),
  salesByIndustry: [{ code: 'C34', salesFen: yuanOf(1_000_000) }],
  realEstatePresales: 0n,
  salesMonths: 12,
  baseCredit: yuanOf(1_000_000),
  endingCredit: yuanOf(2_000_000),
  recentCredits: [1_500_000, 1_600_000, 1_700_000, 1_800_000, 1_900_000, 2_000_000].map(yuanOf),
  prevYearEndCredit: yuanOf(1_200_000),
  exportRefundDue: 0n,
  exportRefundPending: false,
  vatArrears: 0n,
  deductedFrom: taxPeriod('2019-04'),
  deductedSpecial: yuanOf(8_000_000),
  deductedVehicle: 0n,
  deductedToll: 0n,
  deductedCustoms: 0n,
  deductedWithholding: 0n,
  deductedAir: 0n,
  deductedRail: 0n,
  deductedOther: yuanOf(2_000_000),
  yearDeductedQualified: yuanOf(800_000),
  yearDeductedTotal: yuanOf(1_000_000),
  existingRefundedOn: null,
  generalRefundedOn: null,
  transferredOut: 0n,
  fraud36: false,
  evasion36: 0,
  immediateRefund: false,
  immediateRefundRepaidOn: null,
  filed: true,
  underInspection: false,
  filingMismatch: false,
  abnormalVouchers: 0n,
  office: '第一税务所',
  contact: null,
  phone: null,
  bank: null,
  bankAccount: null,
  accountName: null,
  remarks: {},
};

/** The plain taxpayer with some facts changed; the last of the recent credits follows the ending credit unless both are given. */
export function taxpayer(changes: Partial<RosterRow>): RosterRow {
  const row = { ...plainTaxpayer, ...changes };
  if (changes.recentCredits !== undefined || changes.endingCredit === undefined || changes.endingCredit === null) return row;
  return { ...row, recentCredits: [...(plainTaxpayer.recentCredits ?? []).slice(0, 5), changes.endingCredit] };
}
