/**
 * Three-way reconciliation 三方对账: three lists of lines and a cut-off in, one statement out. Pure: the same lines in any order give the
 * same document.
 * Numbers for life, what closed since last month, and what changed behind a finished month are settled here; matching and reasons are not.
 * @source shared spec reconciliation.md, Open items and The document
 */
import { daysBetween } from '../kernel/civil-date.ts';
import { yuanText, type Fen } from '../kernel/money.ts';
import { addPeriods, lastDay } from '../kernel/tax-period.ts';
import { identityText, type ReconColumn, type ReconDocument, type ReconItem, type ReconWarning } from './document.ts';
import { kindRows } from './line.ts';
import { linkIds, links, signOf, type End, type LinkId } from './links.ts';
import type { Difference } from './matching.ts';
import { keysOf } from './number-lines.ts';
import { lineText, sentenceOf } from './sentences.ts';
import {
  columnHolds, linesUpTo, walked, type ColumnTotals, type JudgedDifference, type LineSource, type Walk, type WalkTerms,
} from './walk.ts';

/** Last month's statement and the hash people signed. */
export type Opening = { readonly document: ReconDocument; readonly hash: string };

/** @param opening of the month before; the caller has made sure of that (precedes) */
export function reconciled(source: LineSource, terms: WalkTerms, opening: Opening | null): ReconDocument {
  const walk = walked(source, terms);
  const previous = opening?.document ?? null;
  const { items, lastNo } = numbered(walk, previous);
  const warnings = [...walk.warnings, ...(previous === null ? [] : oldLinesChanged(source, terms, previous))];
  return {
    version: 1, period: terms.period, cutoff: walk.cutoff, through: terms.through, opening: opening?.hash ?? null, settings: terms.settings,
    holds: linkIds.every((link) => linkHolds(walk, link)), lastNo, warnings: warnings.toSorted(warningOrder),
    links: linkIds.map(
      (link) => (
        {
          link, left: column(link, 'left', walk.totals[link].left), right: column(link, 'right', walk.totals[link].right),
          holds: linkHolds(walk, link),
        }
      ),
    ),
    items, closed: previous === null ? [] : closedSince(source, terms, previous, items),
  };
}

/** Whether a statement is of the month before. */
export function precedes(previous: ReconDocument, period: WalkTerms['period']): boolean {
  return previous.period === addPeriods(period, -1);
}

function linkHolds({ totals }: Walk, link: LinkId): boolean {
  return columnHolds(totals[link].left) && columnHolds(totals[link].right);
}

function column(link: LinkId, end: End, totals: ColumnTotals): ReconColumn {
  const { opening, closing, matched, explained, unexplained, lines } = totals;
  return {
    side: links[link][end], opening: yuanText(opening), inPeriod: yuanText(closing - opening), closing: yuanText(closing),
    matched: yuanText(matched), explained: yuanText(explained), unexplained: yuanText(unexplained), lines,
  };
}

const identityOf = ({ link, key, end, ordinal }: Difference) => ({ link, line: key.group, year: key.year, key: key.no, end, ordinal });
const signedText = (fen: Fen | null, { key }: Difference): string | null => (fen === null ? null : yuanText(fen * signOf(key.group)));

/** An item keeps its number and its `since` for life; new ones are numbered in document order after the highest ever given. */
function numbered({ cutoff, differences, judging }: Walk, previous: ReconDocument | null): Pick<ReconDocument, 'items' | 'lastNo'> {
  const known = new Map(previous?.items.map((item) => [identityText(item), item]));
  const year = cutoff.slice(0, 4);
  let last = previous?.lastNo[year] ?? 0;
  const items = differences.map(({ difference, judgement }): ReconItem => {
    const identity = identityOf(difference);
    const before = known.get(identityText(identity));
    const since = before?.since ?? (difference.right ?? difference.left)?.day ?? cutoff;
    if (before === undefined) last += 1;
    return {
      no: before?.no ?? `CX-${year}-${String(last).padStart(4, '0')}`, ...identity, reason: judgement.reason, also: judgement.also,
      explained: judgement.explained,
      left: signedText(difference.leftFen, difference), right: signedText(difference.rightFen, difference), erring: judgement.erring,
      owner: judgement.owner,
      since, ageDays: daysBetween(since, cutoff), candidates: [], oversight: judgement.oversight,
      text: sentenceOf(judgement.reason, difference, judging),
    };
  });
  const lastNo = { ...previous?.lastNo, ...(last > 0 ? { [year]: last } : {}) };
  return {
    items: withCandidates(items, differences),
    lastNo: Object.fromEntries(Object.entries(lastNo).toSorted(([one], [other]) => Number(one) - Number(other))),
  };
}

/** Left-only and right-only refund lines of a link with the same stated 识别号 and amount name each other; people may take them. */
function withCandidates(items: readonly ReconItem[], differences: readonly JudgedDifference[]): readonly ReconItem[] {
  const keyed = items.map((item, index) => ({ item, at: candidateKey(differences[index]?.difference) }));
  const found = Map.groupBy(keyed.filter(({ at }) => at !== null), ({ at }) => at);
  return keyed.map(({ item, at }) => {
    const others = at === null ? [] : (found.get(at) ?? []).filter((other) => other.item.end !== item.end).map((other) => other.item.no);
    return others.length === 0 ? item : { ...item, candidates: others.toSorted() };
  });
}

function candidateKey(difference: Difference | undefined): string | null {
  if (difference?.key.group !== 'refund' || !['left', 'right', 'duplicate'].includes(difference.shape)) return null;
  const line = difference.shape === 'left' ? difference.left : difference.right;
  return line === null || line.payee === '' ? null : JSON.stringify([difference.link, line.payee, yuanText(line.amountFen)]);
}

/** Items of last month that are none any more, with the line that ended each. */
function closedSince(
  source: LineSource, { period, through }: WalkTerms, previous: ReconDocument, items: readonly ReconItem[]
): ReconDocument['closed'] {
  const open = new Set(items.map(identityText));
  const cutoff = lastDay(period);
  return previous.items.filter((item) => !open.has(identityText(item))).map(({ no, link, line, year, key, end, ordinal }) => {
    const own = keysOf(linesUpTo(source.linesOf(line, key), through)).find((lines) => lines.year === year)?.all ?? [];
    const offices = [links[link].left, links[link].right];
    const last = own.findLast(({ kind, day }) => offices.includes(kindRows[kind].side) && day > previous.cutoff && day <= cutoff);
    return { no, link, line, year, key, end, ordinal, by: last === undefined ? '清单中已无此行' : lineText(last) };
  });
}

/** Last month computed again from today's lines: what differs was changed behind a finished month. */
function oldLinesChanged(source: LineSource, { calendar }: WalkTerms, previous: ReconDocument): readonly ReconWarning[] {
  const again = walked(source, { period: previous.period, through: previous.through, settings: previous.settings, calendar });
  const amounts = new Map(previous.items.map((item) => [identityText(item), JSON.stringify([item.left, item.right])]));
  const now = new Map(again.differences.map(({ difference }) => [
    identityText(identityOf(difference)),
    JSON.stringify([signedText(difference.leftFen, difference), signedText(difference.rightFen, difference)]),
  ]));
  const items = [...new Set([...amounts.keys(), ...now.keys()])].filter((identity) => amounts.get(identity) !== now.get(identity));
  const closings = previous.links.flatMap(({ link, left, right }) =>
    (['left', 'right'] as const).filter((end) => (end === 'left' ? left : right).closing !== yuanText(again.totals[link][end].closing))
      .map((end) => `${link} ${end}`));
  return items.length + closings.length === 0 ? [] : [{ code: 'old-lines-changed', items: items.toSorted(), closings }];
}

const warningRanks: Readonly<Record<ReconWarning['code'],
  number>> = { 'nothing-to-undo': 0, 'old-lines-changed': 1, 'calendar-missing': 2 };

function warningOrder(one: ReconWarning, other: ReconWarning): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return warningRanks[one.code] - warningRanks[other.code] || (left < right ? -1 : left > right ? 1 : 0);
}
