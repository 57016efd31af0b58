/**
 * One row of the roster 企业名册: what the tax bureau knows about one taxpayer in one filing period, already read, checked and
 * typed. Blank is null and means unknown, never zero. Reading files into rows is electron/roster; judging them is eligibility.
 * @source shared spec roster.md
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import type { Fen } from '../kernel/money.ts';
import type { TaxPeriod } from '../kernel/tax-period.ts';

export type TaxpayerKind = 'general' | 'small-scale';
export type FilingCycle = 'month' | 'quarter';
/** 正常 停业 非正常 破产 注销 */
export type TaxpayerStatus = 'normal' | 'suspended-business' | 'abnormal' | 'bankrupt' | 'deregistered';
export type CreditRating = 'A' | 'B' | 'M' | 'C' | 'D' | 'unrated';

/** One industry's sales of the last 12 months; `code` is a letter, letter + 2 or letter + 3 digits of GB/T 4754-2017. */
export type IndustrySales = { readonly code: string; readonly salesFen: Fen };

export type RosterRow = {
  /** 1-based line of the file as a spreadsheet shows it: the header is row 1, the first taxpayer row 2. */
  readonly row: number;
  readonly uscc: string;
  readonly name: string;
  readonly taxpayerKind: TaxpayerKind | null;
  /** Blank = month (roster.md). */
  readonly filingCycle: FilingCycle;
  /** Blank = false (readings.md, Rows). */
  readonly individual: boolean;
  /** Blank = normal. */
  readonly status: TaxpayerStatus;
  /** Letter + 4 digits, or letter with fewer digits as received; null = blank. */
  readonly industryCode: string | null;
  readonly creditRating: CreditRating | null;
  readonly registeredOn: CivilDate | null;
  readonly prevYearSales: Fen | null;
  readonly prevYearMonths: number | null;
  readonly prevYearAssets: Fen | null;
  readonly salesByIndustry: readonly IndustrySales[] | null;
  /** Blank = 0. */
  readonly realEstatePresales: Fen;
  readonly salesMonths: number | null;
  readonly baseCredit: Fen | null;
  readonly endingCredit: Fen | null;
  /** Oldest first. */
  readonly recentCredits: readonly Fen[] | null;
  readonly prevYearEndCredit: Fen | null;
  /** Blank = 0. */
  readonly exportRefundDue: Fen;
  /** Blank = false. */
  readonly exportRefundPending: boolean;
  /** Blank = 0. */
  readonly vatArrears: Fen;
  readonly deductedFrom: TaxPeriod | null;
  /** Blank = unknown; the other deducted* are 0 when blank (readings.md, Rows). */
  readonly deductedSpecial: Fen | null;
  readonly deductedVehicle: Fen;
  readonly deductedToll: Fen;
  readonly deductedCustoms: Fen;
  readonly deductedWithholding: Fen;
  readonly deductedAir: Fen;
  readonly deductedRail: Fen;
  readonly deductedOther: Fen;
  readonly yearDeductedQualified: Fen | null;
  readonly yearDeductedTotal: Fen | null;
  readonly existingRefundedOn: CivilDate | null;
  readonly generalRefundedOn: CivilDate | null;
  readonly transferredOut: Fen | null;
  readonly fraud36: boolean | null;
  readonly evasion36: number | null;
  readonly immediateRefund: boolean | null;
  readonly immediateRefundRepaidOn: CivilDate | null;
  readonly filed: boolean | null;
  readonly underInspection: boolean | null;
  readonly filingMismatch: boolean | null;
  /** Blank = 0. */
  readonly abnormalVouchers: Fen;
  readonly office: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
  readonly bank: string | null;
  readonly bankAccount: string | null;
  readonly accountName: string | null;
  /** Unknown columns, kept as remarks: header → text as received. */
  readonly remarks: Readonly<Record<string, string>>;
};

/** A fault of one cell of a foreign file. All faults of a file are reported at once. */
export type CellFault = {
  /** Row as a spreadsheet shows it; the header is row 1. */
  readonly row: number;
  /** Header text of the column, or '' when the row as a whole is at fault. */
  readonly column: string;
  /** The value as read, at most 60 characters. */
  readonly value: string;
  /** Error table key, SCREAMING_SNAKE. */
  readonly code: string;
  /** Chinese sentence: the rule and what to do. */
  readonly message: string;
};

/** One line of a read file: a row that can be used, or all the faults of a row that cannot. `name` stands for the eye. */
export type RosterLine =
  | { readonly kind: 'row'; readonly row: RosterRow; readonly warnings: readonly CellFault[] }
  | { readonly kind: 'rejected'; readonly row: number; readonly name: string; readonly faults: readonly CellFault[] };
