/** Refusals of 报表. Their sentences say that nothing was printed or written. */
import { defineErrors } from '../kernel/errors.ts';

export const reportsErrors = defineErrors({
  REPORT_UNKNOWN: { says: '没有名为“{id}”的报表，未生成', next: '可用的报表：{known}' },
  REPORT_NOT_HERE: { says: '《{title}》由{agencies}打印，本单位没有它的数据，未生成', next: '请到相应单位打印' },
  REPORT_PARAMETER_MISSING: { says: '《{title}》须指明{what}，未生成', next: '请补上后重试' },
  REPORT_PARAMETER_UNUSED: { says: '《{title}》不按{what}打印，未生成', next: '请去掉该项后重试' },
  REPORT_FORMAT_UNFIT: { says: '《{title}》没有 {format} 格式，未生成', next: '可用的格式：{formats}' },
  REPORT_NOTHING_FOUND: { says: '账内没有{what}，《{title}》未生成', next: '请核对后重试；不指明时取最近的一份' },
  REPORT_NO_BROWSER: { says: '本机没有可用的 Chromium、Edge 或 Chrome，PDF 未生成，没有写出文件', next: '可改存为网页，或安装 Edge、Chrome 后重试' },
  REPORT_FILE_REFUSED: { says: '文件“{file}”没有写出（{reason}）', next: '请换一个文件名或目录后重试' },
});
