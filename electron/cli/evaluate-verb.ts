/**
 * `evaluate`: a roster file in, one JSON line a row out, in the order of the file. It needs no office and holds neither database nor key; the
 * file streams through worker threads, so that memory does not grow with its rows. Output files appear only when they are whole.
 */
import { refusal } from '../../shared/errors.ts';
import { packIds, type PackId } from '../../shared/eligibility/model.ts';
import { verdictNames } from '../../shared/eligibility/terms.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import {
  evaluatedBatches, firstFilingPeriod, noVerdicts, policyTextsOf, tableHead, warningsToldMax, type EvaluatedBatch, type EvaluationTerms, type VerdictCounts,
} from '../eligibility/without-ledger.ts';
import { openFileSource, type FileSource } from '../platform/byte-source.ts';
import { OutputFault, isSameFile, outputFile, type ByteSink, writeFaultNames } from '../platform/output-file.ts';
import { encodeText } from '../platform/text-file.ts';
import { fileRefusal, openRosterBatches, passedFileBytesMax, readingRefusal, type RosterBatches } from '../roster/without-ledger.ts';
import { foundLines, rosterFound, type Found } from './found.ts';
import { periodOf, requiredOption, sentenceOf, textOption, UsageFault, type BareVerb, type Output, type VerbOptions, type VerbResult } from './verb.ts';

export const evaluate: BareVerb = {
  name: 'evaluate',
  usage: 'FILE --period YYYY-MM [--pack ID] [--out F.jsonl] [--csv F.csv] [--replace]',
  says: '不需要单位：读取名册文件，对该申报期逐行测算，每行输出一条 JSON；不合格的行输出错误。已有的输出文件只在写明 --replace 时替换。',
  options: { period: 'text', pack: 'text', out: 'text', csv: 'text', replace: 'flag' },
  words: [1, 1],
  async run({ words, options, resources, progress, output, stopSignal }) {
    const [file = ''] = words;
    const period = periodOf(requiredOption(options, 'period'));
    if (period < firstFilingPeriod) throw new UsageFault(await sentenceOf('PERIOD_BEFORE_POLICY', { period }));
    const pack = await packOf(textOption(options, 'pack'));
    const paths = outputPaths(file, options);
    const stop = stopSignal();
    const opened = openFileSource(file, passedFileBytesMax);
    if (opened.kind === 'refused') throw fileRefusal(file, opened.reason, passedFileBytesMax);
    const source = watched(opened.source);
    try {
      const reading = await openRosterBatches(source, period);
      if (reading.kind === 'refused') throw refusal(reading.code, reading.params, { faults: reading.faults });
      const terms = { period, pack, policyTexts: policyTextsOf(resources), head: reading.head, lines: paths.out !== null || paths.csv === null, table: paths.csv !== null };
      const passed = (rows: number): void => {
        progress(kibi(source.readTo()), kibi(source.length), `已测算 ${String(rows)} 行，读入 KiB`);
      };
      const { counts, warned } = await written(terms, reading.batches, sinksOf(paths, output), stop, passed);
      const found = rosterFound(reading.header, warned);
      for (const line of foundLines(found)) output.notice(line);
      return answer(period, file, counts, paths, found);
    } catch (error) {
      throw readingRefusal(error, file) ?? (error instanceof OutputFault ? writingRefusal(error) : error);
    } finally {
      opened.source.close();
    }
  },
};

type Paths = { readonly out: string | null; readonly csv: string | null; readonly replace: boolean };
type Sinks = { readonly lines: ByteSink | null; readonly table: ByteSink | null };

/** Walks all batches into the sinks. Whatever goes wrong, no output file is left. */
async function written(
  terms: EvaluationTerms, batches: Extract<RosterBatches, { kind: 'opened' }>['batches'], { lines, table }: Sinks, stop: AbortSignal, progress: (rows: number) => void,
): Promise<Pick<EvaluatedBatch, 'counts' | 'warned'>> {
  const counts = noVerdicts();
  const first: CellFault[] = [];
  let warnings = 0;
  let rows = 0;
  try {
    await table?.write(encodeText(`${tableHead}\n`, 'utf-8'));
    for await (const batch of evaluatedBatches(terms, batches)) {
      if (stop.aborted) throw refusal('EVALUATION_STOPPED');
      if (batch.lines !== null) await lines?.write(batch.lines);
      if (batch.table !== null) await table?.write(batch.table);
      for (const key of countKeys) {
        counts[key] += batch.counts[key];
        rows += batch.counts[key];
      }
      warnings += batch.warned.count;
      if (first.length < warningsToldMax) first.push(...batch.warned.first);
      progress(rows);
    }
    lines?.close();
    table?.close();
    return { counts, warned: { count: warnings, first } };
  } catch (error) {
    lines?.discard();
    table?.discard();
    throw error;
  }
}

const countKeys = Object.keys(noVerdicts()) as (keyof VerdictCounts)[]; // the keys it is made of

function answer(period: TaxPeriod, file: string, counts: VerdictCounts, { out, csv }: Paths, found: Found): VerbResult {
  const given = countKeys.filter((key) => counts[key] > 0);
  const rows = given.reduce((sum, key) => sum + counts[key], 0);
  const said = given.map((key) => `${key === 'rejected' ? '不合格行' : verdictNames[key]} ${String(counts[key])}`);
  return {
    exit: 0,
    json: { period, file, rows, counts: Object.fromEntries(given.map((key) => [key, counts[key]])), out, csv, found },
    text: `${period} 申报期测算 ${String(rows)} 行：${said.join('，')}`,
    // Without --out and --csv the lines themselves are the output.
    printed: out === null && csv === null,
  };
}

/** @throws UsageFault when one file would be written over another */
function outputPaths(file: string, options: VerbOptions): Paths {
  const paths: Paths = { out: textOption(options, 'out') ?? null, csv: textOption(options, 'csv') ?? null, replace: options['replace'] === true };
  const named = [paths.out, paths.csv].filter((path) => path !== null);
  if (named.some((path) => isSameFile(path, file))) throw new UsageFault('输出文件不能就是名册文件');
  if (paths.out !== null && paths.csv !== null && isSameFile(paths.out, paths.csv)) throw new UsageFault('--out 与 --csv 不能是同一个文件');
  return paths;
}

/** @throws OutputFault; then nothing is left of the other file either */
function sinksOf({ out, csv, replace }: Paths, output: Output): Sinks {
  const lines = out !== null ? outputFile(out, replace) : csv === null ? output.bytes() : null;
  try {
    return { lines, table: csv === null ? null : outputFile(csv, replace) };
  } catch (error) {
    lines?.discard();
    throw error;
  }
}

function writingRefusal({ file, fault }: OutputFault): Error {
  return refusal('EVALUATION_NOT_WRITTEN', { file, reason: fault === 'reader-left' ? '读取的一方已经离开' : writeFaultNames[fault] });
}

/** Remembers how far the file was read. */
function watched(source: FileSource): FileSource & { readTo(): number } {
  let readTo = 0;
  return {
    ...source,
    read(from, to) {
      readTo = to;
      return source.read(from, to);
    },
    readTo: () => readTo,
  };
}

function kibi(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

async function packOf(text: string | undefined): Promise<PackId | null> {
  if (text === undefined) return null;
  const pack = packIds.find((id) => id === text);
  if (pack === undefined) throw new UsageFault(await sentenceOf('UNKNOWN_PACK', { pack: text, known: packIds.join('、') }));
  return pack;
}
