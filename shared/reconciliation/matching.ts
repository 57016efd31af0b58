/**
 * Matching of one key on one link: what stands on both sides alike, and what differs and how. Nothing is ever matched by amount or name,
 * and no
 * reason is given here (reasons.ts).
 * @source shared spec reconciliation.md, Matching
 */
import type { CivilDate } from '../kernel/civil-date.ts';
import { sumFen, type Fen } from '../kernel/money.ts';
import type { LineGroup, ReconLine } from './line.ts';
import { columnsOf, type End, type LinkId } from './links.ts';
import { isEffectiveOn, type KeyLines } from './number-lines.ts';

export type DifferingField = 'amount' | 'payee' | 'account' | 'subject' | 'share' | 'batch' | 'fund';

/**
 * `pair`: two lines met and differ · `left`, `right`: one side only · `duplicate`: a further right line beside a pair · `sums`: parts
 * whose fields
 * differ · `rest`: of the left, not yet come · `excess`: on the right, more than ordered · `unordered`: parts on the right without a left.
 */
export type DifferenceShape = 'pair' | 'left' | 'right' | 'duplicate' | 'sums' | 'rest' | 'excess' | 'unordered';

export type Difference = {
  readonly link: LinkId;
  readonly key: KeyLines;
  readonly shape: DifferenceShape;
  readonly end: End;
  readonly ordinal: number;
  /** Among the key's differences of its shape on this link, counted from 1. */
  readonly nth: number;
  /** Amounts without the sign of a clawback; null = that end has none. */
  readonly leftFen: Fen | null;
  readonly rightFen: Fen | null;
  /** The lines that tell its day and its fields; null = that end has none. */
  readonly left: ReconLine | null;
  readonly right: ReconLine | null;
  readonly fields: readonly DifferingField[];
};

export type KeyMatch = { readonly matchedFen: Fen; readonly differences: readonly Difference[] };

/** Compares the lines of a key that are effective at the cut-off. */
export function matchKey(link: LinkId, key: KeyLines, cutoff: CivilDate): KeyMatch {
  const columns = columnsOf(link, key.group);
  const left = effective(key, columns.left, cutoff);
  const right = effective(key, columns.right, cutoff);
  if (left.length === 0 && right.length === 0) return { matchedFen: 0n, differences: [] };
  return key.group === 'refund' ? matchOneToOne(link, key, left, right, key.of(columns.left)[0]?.line.day ?? null)
    : matchSums(link, key, left, right);
}

function effective(key: KeyLines, kind: ReconLine['kind'], day: CivilDate): readonly ReconLine[] {
  return key.of(kind).filter((line) => isEffectiveOn(line, day)).map(({ line }) => line);
}

/** @param firstLeft day of the key's first left line, undone since or not; null = none */
function matchOneToOne(
  link: LinkId, key: KeyLines, left: readonly ReconLine[], right: readonly ReconLine[], firstLeft: CivilDate | null
): KeyMatch {
  const early = firstLeft === null ? 0 : right.findIndex(({ day }) => day >= firstLeft);
  const earlyCount = early < 0 ? right.length : early;
  const pairs = Math.min(left.length, right.length - earlyCount);
  const differences: Difference[] = [];
  let matchedFen = 0n;
  for (const [index, one] of left.entries()) {
    const other = index < pairs ? right[earlyCount + index] ?? null : null;
    const ends = {
      link, key, end: 'left', ordinal: index + 1, leftFen: one.amountFen, left: one, right: other, rightFen: other?.amountFen ?? null,
    } as const;
    const fields = other === null ? [] : differing(comparedFields.refund, one, other);
    if (other === null) differences.push({ ...ends, shape: 'left', nth: index - pairs + 1, fields });
    else if (fields.length > 0) differences.push({ ...ends, shape: 'pair', nth: index + 1, fields });
    else matchedFen += one.amountFen;
  }
  const counted = { duplicate: 0, right: 0 };
  for (const [index, other] of right.entries()) {
    if (index >= earlyCount && index < earlyCount + pairs) continue;
    const shape = index >= earlyCount && left.length > 0 ? 'duplicate' : 'right';
    counted[shape] += 1;
    differences.push(
      {
        link, key, shape, end: 'right', ordinal: index + 1, nth: counted[shape], leftFen: null, left: null, right: other,
        rightFen: other.amountFen, fields: [],
      },
    );
  }
  return { matchedFen, differences };
}

/** Clawbacks and transfers may come in parts: the sums of a key are compared, one difference a key at most. */
function matchSums(link: LinkId, key: KeyLines, left: readonly ReconLine[], right: readonly ReconLine[]): KeyMatch {
  const [firstLeft = null] = left;
  const [firstRight = null] = right;
  const ordered = sumFen(left.map(({ amountFen }) => amountFen));
  const come = sumFen(right.map(({ amountFen }) => amountFen));
  const item = { link, key, ordinal: 1, nth: 1, fields: [] };
  if (firstLeft === null) return {
    matchedFen: 0n, differences: [
      { ...item, shape: 'unordered', end: 'right', leftFen: null, left: null, rightFen: come, right: firstRight },
    ],
  };
  const compared = comparedFields[link === 'finance-treasury' ? 'transfer' : 'clawback'];
  const fields = [...new Set(right.flatMap((other) => differing(compared, firstLeft, other)))];
  if (fields.length > 0) return {
    matchedFen: 0n, differences: [
      { ...item, shape: 'sums', end: 'left', leftFen: ordered, left: firstLeft, rightFen: come, right: firstRight, fields },
    ],
  };
  if (come < ordered) return {
    matchedFen: come, differences: [
      { ...item, shape: 'rest', end: 'left', leftFen: ordered - come, left: lineBeyond(left, come), rightFen: null, right: null },
    ],
  };
  if (come > ordered) return {
    matchedFen: ordered, differences: [
      { ...item, shape: 'excess', end: 'right', leftFen: null, left: null, rightFen: come - ordered, right: lineBeyond(right, ordered) },
    ],
  };
  return { matchedFen: come, differences: [] };
}

/** The line at which the running sum first exceeds what the other side has. */
function lineBeyond(lines: readonly ReconLine[], covered: Fen): ReconLine | null {
  let sum = 0n;
  for (const line of lines) {
    sum += line.amountFen;
    if (sum > covered) return line;
  }
  return null;
}

type Comparison = readonly [DifferingField, keyof ReconLine];

/** Compared where both sides state it. Names are shown, never compared. */
const comparedFields: Readonly<Record<LineGroup, readonly Comparison[]>> = {
  refund: [
    ['amount', 'amountFen'], ['payee', 'payee'], ['account', 'account'], ['subject', 'subject'], ['share', 'centralFen'],
    ['share', 'provincialFen'], ['share', 'countyFen'], ['batch', 'batchNo'],
  ],
  clawback: [['payee', 'payee'], ['account', 'account'], ['subject', 'subject']],
  transfer: [['fund', 'fundNo']],
};

function differing(compared: readonly Comparison[], one: ReconLine, other: ReconLine): readonly DifferingField[] {
  const fields = compared.filter(([, field]) => isStated(one[field]) && isStated(other[field]) && one[field] !== other[field])
    .map(([name]) => name);
  return fields.length < 2 ? fields : [...new Set(fields)];
}

function isStated(value: ReconLine[keyof ReconLine]): boolean {
  return value !== '' && value !== null;
}
