/**
 * The search for changes that turn an answer: every single lever at its nearest value, else the pairs, else one set of which no member can be left
 * out. It knows levers and the engine and no rule; a bound is found between an amount that fails and one that reaches, to the fen.
 * @source features.md B4
 */
import { proposalKinds } from '../../shared/eligibility/what-if-contract.ts';
import type { Determination } from '../../shared/eligibility/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { Evaluator } from './evaluate.ts';
import type { AmountLever, ChoiceLever, Lever, Option } from './what-if-levers.ts';

/** One lever at a value, and the row that has it. */
export type Moved = { readonly row: RosterRow } & (
  | { readonly lever: ChoiceLever; readonly option: Option }
  | { readonly lever: AmountLever; readonly fen: Fen }
);

/** Levers that reach the goal together; `row` is the roster's row with all of them moved, `after` the engine's answer to it. */
export type Found = { readonly moved: readonly Moved[]; readonly row: RosterRow; readonly after: Determination };

export type Search = { readonly evaluate: Evaluator; readonly reaches: (after: Determination) => boolean };

/** @param mayJoin whether several facts together are looked for where no single one reaches */
export function foundSets(row: RosterRow, levers: readonly Lever[], search: Search, mayJoin: boolean): readonly Found[] {
  const singles = levers.flatMap((lever) => {
    const alone = movedTo(row, lever, search);
    return alone === null ? [] : [{ moved: [alone.moved], row: alone.moved.row, after: alone.after }];
  });
  if (singles.length > 0 || !mayJoin) return singles;
  const pairs = foundPairs(row, levers, search);
  if (pairs.length > 0) return pairs;
  const joint = irreducible(row, levers, search);
  return joint === null ? [] : [joint];
}

type Alone = { readonly moved: Moved; readonly after: Determination };

/** The nearest value of one lever that reaches the goal, or null. */
function movedTo(row: RosterRow, lever: Lever, search: Search): Alone | null {
  const judged = (changed: RosterRow): Determination | null => {
    const after = search.evaluate(changed);
    return search.reaches(after) ? after : null;
  };
  if (lever.form === 'choice') {
    for (const option of lever.options) {
      const changed = option.apply(row);
      const after = judged(changed);
      if (after !== null) return { after, moved: { lever, option, row: changed } };
    }
    return null;
  }
  let failing = lever.start;
  for (const sample of lever.samples) {
    if (judged(lever.at(row, sample)) !== null) {
      const fen = failing === null ? sample : turningPoint(failing, sample, (amount) => judged(lever.at(row, amount)) !== null);
      const changed = lever.at(row, fen);
      return { after: present(judged(changed), 'the bound reaches the goal'), moved: { lever, fen, row: changed } };
    }
    failing = sample;
  }
  return null;
}

/** Between an amount that fails and one that reaches: the reaching amount next to a failing one. */
function turningPoint(failing: Fen, reaching: Fen, reaches: (fen: Fen) => boolean): Fen {
  let [out, within] = [failing, reaching];
  for (let gap = within - out; gap > 1n || gap < -1n; gap = within - out) {
    const middle = out + gap / 2n;
    if (reaches(middle)) within = middle;
    else out = middle;
  }
  return within;
}

/** Every value that a lever can take in a set; nearest first. */
function positions(row: RosterRow, lever: Lever): readonly RosterRow[] {
  return lever.form === 'choice' ? lever.options.map((option) => option.apply(row)) : lever.samples.map((fen) => lever.at(row, fen));
}

function foundPairs(row: RosterRow, levers: readonly Lever[], search: Search): readonly Found[] {
  return levers.flatMap((first, index) =>
    levers.slice(index + 1).flatMap((second): readonly Found[] => {
      if (second.fact === first.fact) return [];
      for (const changed of positions(row, first)) {
        const other = movedTo(changed, second, search);
        const found = other === null ? null : settled(row, [first, second], other.moved.row, search);
        if (found !== null) return [found];
      }
      return [];
    }),
  );
}

/**
 * All levers at their most favourable value, then each taken back that is not needed: first amounts and registered facts, so that what can be
 * supplied or done stays. Null when even all together do not reach.
 */
function irreducible(row: RosterRow, levers: readonly Lever[], search: Search): Found | null {
  const inOrder = levers.filter((lever, index) => levers.findIndex((other) => other.fact === lever.fact) === index);
  const best = bestTogether(row, inOrder, search);
  if (best === null) return null;
  let kept = inOrder.map((lever, index) => ({ lever, place: present(best[index], 'a place') }));
  const order = kept.toSorted((a, b) => proposalKinds.indexOf(b.lever.kind) - proposalKinds.indexOf(a.lever.kind));
  for (const candidate of order) {
    const without = kept.filter((one) => one !== candidate);
    if (search.reaches(search.evaluate(placed(row, without)))) kept = without;
  }
  return settled(row, kept.map(({ lever }) => lever), placed(row, kept), search);
}

type Placed = { readonly lever: Lever; readonly place: number };

function placed(row: RosterRow, levers: readonly Placed[]): RosterRow {
  return levers.reduce((changed, { lever, place }) => positions(changed, lever)[place] ?? changed, row);
}

/** Places of a joint change that reaches: amounts at their far end, choices first at their nearest, then one other at a time. */
function bestTogether(row: RosterRow, levers: readonly Lever[], search: Search): readonly number[] | null {
  const counts = levers.map((lever) => (lever.form === 'choice' ? lever.options.length : lever.samples.length));
  const usual = levers.map((lever, index) => (lever.form === 'choice' ? 0 : (counts[index] ?? 1) - 1));
  const reached = (places: readonly number[]): boolean =>
    search.reaches(search.evaluate(placed(row, levers.map((lever, index) => ({ lever, place: places[index] ?? 0 })))));
  if (reached(usual)) return usual;
  for (const [index, count] of counts.entries()) {
    for (let place = 0; place < count; place += 1) {
      const places = usual.with(index, place);
      if (reached(places)) return places;
    }
  }
  return null;
}

/**
 * Each member brought back to its nearest value while the others stay, one after the other, starting from a row that reaches; one that the others
 * have made needless is left out.
 */
function settled(row: RosterRow, levers: readonly Lever[], reaching: RosterRow, search: Search): Found | null {
  let standing = reaching;
  const moved: Moved[] = [];
  for (const lever of levers) {
    const without = takenBack(standing, row, lever);
    if (search.reaches(search.evaluate(without))) {
      standing = without;
      continue;
    }
    const nearest = movedTo(without, lever, search);
    if (nearest === null) return null;
    standing = nearest.moved.row;
    moved.push(nearest.moved);
  }
  return { moved, row: standing, after: search.evaluate(standing) };
}

/** The row with one fact as the roster has it; the credits of the last return hold together. */
function takenBack(standing: RosterRow, row: RosterRow, lever: Lever): RosterRow {
  const restored: RosterRow = { ...standing, [lever.fact]: row[lever.fact] };
  if (lever.fact === 'yearDeductedTotal') return { ...restored, yearDeductedQualified: row.yearDeductedQualified };
  if (lever.fact === 'recentCredits' || lever.fact === 'endingCredit') {
    const earlier = (lever.fact === 'recentCredits' ? row : standing).recentCredits;
    return { ...restored, recentCredits: earlier === null || restored.endingCredit === null ? earlier : [...earlier.slice(0, -1), restored.endingCredit] };
  }
  return restored;
}
