/**
 * The funnel 漏斗 from 底数 to 销号: where every taxpayer of a snapshot stands now, how far it has come, and by which named differences its
 * amount is no longer the frozen one. Where refunds stand is told to it as facts; it knows no state of a refund.
 * @source shared spec features.md A5; decisions 27
 */
import { assert } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import {
  surveyDifferences, surveyPlaceIds, surveyStages,
  type RefundPlace, type SurveyDifferences, type SurveyLine, type SurveyPlace, type SurveyStage, type SurveyVerdict,
} from '../../shared/survey/model.ts';
import { openAmount } from './survey.ts';

/** Where one refund of the snapshot's filing period stands, as the capability above tells it. Amounts are fen over both kinds. */
export type RefundStanding = {
  readonly refund: string;
  readonly uscc: string;
  readonly stage: SurveyStage;
  readonly place: RefundPlace;
  readonly determined: Fen;
  /** Null until an application stands. */
  readonly asked: Fen | null;
  /** Null until it is approved. */
  readonly approved: Fen | null;
  readonly paid: Fen;
  readonly clawedBack: Fen;
};

export type Placed = {
  readonly line: SurveyLine;
  readonly stage: SurveyStage;
  readonly place: SurveyPlace;
  readonly frozen: Fen;
  /** The amount in hand where it stands: frozen = actual + the differences. */
  readonly actual: Fen;
  readonly differences: SurveyDifferences;
  readonly refund: string | null;
  readonly laterPeriod: TaxPeriod | null;
  readonly verdict: SurveyVerdict;
};

export type FunnelFacts = {
  readonly standings: ReadonlyMap<string, RefundStanding>;
  /** The first later filing period in which the taxpayer has applied. */
  readonly later: ReadonlyMap<string, TaxPeriod>;
  /** The newest determination of the period, by code. */
  readonly verdicts: ReadonlyMap<string, SurveyVerdict>;
};

const noDifference: SurveyDifferences = { closed: 0n, redetermined: 0n, notAsked: 0n, notApproved: 0n };
/** Where nothing of this period is under way, an application of a later period is what became of the taxpayer. */
const overtaken: ReadonlySet<SurveyPlace> = new Set<SurveyPlace>(['not-open', 'suspension-ground', 'not-listed', 'ineligible-since', 'candidate', 'informed', 'lapsed', 'withdrawn', 'refused', 'terminated']);

/** Every taxpayer that counts, in exactly one place. */
export function placeLines(lines: readonly SurveyLine[], facts: FunnelFacts): Placed[] {
  return lines.filter((line) => line.counted).map((line) => placeLine(line, facts));
}

function placeLine(line: SurveyLine, { standings, later, verdicts }: FunnelFacts): Placed {
  const frozen = line.existing + line.incremental;
  const verdict = verdicts.get(line.uscc) ?? 'absent';
  const standing = standings.get(line.uscc);
  const laterPeriod = later.get(line.uscc) ?? null;
  const own = standing === undefined ? unlistedPlace(verdict) : standing.place;
  const placed = laterPeriod !== null && overtaken.has(own) ? { place: 'later-period' as const, laterPeriod } : { place: own, laterPeriod: null };
  if (standing === undefined) return { line, stage: 'survey', ...placed, frozen, actual: frozen, differences: noDifference, refund: null, verdict };
  return { line, stage: standing.stage, ...placed, frozen, ...amountsOf(line, frozen, standing), refund: standing.refund, verdict };
}

function unlistedPlace(verdict: SurveyVerdict): SurveyPlace {
  switch (verdict) {
    case 'not-open':
      return 'not-open';
    case 'suspended':
      return 'suspension-ground';
    case 'refundable':
      return 'not-listed';
    default:
      return 'ineligible-since';
  }
}

/** The newest amount the refund has come to, and each step from the frozen amount to it. */
function amountsOf(line: SurveyLine, frozen: Fen, { determined, asked, approved }: RefundStanding): { readonly actual: Fen; readonly differences: SurveyDifferences } {
  const open = openAmount(line);
  const actual = approved ?? asked ?? determined;
  const differences = {
    closed: frozen - open,
    redetermined: open - determined,
    notAsked: asked === null ? 0n : determined - asked,
    notApproved: asked === null || approved === null ? 0n : asked - approved,
  };
  assert(frozen === actual + differenceSum(differences), 'the frozen amount is the amount in hand and its differences');
  return { actual, differences };
}

export function differenceSum(differences: SurveyDifferences): Fen {
  return surveyDifferences.reduce((sum, name) => sum + differences[name], 0n);
}

export type FunnelTally = { readonly count: number; readonly frozen: Fen; readonly actual: Fen; readonly differences: SurveyDifferences };
export const emptyTally: FunnelTally = { count: 0, frozen: 0n, actual: 0n, differences: noDifference };

export function tallyOf(placed: Iterable<Placed>): FunnelTally {
  let sum = emptyTally;
  for (const one of placed) sum = addTallies(sum, { count: 1, ...one });
  return sum;
}

export function addTallies(a: FunnelTally, b: FunnelTally): FunnelTally {
  const differences = Object.fromEntries(surveyDifferences.map((name) => [name, a.differences[name] + b.differences[name]])) as SurveyDifferences; // every name is a key
  return { count: a.count + b.count, frozen: a.frozen + b.frozen, actual: a.actual + b.actual, differences };
}

export type FunnelPlace = { readonly stage: SurveyStage; readonly place: SurveyPlace; readonly tally: FunnelTally };

/** One row a stage and place that holds anyone, in the order of the two tables. */
export function tallyPlaces(placed: readonly Placed[]): FunnelPlace[] {
  const groups = new Map<string, Placed[]>();
  for (const one of placed) {
    const key = `${one.stage}/${one.place}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return surveyStages.flatMap((stage) =>
    surveyPlaceIds.flatMap((place) => {
      const group = groups.get(`${stage}/${place}`);
      return group === undefined ? [] : [{ stage, place, tally: tallyOf(group) }];
    }),
  );
}

/** Who has come at least as far as each stage. The drop from one stage to the next is the places of the first. */
export function tallyStages(places: readonly FunnelPlace[]): { readonly stage: SurveyStage; readonly tally: FunnelTally }[] {
  return surveyStages.map((stage, index) => ({
    stage,
    tally: places.filter((place) => surveyStages.indexOf(place.stage) >= index).reduce((sum, place) => addTallies(sum, place.tally), emptyTally),
  }));
}
