/**
 * `evaluate`: a roster file in, one JSON line a row out, in the order of the file. It needs no office and holds neither database nor key,
 * so it reads the file in its own process.
 */
import { errorMessage, refusal } from '../../shared/errors.ts';
import { packIds, type DeterminationLine, type PackId, type RejectedLine } from '../../shared/eligibility/model.ts';
import type { RosterLine } from '../../shared/roster/model.ts';
import { verdictNames } from '../../shared/eligibility/terms.ts';
import { determinationLine, evaluatorFor, firstFilingPeriod, officePolicy, rejectedLine } from '../eligibility/index.ts';
import { readBoundedFile } from '../platform/text-file.ts';
import { csvLine, fileRefusal, readRoster, rosterFileBytesMax, shieldedText, WorkbookEnded } from '../roster/index.ts';
import { periodOf } from './roster-verbs.ts';
import { requiredOption, textOption, UsageFault, type LineWriter, type Verb } from './verb.ts';

export const evaluate: Verb = {
  name: 'evaluate',
  usage: 'FILE --period YYYY-MM [--pack ID] [--out F.jsonl] [--csv F.csv]',
  says: '不需要单位：读取名册文件，对该申报期逐行测算，每行输出一条 JSON；不合格的行输出错误。',
  options: { period: 'text', pack: 'text', out: 'text', csv: 'text' },
  words: [1, 1],
  async run({ words, options, env, output }) {
    const [file = ''] = words;
    const period = periodOf(requiredOption(options, 'period'));
    if (period < firstFilingPeriod) throw new UsageFault(errorMessage('PERIOD_BEFORE_POLICY', { period }));
    const pack = packOf(textOption(options, 'pack'));
    const read = readBoundedFile(file, rosterFileBytesMax);
    if (read.kind === 'refused') throw fileRefusal(file, read.reason);
    const reading = await readRoster(read.bytes, { filingPeriod: period, repeatedCodes: 'accepted' });
    if (reading.kind === 'refused') throw refusal(reading.code, reading.params, { faults: reading.faults });
    const evaluator = evaluatorFor(period, officePolicy(env.resources), pack === null ? {} : { pack });
    const out = textOption(options, 'out');
    const csvPath = textOption(options, 'csv');
    const lines = out === undefined ? output.lines() : output.file(out);
    const csv = csvPath === undefined ? null : csvTable(output.file(csvPath));
    const counts = new Map<string, number>();
    for await (const line of linesOf(reading.lines)) {
      const answer = line.kind === 'rejected' ? rejectedLine(line) : determinationLine(evaluator(line.row), line.warnings);
      lines.line(JSON.stringify(answer));
      csv?.add(answer);
      const key = 'error' in answer ? 'rejected' : answer.verdict;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    lines.close();
    csv?.close();
    const summary = { period, file, rows: [...counts.values()].reduce((sum, count) => sum + count, 0), counts: Object.fromEntries(counts), out: out ?? null, csv: csvPath ?? null };
    const words_ = [...counts].map(([key, count]) => `${key === 'rejected' ? '不合格行' : verdictNames[key as keyof typeof verdictNames]} ${String(count)}`); // keys of the verdict table
    // Without --out the lines themselves are the output, also under --json.
    return { exit: 0, json: summary, text: `${period} 申报期测算 ${String(summary.rows)} 行：${words_.join('，')}`, printed: out === undefined };
  },
};

/** A workbook that breaks off is a refusal like any other. */
async function* linesOf(lines: Iterable<RosterLine> | AsyncIterable<RosterLine>): AsyncGenerator<RosterLine, void, void> {
  try {
    yield* lines;
  } catch (error) {
    if (!(error instanceof WorkbookEnded)) throw error;
    const { code, params, faults } = error.refusal;
    throw refusal(code, params, { faults });
  }
}

function packOf(text: string | undefined): PackId | null {
  if (text === undefined) return null;
  const pack = packIds.find((id) => id === text);
  if (pack === undefined) throw new UsageFault(errorMessage('UNKNOWN_PACK', { pack: text, known: packIds.join('、') }));
  return pack;
}

const csvColumns = [
  'row', 'uscc', 'name', 'period', 'pack', 'route', 'size', 'sizeBasis', 'listedIndustry', 'listedShare', 'verdict', 'endingCredit', 'existingCredit',
  'incrementalCredit', 'ratio', 'refundRate', 'refundableExisting', 'refundableIncremental', 'refundableTotal', 'existingOpenFrom', 'incrementalOpenFrom',
] as const satisfies readonly (keyof DeterminationLine)[];

/** The lines as a table for a spreadsheet: UTF-8 with BOM, formula leads shielded; warnings joined, findings left to the JSON. */
function csvTable(writer: LineWriter): { add(answer: DeterminationLine | RejectedLine): void; close(): void } {
  // csvLine brings CR and LF; the writer adds the line feed itself.
  const add = (cells: readonly string[], lead = ''): void => {
    writer.line(lead + csvLine(cells).replace(/\n$/, ''));
  };
  add([...csvColumns, 'warnings', 'error'], '\ufeff');
  return {
    add(answer) {
      const cells = 'error' in answer
        ? csvColumns.map((key) => (key === 'row' ? String(answer.row) : key === 'name' ? shieldedText(answer.name) : ''))
        : csvColumns.map((key) => shieldedText(String(answer[key] ?? '')));
      const tail = 'error' in answer ? ['', answer.error.message] : [answer.warnings.join('；'), ''];
      add([...cells, ...tail]);
    },
    close: writer.close,
  };
}
