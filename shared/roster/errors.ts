/**
 * Refusals and findings of the roster 企业名册. `rosterErrors` are refusals of a whole operation or file; `rosterFindings` are what
 * a single cell or row can have: faults reject the row, warnings stand beside it. Both forms share one sentence pattern.
 * @source shared spec roster.md; faults.md E01–E13; numbers of exchange.md 2.8
 */
import { defineErrors, fillSentence, type ErrorParams, type ErrorRow } from '../kernel/errors.ts';
import type { CellFault } from './model.ts';

export const rosterErrors = defineErrors({
  ROSTER_FILE_UNREADABLE: { says: '无法读取“{file}”（{reason}），名册未变', next: '请核对路径；须为普通文件，不能是文件夹、快捷方式或设备' },
  ROSTER_FILE_TOO_LARGE: { number: 'E104', says: '“{file}”超过 {limit} MiB，未读取，名册未变', next: '请按主管税务所或行业拆成几个文件后分别核对' },
  ROSTER_FILE_EMPTY: { says: '文件是空的，名册未变', next: '请重新导出名册' },
  ROSTER_FILE_IS_WORKBOOK: { says: '这是{form}，不能直接读入，名册未变', next: '请在 Excel 或 WPS 中打开，另存为“Excel 工作簿（*.xlsx）”，再读入另存的文件' },
  ROSTER_FILE_NOT_TABLE: { says: '这不是表格文件（像是{form}），名册未变', next: '请在原系统导出 xlsx 或 CSV，或用 Excel 打开后另存为“Excel 工作簿（*.xlsx）”' },
  ROSTER_WORKBOOK_UNSAFE: { says: '工作簿不能安全读取（{reason}），名册未变', next: '请在 Excel 或 WPS 中打开，另存为新的 xlsx 后读入；来源不明的文件请先向发件人核实' },
  ROSTER_WORKBOOK_SHEETS: { says: '工作簿有 {count} 张可见的工作表（{names}），不能确定哪一张是名册，名册未变', next: '请把名册所在的一张另存为单独的工作簿，或隐藏其余各张后保存' },
  ROSTER_ENCODING_UNKNOWN: { number: 'E153', says: '文件的文字编码无法确定（{reason}），为免存入乱码，名册未变', next: '请重新导出，或另存为“CSV UTF-8（逗号分隔）”后再读入' },
  ROSTER_HEADER_INVALID: { number: 'E150', says: '表头有 {count} 处不符合要求（{first}），名册未变', next: '请按提示改正表头后重新读入；可参照“导出名册”得到的表头' },
  ROSTER_ROWS_TOO_MANY: { number: 'E150', says: '文件超过 {limit} 行，名册未变', next: '请拆成几个文件' },
  ROSTER_COLUMNS_TOO_MANY: { number: 'E150', says: '表头有 {count} 列，超过 {limit} 列，名册未变', next: '请删去与名册无关的列' },
  ROSTER_LINE_ENDS: { number: 'E150', says: '文件只用回车符（CR）换行，分不出行，名册未变', next: '请另存为“CSV UTF-8（逗号分隔）”，行以回车换行（CRLF）或换行（LF）结束' },
  ROSTER_SEPARATOR: { number: 'E150', says: '各列之间用{separator}隔开，分不出列，名册未变', next: '请另存为“CSV UTF-8（逗号分隔）”或“Excel 工作簿（*.xlsx）”后再读入' },
  ROSTER_READING_STOPPED: { says: '读取“{file}”时{reason}，已停止读取，名册未变', next: '请检查文件是否确为名册；必要时拆成几个文件' },
  ROSTER_ROWS_FAULTY: { number: 'E150', says: '{rejected} 行有问题（共 {faults} 处，首处：{first}），一行也没有导入', next: '请按清单改正后重新导入；或确认后只导入其余 {accepted} 行' },
  ROSTER_COLUMNS_LACKING: { number: 'E150', says: '文件没有 {count} 列，而空白会被当作有意义的值（{columns}），名册未变', next: '请补上这些列；确实都应按空白计的，请逐列确认后再导入' },
  ROSTER_WARNINGS_UNSEEN: { number: 'E150', says: '有 {count} 处须由人看过才能导入（首处：{first}），名册未变', next: '请逐处核对；属实的，确认已看过后再导入' },
  ROSTER_NAMES_DAMAGED: { number: 'E153', says: '{count} 户的名称有丢失的字，而账内已有完整的名称（首处：{first}），一行也没有导入', next: '请在原系统重新导出（xlsx 或 UTF-8），或在文件中改回完整的名称' },
  ROSTER_COLUMN_UNKNOWN: { says: '名册没有“{column}”这一列，名册未变', next: '请核对列名；列名可参照导出的名册' },
  ROSTER_NO_ROWS: { says: '文件中没有可以导入的企业行，名册未变', next: '请核对文件内容' },
  ROSTER_PERIOD_NEEDED: { says: '没有指明这份名册属于哪个申报期，名册未变', next: '请指明申报期，如 2022-04' },
  ROSTER_PERIOD_AHEAD: { number: 'E150', says: '申报期 {period} 晚于本月 {current}，名册未变', next: '请核对申报期' },
  ROSTER_TAXPAYER_UNKNOWN: { says: '{period} 申报期的名册中没有 {uscc}', next: '请核对代码与申报期，或先导入名册' },
  ROSTER_PERIOD_EMPTY: { says: '{period} 申报期还没有名册，没有写出文件', next: '请先导入该申报期的名册' },
  ROSTER_EXPORT_FAILED: { number: 'E171', says: '名册未能写到“{file}”（{reason}）', next: '请换一个位置；已有的同名文件不会被覆盖' },
});

export type RosterErrorKey = keyof typeof rosterErrors;

/** What one cell or row can have. A `says` is the rule that is broken, a `next` what to do. */
export const rosterFindings = defineErrors({
  HEADER_MISSING: { number: 'E150', says: '缺少必需的列“{column}”', next: '请补上该列' },
  HEADER_REPEATED: { number: 'E150', says: '与第 {position} 列是同一列（{column}）', next: '请只保留一列' },
  HEADER_UNIT: { number: 'E150', says: '单位是{unit}，名册的金额一律以元计', next: '请换算成元，并去掉表头中的单位' },
  HEADER_ASSIGNED_LACKING: { number: 'E150', says: '指定读作“{column}”的表头“{header}”不在文件里', next: '请按文件里的表头重新指定' },
  HEADER_NEAR: { number: 'E150', says: '与名册的“{column}”相近而不相同；不作为该列读入，该列就一律按“{blank}”计', next: '是该列的，请把表头改为“{column}”；与该列无关的，请改名或去掉' },
  TITLE_UNIT: { number: 'E150', says: '写明单位是{unit}（表头在第 {row} 行），名册的金额一律以元计', next: '请把金额换算成元，并改正这一行的单位' },
  HEADER_QUOTE: { number: 'E150', says: '表头的引号不合 CSV 规则', next: '请改正表头行的引号' },
  CELL_BLANK: { number: 'E150', says: '不能为空', next: '请补填' },
  CELL_TOO_LONG: { number: 'E150', says: '有 {length} 个字符，超过 {limit} 个', next: '请缩短或核对是否错列' },
  CELL_CONTROL_CHARACTER: { number: 'E150', says: '含有不可见控制字符 {character}', next: '请删去该字符后重新导出' },
  CELL_GARBLED: { number: 'E153', says: '含有乱码替代符 {character}，原字已在别处丢失', next: '请从原系统重新导出' },
  CELL_NOT_A_CHOICE: { number: 'E150', says: '须为 {choices} 之一', next: '请改为其中一项，不知道的留空' },
  CELL_QUOTE_INSIDE: { number: 'E150', says: '引号的位置不合 CSV 规则，单元格的界限不明', next: '含引号的内容须整格加引号，其中的引号写两个' },
  CELL_DIGITS_LOST: { number: 'E151', says: 'Excel 已把长号码改成科学计数法或补零，后几位数字已丢失', next: '请在原系统把该列以文本导出，不要用 Excel 打开后再保存' },
  CELL_NUMBER_DIGITS_LOST: { number: 'E151', says: 'Excel 已丢失后 {lost} 位', next: '请在原系统以文本导出' },
  CELL_NUMBER_INEXACT: { number: 'E152', says: 'Excel 中的数值多于两位小数，不是到分的金额', next: '请用 ROUND 函数取到两位小数，或在原系统以文本导出' },
  CELL_MERGED: { number: 'E150', says: '在合并单元格 {area} 之内，这一行没有自己的值', next: '请取消合并，逐户填写这一列' },
  CELL_NAME_DAMAGED: { number: 'E153', says: '含有可能丢失的字，而账内已有完整的名称“{before}”', next: '请改回完整的名称' },
  CELL_FORMULA_ERROR: { number: 'E150', says: '公式出错（{error}），没有值', next: '请改正公式或直接填写数值，不知道的留空' },
  CELL_FORMULA_UNCALCULATED: { number: 'E150', says: '公式还没有算出值', next: '请用 Excel 或 WPS 打开，保存后再读入' },
  CELL_AMOUNT_INVALID: { number: 'E152', says: '不是金额', next: '请以元填写：数字，至多两位小数，整数部分至多 13 位，首尾无空格，不用正号、科学计数法或公式' },
  CELL_AMOUNT_NEGATIVE: { number: 'E152', says: '此列不能为负数', next: '请核对；不知道的留空' },
  CELL_COUNT_INVALID: { number: 'E150', says: '须为 {min}–{max} 的整数', next: '请改正，不知道的留空' },
  CELL_DATE_INVALID: { number: 'E150', says: '不是有效日期', next: '请写成 YYYY-MM-DD（如 2022-04-01）；Excel 会改写日期，请先把该列设为文本' },
  CELL_MONTH_INVALID: { number: 'E150', says: '不是有效月份', next: '请写成 YYYY-MM（如 2019-04）；Excel 会改写月份，请先把该列设为文本' },
  CELL_EXAMPLE_ROW: { number: 'E150', says: '是模板的示例行，不是企业', next: '请删去示例行' },
  CELL_TOTAL_ROW: { number: 'E150', says: '像是合计行，不是企业', next: '请删去合计行' },
  CELL_USCC_LENGTH: { number: 'E151', says: '有 {length} 位，统一社会信用代码应为 18 位（旧税号 15 或 20 位）', next: '请核对代码' },
  CELL_USCC_CHARACTER: { number: 'E151', says: '含有代码中不用的字符“{character}”', next: '代码只用半角数字和大写字母，不含 I、O、S、V、Z；请核对是否把 1、0、5、2 误写成字母' },
  CELL_USCC_CHECK: { number: 'E151', says: '校验位不符，按前 17 位末位应为“{expected}”', next: '请逐位核对代码' },
  CELL_USCC_REPEATED: { number: 'E150', says: '与第 {row} 行的代码重复', next: '一户在一个申报期只能有一行，请保留正确的一行' },
  CELL_INDUSTRY_INVALID: { number: 'E150', says: '不是 GB/T 4754-2017 行业代码，或门类字母与数字不一致', next: '请写门类字母加四位数字，如 C1762' },
  CELL_SALES_INVALID: { number: 'E150', says: '第 {position} 项“{item}”不合格式（{reason}）', next: '请写成 代码=金额，用分号隔开，如 C=800000;I65=50000；代码为门类字母，或字母加两、三位数字' },
  CELL_SERIES_INVALID: { number: 'E150', says: '第 {position} 项“{item}”不合格式（{reason}）', next: '请写一至六个金额，用分号隔开，最早一期在前，最后一期等于当期期末留抵税额' },
  ROW_RAGGED: { number: 'E150', says: '本行有 {cells} 格，表头有 {columns} 列', next: '请核对是否有未加引号的逗号或换行' },
  ROW_BEYOND_HEADER: { number: 'E150', says: '第 {position} 列有内容，而表头只到第 {columns} 列', next: '请补上该列的表头，或把多余内容移走' },
  ROW_QUOTE_OPEN: { number: 'E150', says: '引号没有闭合，本行及其后各行无法识别', next: '请在该格补上引号后重新读入' },
  ROW_TOO_LONG: { number: 'E150', says: '本行超过 {limit} 个字符，本行及其后各行不再读取', next: '请核对文件是否为名册、是否缺少换行' },
  ROW_CREDITS_DISAGREE: { number: 'E150', says: '最后一期 {last} 与当期期末留抵税额 {ending} 不等', next: '请核对两列' },
  WARN_ABOVE_HEADER: { says: '在表头（第 {row} 行）之上，没有作为数据读入', next: '请核对其中没有单位、口径等说明被漏看' },
  WARN_MERGED_FIRST: { says: '是合并单元格 {area} 的值，只按本行读入', next: '请核对它是不是几行的合计或共有的值' },
  WARN_ROW_HIDDEN: { says: '这一行在工作簿中是隐藏的（筛选或手工隐藏），也读入了', next: '请核对该户应否在名册中；不应在的，请删去该行后重新读入' },
  WARN_SHEETS_HIDDEN: { says: '工作簿另有 {count} 张隐藏的工作表，没有读入', next: '请核对名册是不是在隐藏的表里' },
  WARN_COLUMN_HIDDEN: { says: '这一列在工作簿中是隐藏的，也读入了', next: '请核对该列的值是不是要用的' },
  WARN_FILTERED: { says: '工作表设有筛选，筛掉的行也读入了', next: '请核对各隐藏行' },
  WARN_DRAWN_OVER: { says: '工作表上有图片、图形或批注，可能遮住了单元格', next: '请核对被遮住的内容' },
  WARN_STRUCK_OUT: { says: '在工作簿中画了删除线，仍按所写的值读入', next: '请核对是不是已作废；作废的请清除后重新读入' },
  WARN_FORMULA_STALE: { says: '是公式的值，而工作簿要求打开时重新计算，这个值可能是旧的', next: '请用 Excel 或 WPS 打开，保存后再读入，或核对这个值' },
  WARN_BLANKS_REMOVED: { says: '首尾空格已去掉', next: '请核对' },
  WARN_BLANKS_KEPT: { says: '首尾有空格，按收到的原样保存', next: '请核对名称' },
  WARN_NUMBER_AS_CODE: { says: '在 Excel 中是数字而不是文本，前面的零可能已丢失', next: '请核对号码' },
  WARN_NUMBER_DIGITS_LOST: { says: 'Excel 已丢失后 {lost} 位，按所见内容存为备注', next: '需要时请在原系统以文本导出' },
  WARN_AMOUNT_NORMALISED: { says: '千位分隔符或全角数字已换成“{amount}”', next: '请核对' },
  WARN_PUNCTUATION_NORMALISED: { says: '全角分号或等号已按半角读取', next: '请核对' },
  WARN_USCC_UPPER_CASED: { says: '小写字母已改为大写 {code}', next: '请核对' },
  WARN_USCC_LEGACY: { says: '是 {length} 位旧税号，没有校验位可核', next: '请核对，有统一社会信用代码的请换用' },
  WARN_USCC_ORGANISATION: { says: '第 17 位与组织机构代码的校验规则不符（第 18 位相符）', next: '请核对代码' },
  WARN_CHARACTER_STRANGE: { says: '含有 {character}，看起来与常用字相同或看不见，而编码不同', next: '按收到的原样保存；请对照营业执照核对，可在原系统改正' },
  WARN_NAME_LIKE: { says: '与第 {row} 行的名称看起来相同而文字不同', next: '请核对是不是同一户，或其中一个写错了' },
  WARN_ACCOUNT_CHARACTER: { says: '含有 {character}，银行账号通常只有半角数字', next: '请核对账号，字母 O、I 与数字 0、1 容易混淆' },
  WARN_ZEROS_LOST: { says: '账内是“{before}”，这里少了前面的零，像是经表格软件打开再保存过', next: '请核对号码；应有零的，请改回或导出 xlsx 后再改' },
  WARN_DIGITS_LOST: { says: '账内是“{before}”，这里后几位变成了零或科学计数法，像是经表格软件打开再保存过', next: '请改回账内的号码，或在原系统以文本导出' },
  WARN_DATE_MADE: { says: '账内是“{before}”，这里变成了日期，像是经表格软件打开再保存过', next: '请核对；不是日期的请改回' },
  WARN_EQUALS_TAKEN_OFF: { says: '写成了 ="…"，按引号内的内容读入', next: '请核对' },
  WARN_CHARACTER_DOUBTFUL: { says: '含有 {character}，可能是导出时丢失的生僻字或本机自造字', next: '请对照营业执照核对名称' },
  WARN_ACCOUNT_NAME_DIFFERS: { says: '账户名称与纳税人名称不同', next: '退还书的收款户名须为纳税人本户，请在开具前核对' },
  WARN_CREDIT_NOT_FALLEN: { says: '没有低于本账本退付时的 {then} 元（{paidOn} 凭退还书 {voucher} 退付 {amount} 元），未见冲减', next: '请核对是否冲减前的数字；照此测算将列为资料不足' },
  WARN_MONTHS_DISAGREE: { says: '填 {months} 个月，按登记日期 {registered} 应为 {expected} 个月左右', next: '请核对月数与登记日期；登记日期只作提示，不影响判定' },
  WARN_COLUMN_UNNAMED: { says: '此列没有表头，内容作备注保存', next: '请核对是否错列' },
});

/** What a header of another list than the roster can have. */
export const listFindings = defineErrors({
  LIST_HEADER_UNIT: { says: '单位是{unit}，清单的金额一律以元计', next: '请换算成元，并去掉表头中的单位' },
  LIST_HEADER_NEAR: { says: '与“{column}”相近而不相同，没有作为该列读入', next: '请改成“{column}”；确是另一列的，请换一个名称或删去' },
});

export type RosterFindingKey = keyof typeof rosterFindings;

/** Warnings that a person must have seen before anything is imported; the others stand beside the rows. */
export const askingFindings: ReadonlySet<string> = new Set<RosterFindingKey>([
  'WARN_ROW_HIDDEN', 'WARN_SHEETS_HIDDEN', 'WARN_MERGED_FIRST', 'WARN_STRUCK_OUT', 'WARN_FORMULA_STALE', 'WARN_ZEROS_LOST', 'WARN_DIGITS_LOST', 'WARN_DATE_MADE',
]);

/** Longest part of a foreign value that a message repeats. */
const valueShownMax = 60;
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** One finding as the clerk sees it. @param value the cell as read; cut to 60 characters */
export function rosterFinding(place: { readonly row: number; readonly column: string; readonly value: string }, code: RosterFindingKey, params: ErrorParams = {}): CellFault {
  return findingAt(place, code, rosterFindings[code], params);
}

/**
 * A finding of any list file, in the one form of sentence and value. @param place a foreign value is cut and made visible
 * @param sentence of the table that `code` is a key of
 */
export function findingAt<C extends string, P extends { readonly value: string }>(place: P, code: C, sentence: ErrorRow, params: ErrorParams): P & { readonly code: C; readonly message: string } {
  const fit = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? shownValue(value) : value]));
  return { ...place, value: shownValue(place.value), code, message: `${fillSentence(sentence.says, fit)}；${fillSentence(sentence.next, fit)}` };
}

/** `第 7 行“期末留抵税额”：…`, for sentences that name the first of several faults. */
export function faultSentence(fault: CellFault): string {
  return `第 ${String(fault.row)} 行${fault.column === '' ? '' : `“${fault.column}”`}${fault.value === '' ? '' : `“${fault.value}”`}：${fault.message}`;
}

/** A foreign value fit to be shown: what cannot be seen is written out as `\\u{202e}`, and it is cut to 60 characters. */
export function shownValue(value: string): string {
  const head = Array.from(value.slice(0, valueShownMax * 2));
  const cut = head.length > valueShownMax || value.length > valueShownMax * 2;
  const kept = cut ? `${head.slice(0, valueShownMax - 1).join('')}…` : value;
  return kept.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}
