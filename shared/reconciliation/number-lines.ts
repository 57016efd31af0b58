/**
 * All lines of one number 单据号, whatever office wrote them: which business year each belongs to, what an undoing line takes back, and the
 * key that
 * results. No cut-off is known here; whether a line counts on a day is asked of it.
 * @source shared spec reconciliation.md, Key and Effective at a day
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import {
  groupOf, issuingKinds, kindRows, lineOrder, sideOf, treasuryKinds, type LineGroup, type LineKind, type ReconLine,
} from './line.ts';

/** A line within its key. `undoneOn`: the day from which it no longer counts; null = it stands through all lines known. */
export type KeyLine = { readonly line: ReconLine; readonly undoneOn: CivilDate | null };

/** The lines of one key by kind, each in the order of the page. Undoing lines that had nothing to undo are not among them. */
export type KeyLines = {
  readonly group: LineGroup;
  readonly year: number;
  readonly no: string;
  readonly of: (kind: LineKind) => readonly KeyLine[];
  /** Every line of the key that is not ignored, in order. */
  readonly all: readonly ReconLine[];
  readonly ignored: readonly ReconLine[];
  /** Undoing lines with the line each takes back. */
  readonly undone: readonly { readonly by: ReconLine; readonly line: ReconLine }[];
};

export const isEffectiveOn = ({ line, undoneOn }: KeyLine, day: CivilDate): boolean => line.day <= day
  && (undoneOn === null || undoneOn > day);

const noLines: readonly KeyLine[] = [];

/** The keys of one number, by year. @param lines all of one group and number, up to the explaining day, in any order */
export function keysOf(lines: readonly ReconLine[]): readonly KeyLines[] {
  const ordered = lines.toSorted(lineOrder);
  const [first] = ordered;
  if (first === undefined) return [];
  const years = resolvedYears(ordered);
  const byYear = Map.groupBy(ordered, (line) => years.get(line) ?? 0);
  return [...byYear].toSorted(([one], [other]) => one - other).map(([year, own]) => keyOf(groupOf(first), year, first.no, own));
}

/**
 * The year of the issuing line with the latest day not after the line's; else, for finance, that of the treasury's line chosen alike;
 * else what the kind
 * itself looks for; else the line's own. So a payment in January of last December's voucher finds it.
 */
function resolvedYears(ordered: readonly ReconLine[]): ReadonlyMap<ReconLine, number> {
  const years = new Map<ReconLine, number>();
  const byKind = Map.groupBy(ordered, ({ kind }) => kind);
  const yearOf = (line: ReconLine): number => {
    const known = years.get(line);
    if (known !== undefined) return known;
    const year = latestYear(issuingKinds[groupOf(line)], line)
      ?? (sideOf(line) === 'finance' ? latestYear(treasuryKinds[groupOf(line)], line) : null)
      ?? latestYear(kindRows[line.kind].yearFrom ?? null, line) ?? Number(line.day.slice(0, 4));
    years.set(line, year);
    return year;
  };
  const latestYear = (kind: LineKind | null, line: ReconLine): number | null => {
    if (kind === null || kind === line.kind) return null;
    const found = latestUpTo(byKind.get(kind) ?? [], line.day);
    return found === null ? null : yearOf(found);
  };
  for (const line of ordered) yearOf(line);
  return years;
}

/** The last of lines in order with a day not after the given one. */
export function latestUpTo(lines: readonly ReconLine[], day: CivilDate): ReconLine | null {
  let [from, to] = [0, lines.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((lines[middle]?.day ?? day) <= day) from = middle + 1;
    else to = middle;
  }
  return lines[from - 1] ?? null;
}

/** Each undoing line takes back the earliest line of its kind that stands and is of its own or an earlier day. */
function keyOf(group: LineGroup, year: number, no: string, own: readonly ReconLine[]): KeyLines {
  const byKind = Map.groupBy(own, ({ kind }) => kind);
  const undone: { readonly by: ReconLine; readonly line: ReconLine }[] = [];
  const ignored = new Set<ReconLine>();
  for (const [kind, undoing] of byKind) {
    const { undoes } = kindRows[kind];
    if (undoes === undefined) continue;
    const targets = byKind.get(undoes) ?? [];
    let next = 0;
    for (const by of undoing) {
      const line = targets[next];
      if (line === undefined || line.day > by.day) ignored.add(by);
      else {
        undone.push({ by, line });
        next += 1;
      }
    }
  }
  const undoneOn = new Map(undone.map(({ by, line }) => [line, by.day]));
  const all = ignored.size === 0 ? own : own.filter((line) => !ignored.has(line));
  const keyLines = Map.groupBy(all.map((line) => ({ line, undoneOn: undoneOn.get(line) ?? null })), ({ line }) => line.kind);
  return { group, year, no, of: (kind) => keyLines.get(kind) ?? noLines, all, ignored: [...ignored], undone };
}
