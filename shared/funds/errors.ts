/** Refusals and row faults of 资金与库款. A refusal writes nothing; all faults of the files are named at once. */
import { defineErrors } from '../kernel/errors.ts';

export const fundsErrors = defineErrors({
  FORECAST_FILE_FAULTY: { says: '预测所用的清单共有 {count} 处不符合要求（{first}），未预测，未写出文件', next: '请改正各行后重新预测' },
  FORECAST_NOT_WRITTEN: { says: '预测“{file}”没有写出（{reason}），未留下文件', next: '请换一个可写的位置后重新预测' },
  FORECAST_OFFICE_LACKS_LINES: { says: '账本里还没有库款日报，{day} 未预测，未写出文件', next: '请指明底数、退付和库款三份清单文件' },
});

/** What a row can have. */
export const forecastFindings = defineErrors({
  FORECAST_AMOUNT_ZERO: { says: '金额不能为 0', next: '请填写金额' },
  FORECAST_LINE_REPEATED: { says: '与第 {row} 行是同一户、同一留抵种类', next: '一户一种类只留一行' },
  CASH_DAY_REPEATED: { says: '{day} 已有一行（第 {row} 行）', next: '一日只留一行' },
  CASH_DAY_NOT_BALANCED: { says: '上日余额＋本日收入－本日支出为 {sum} 元，与本日余额 {closing} 元不等', next: '请核对该日各栏' },
  CASH_DAY_NOT_CONTINUED: { says: '上日余额 {opening} 元，与 {day} 的本日余额 {closing} 元不等', next: '请核对两日的余额，或补上中间各日' },
});
export type ForecastFindingKey = keyof typeof forecastFindings;
