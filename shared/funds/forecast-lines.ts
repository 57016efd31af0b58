/** What a forecast 预测 is made of, as the four files and an office give it. @source shared spec funds.md, Forecast */
import type { CivilDate } from '../kernel/civil-date.ts';
import type { Fen } from '../kernel/money.ts';
import type { TaxPeriod } from '../kernel/tax-period.ts';

/** 留抵种类 */
export type CreditKind = 'existing' | 'incremental';
export const creditKindWords: Readonly<Record<string, CreditKind>> = { 存量: 'existing', 增量: 'incremental' };

/** One line of the survey a 识别号 and 留抵种类. */
export type SurveyedCredit = {
  readonly uscc: string;
  readonly credit: CreditKind;
  /** 申报期 of the survey. */
  readonly filingPeriod: TaxPeriod;
  /** 办理起始月; null = not known. */
  readonly openFrom: TaxPeriod | null;
  readonly amountFen: Fen;
};

/** A refund that was paid; without 办理起始月 it starts with its 申报期. */
export type PaidRefund = SurveyedCredit & { readonly paidOn: CivilDate };

/** A day of the treasury: 上日余额 + 本日收入 − 本日支出 = 本日余额. */
export type CashDay = {
  readonly day: CivilDate;
  readonly openingFen: Fen;
  readonly incomeFen: Fen;
  readonly outgoFen: Fen;
  readonly closingFen: Fen;
  /** 其中退税支出 */
  readonly refundsFen: Fen;
  /** 其中专项资金到账 */
  readonly fundsFen: Fen;
};

/** 计划 or 在途调拨; negative = out. */
export type PlannedSum = { readonly day: CivilDate; readonly kind: 'plan' | 'transfer'; readonly amountFen: Fen };
export const plannedKindWords: Readonly<Record<string, PlannedSum['kind']>> = { 计划: 'plan', 在途调拨: 'transfer' };

export type ForecastLines = {
  readonly survey: readonly SurveyedCredit[];
  readonly paid: readonly PaidRefund[];
  readonly cash: readonly CashDay[];
  readonly plan: readonly PlannedSum[];
};
