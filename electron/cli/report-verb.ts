/**
 * `report`: one report of the table into a file — a page, a PDF or CSV. The page comes from the office; printing and writing happen here, after
 * the ledger has answered. Without a browser a PDF is refused and nothing is written.
 */
import { refusal } from '../../shared/errors.ts';
import { reportFormats, isReportId, reportIds, reportTable, type ReportFormat, type ReportId } from '../../shared/reports/table.ts';
import { tableWorkbook } from '../reports/index.ts';
import { withPaperFonts } from '../platform/paper-fonts.ts';
import { chromiumPrinter } from '../platform/print-chromium.ts';
import { outputHindrance, writeFaultNames, writeOutput } from '../platform/output-file.ts';
import { encodeText } from '../platform/text-file.ts';
import type { Session } from './session.ts';
import { optionalPeriod, requiredOption, textOption, UsageFault, type Verb, type VerbOptions } from './verb.ts';

export const report: Verb = {
  name: 'report',
  usage: 'ID [--period YYYY-MM] [--uscc CODE] [--batch PC-…] [--voucher NO] [--package ID] [--amendment ZC-…] --format html|csv|xlsx|pdf --out FILE [--replace] --office DIR',
  says: `打印报表与单证：${reportIds.map((id) => `${id} ${reportTable[id].title}`).join('，')}。不指明批次、号码、月份时取最近的一份。`,
  options: { period: 'text', uscc: 'text', batch: 'text', voucher: 'text', package: 'text', amendment: 'text', format: 'text', out: 'text', replace: 'flag' },
  words: [1, 1],
  async run({ words, options, session }) {
    const id = words[0] ?? '';
    const format = formatOf(requiredOption(options, 'format'));
    const out = requiredOption(options, 'out');
    if (!isReportId(id)) throw refusal('REPORT_UNKNOWN', { id, known: reportIds.join('、') });
    const { title, formats } = reportTable[id];
    if (!formats.includes(format)) throw refusal('REPORT_FORMAT_UNFIT', { title, format, formats: formats.join('、') });
    // Told before the paper is made and printed.
    const hindrance = outputHindrance(out, options['replace'] === true);
    if (hindrance !== null) throw refusal('REPORT_FILE_REFUSED', { file: out, reason: writeFaultNames[hindrance] });
    const made = await bytesOf(session(), id, format, paramsOf(options));
    const fault = writeOutput(out, made.bytes, options['replace'] === true);
    if (fault !== null) throw refusal('REPORT_FILE_REFUSED', { file: out, reason: writeFaultNames[fault] });
    const { bytes, ...facts } = made;
    return {
      exit: 0,
      json: { id, format, file: out, bytes: bytes.length, ...facts },
      text: [`《${made.title}》已写入 ${out}（${String(bytes.length)} 字节${made.digest === undefined ? '' : `，数据摘要 ${made.digest}`}）`, ...made.remarks].join('\n'),
    };
  },
};

type Made = { readonly title: string; readonly bytes: Uint8Array; readonly digest?: string; readonly empty?: boolean; readonly remarks: readonly string[] };

async function bytesOf(session: Session, id: ReportId, format: ReportFormat, params: Params): Promise<Made> {
  if (format === 'csv' || format === 'xlsx') {
    const { title, fileName, csv, cells, rows } = await session.call('reports.table', { id, params });
    return { title, bytes: format === 'csv' ? encodeText(csv, 'utf-8-bom') : await tableWorkbook(title, [title, fileName], cells), empty: rows === 0, remarks: rows === 0 ? ['账内还没有数据，文件是空表。'] : [] };
  }
  const page = await session.call('reports.render', { id, params });
  const { html, shipped, without } = withPaperFonts(page.html);
  const remarks = [
    ...(page.empty ? ['账内还没有数据，页面说明先做什么。'] : []),
    ...(shipped ? [] : ['没有找到随程序的宋体，使用本机字体。']),
    ...(without.length === 0 ? [] : [`随程序的字体没有这些字，请核对纸面：${without.join(' ')}`]),
  ];
  const facts = { title: page.title, digest: page.digest, empty: page.empty, remarks };
  return { ...facts, bytes: format === 'html' ? encodeText(html, 'utf-8') : await printed(html) };
}

async function printed(html: string): Promise<Uint8Array> {
  const printer = await chromiumPrinter();
  if (printer === null) throw refusal('REPORT_NO_BROWSER');
  try {
    return await printer.print(html);
  } finally {
    await printer.close();
  }
}

type Params = ReturnType<typeof paramsOf>;

function paramsOf(options: VerbOptions) {
  const named = (name: 'uscc' | 'batch' | 'voucher' | 'package' | 'amendment') => {
    const value = textOption(options, name);
    return value === undefined ? {} : { [name]: value };
  };
  return { ...optionalPeriod(options), ...named('uscc'), ...named('batch'), ...named('voucher'), ...named('package'), ...named('amendment') };
}

/** @throws UsageFault */
function formatOf(text: string): ReportFormat {
  const format = reportFormats.find((candidate) => candidate === text);
  if (format === undefined) throw new UsageFault('--format 须是 html、csv、xlsx 或 pdf');
  return format;
}
