/**
 * What the command line says beside a refusal 命令行提示: the words of a refusal are the same for window and command line and name no option; which option
 * helps is known here.
 */
import type { ErrorKey } from '../../shared/errors.ts';

const hints: Partial<Readonly<Record<ErrorKey, string>>> = {
  ROSTER_COLUMNS_LACKING: '逐列确认用 --without 列名,列名…',
  ROSTER_WARNINGS_UNSEEN: '已看过的，加 --accept-warnings。',
  PACKAGE_EMPTY: '确实要送空表的，加 --allow-empty。',
  ROSTER_ROWS_FAULTY: '只导入其余各行，加 --accept-valid；把问题写成工作簿，加 --faults 文件.xlsx。',
  UNKNOWN_OPERATION: '用 liudi operation 列出全部操作。',
  CLOCK_ONLY_IN_PRACTICE: '去掉 --clock。',
  RECOVERY_NOT_SET: '用 backup 文件 --new-phrase 制作恢复口令。',
  ROSTER_MISSING: '导入名册的命令是 roster import。',
  PERIOD_BEFORE_POLICY: '申报期由 --period 给出。',
  ROSTER_PERIOD_NEEDED: '用 --period YYYY-MM 指明。',
  FORECAST_OFFICE_LACKS_LINES: '用 --survey、--paid、--cash 指明。',
  RECON_STATEMENTS_MISSING: '汇成本单位的用 operation reconciliation.state；没有使用本程序的单位，用 --tax、--treasury、--finance 指明清单文件。',
  RISK_ROSTER_MISSING: '导入名册的命令是 roster import。',
  SURVEY_NOT_ASSESSED: '测算的命令是 assess。',
  SURVEY_ROSTER_NEWER: '测算的命令是 assess。',
  SIGN_IN_NEEDED: '用 --as 指明操作员，并从标准输入给出口令。',
  NOT_AN_OFFICE: '用 --office 指明目录；用 office init 建立单位。',
  SECRET_NEEDED: '从标准输入或 --password-fd 给出，不要写在命令行里。',
  LEDGER_READ_ONLY: '用 ledger verify --deep 查看问题。',
  DETERMINATION_MISSING: '测算的命令是 assess。',
  REPORT_NO_BROWSER: '可加 --format html；或用环境变量 LIUDI_BROWSER 指明浏览器。',
};

/** A line of its own, or '' where no option helps. */
export function hintOf(code: string): string {
  const hint = Object.hasOwn(hints, code) ? hints[code as ErrorKey] : undefined; // an own key of the table above
  return hint === undefined ? '' : `${hint}\n`;
}
