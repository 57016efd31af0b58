/**
 * A population file 抽样名单 into a sample: reads the columns asked for, names every faulty row, and hashes tickets. @source shared spec
 * oversight.md
 */
import { refusal } from '../../shared/errors.ts';
import { populationFindings } from '../../shared/oversight/errors.ts';
import { drawSample, ticketText, unnamedStrata, type Allocation, type Draw, type Unit } from '../../shared/oversight/sample.ts';
import { faultSentence, findingAt } from '../../shared/roster/errors.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { fileDigest } from '../platform/file-digest.ts';
import { sha256Hex } from '../platform/hash.ts';
import { readPlainFile, type ListFound, type PlainColumn, type PlainRow } from '../roster/without-ledger.ts';

export type SampleTerms = {
  readonly population: string;
  readonly seed: string;
  readonly size: number;
  readonly strata: null | { readonly column: string; readonly allocation: Allocation };
  /** Units that are taken in any case: those with this value in this column. */
  readonly certain: null | { readonly column: string; readonly value: string };
};

export type SampleDocument = {
  readonly version: 1;
  readonly seed: string;
  readonly size: number;
  readonly population: { readonly units: number; readonly sha256: string };
  readonly certain: null | { readonly column: string; readonly value: string; readonly units: Draw['certain'] };
  readonly strata: null | { readonly column: string; readonly allocation: 'proportional' | Readonly<Record<string, number>> };
  readonly draw: Draw['draw'];
};

/** The code's column, or where it lacks the other. */
const codeHeaders = ['统一社会信用代码', '纳税人识别号'] as const;
const nameHeader = '纳税人名称';

/** @throws Refusal POPULATION_FAULTY, COLUMN_MISSING, STRATA_NOT_NAMED, ROSTER_FILE_* */
export async function sampleOf({ population, seed, size, strata, certain }: SampleTerms): Promise<{ readonly document: SampleDocument; readonly found: ListFound }> {
  const asked = [strata?.column, certain?.column].filter((column) => column !== undefined);
  const headers = [...new Set([...codeHeaders, nameHeader, ...asked])];
  const columns = headers.map(
    (header): PlainColumn<string> => ({ key: header, header, form: { kind: 'text', longest: 4000 }, required: false }),
  );
  const rows: PlainRow<string>[] = [];
  const list = await readPlainFile(population, columns, (row) => { rows.push(row); }, 'free');
  const file = list.file;
  if (list.kind === 'refused') throw refusal(
    'POPULATION_FAULTY', { file, count: Math.max(list.faults.length, 1), first: list.reason }, { faults: list.faults },
  );
  const codeHeader = codeHeaders.find((header) => !list.lacking.includes(header));
  if (codeHeader === undefined) throw refusal('COLUMN_MISSING', { file, column: codeHeaders[0] });
  for (const column of asked) if (list.lacking.includes(column)) throw refusal('COLUMN_MISSING', { file, column });
  const units = rows.map((row) => unitOf(row, codeHeader, strata?.column ?? null, certain));
  const faults = [...rows.flatMap((row) => row.faults), ...codeFaults(units, codeHeader)].toSorted((one, other) => one.row - other.row);
  const [first] = faults;
  if (first !== undefined) throw refusal('POPULATION_FAULTY', { file, count: faults.length, first: faultSentence(first) }, { faults });
  const allocation = strata?.allocation ?? null;
  const unnamed = allocation === null || allocation === 'proportional' ? [] : unnamedStrata(units, allocation);
  if (unnamed.length > 0) throw refusal('STRATA_NOT_NAMED', { names: unnamed.map((name) => `“${name}”`).join('、') }, { strata: unnamed });
  const drawn = drawSample(units, size, allocation, (code) => sha256Hex(ticketText(seed, code)));
  const document: SampleDocument = {
    version: 1, seed, size, population: { units: units.length, sha256: fileDigest(population).sha256 },
    certain: certain === null ? null : { ...certain, units: drawn.certain },
    strata: strata === null ? null
      : {
        column: strata.column, allocation: strata.allocation === 'proportional' ? 'proportional' : Object.fromEntries(strata.allocation),
      },
    draw: drawn.draw,
  };
  return { document, found: list.found };
}

function unitOf(
  { row, cells }: PlainRow<string>, codeHeader: string, stratum: string | null, certain: SampleTerms['certain']
): Unit & { readonly row: number } {
  const text = (header: string): string => (typeof cells[header] === 'string' ? cells[header] : '');
  return {
    row, code: text(codeHeader).toUpperCase(), name: text(nameHeader) === '' ? null : text(nameHeader),
    stratum: stratum === null ? null : text(stratum), certain: certain !== null && text(certain.column) === certain.value,
  };
}

function codeFaults(units: readonly (Unit & { readonly row: number })[], column: string): readonly CellFault[] {
  const first = new Map<string, number>();
  return units.flatMap(({ code, row }): readonly CellFault[] => {
    const earlier = first.get(code);
    if (code === '') return [findingAt({ row, column, value: '' }, 'POPULATION_CODE_BLANK', populationFindings.POPULATION_CODE_BLANK, {})];
    if (earlier !== undefined) return [findingAt({ row, column, value: code }, 'POPULATION_CODE_REPEATED', populationFindings.POPULATION_CODE_REPEATED, { row: earlier })];
    first.set(code, row);
    return [];
  });
}
