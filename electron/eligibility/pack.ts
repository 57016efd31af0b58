/**
 * What a policy pack 政策包 is to the engine: rules that make findings, and lanes that turn a size class and listings into amounts.
 * Types and one builder; the reasoning of each pack stands in packs/<pack>/, the running of it in evaluate.ts.
 * @source shared spec house.md (Policy packs)
 */
import type { FindingFacts, Outcome, PackId, PackSource, RouteId, SizeClass } from '../../shared/eligibility/model.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { Ratio } from '../../shared/kernel/ratio.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { RosterRow } from '../../shared/roster/model.ts';
import type { CompositionRatio } from './composition-ratio.ts';
import type { z } from 'zod';
import type { FilingSpan } from './parameters.ts';
import type { ListingTest, Share, ShareTerms } from './share.ts';
import type { PaidBefore } from './paid-here.ts';
import type { SizeStandards } from './size-standards.ts';
import type { Sizing } from './size.ts';
import type { Warning } from './warnings.ts';

/**
 * A figure that a blank may leave open. `ratio` starts in the month of the pack, `yearRatio` in January (2025-07/1(3)); `recent`
 * are the credits of the counted months; `yearEnd` is the credit at the end of the year before.
 */
export type Figure = 'ending' | 'base' | 'recent' | 'yearEnd' | 'ratio' | 'yearRatio';

/** What the engine worked out from one row; null = left open by the file. Inside a lane every figure that it reads is known. */
export type CaseFacts = {
  readonly row: RosterRow;
  readonly filing: TaxPeriod;
  readonly sizing: Sizing;
  readonly size: SizeClass | null;
  /** One per listing test of the pack, in its order. */
  readonly shares: readonly Share[];
  /** Every way in which the tests may turn out together, never empty; one when the listing is known. */
  readonly listings: readonly (readonly boolean[])[];
  /** 期末留抵税额 after 免抵退 and arrears. */
  readonly ending: Fen | null;
  /** 2019年3月31日期末留抵税额. */
  readonly base: Fen | null;
  readonly existingRefunded: boolean;
  readonly recent: readonly (Fen | null)[];
  readonly firstCounted: TaxPeriod;
  readonly yearEnd: Fen | null;
  readonly ratioDetail: CompositionRatio;
  readonly yearRatioDetail: CompositionRatio | null;
  readonly ratio: Ratio | null;
  readonly yearRatio: Ratio | null;
  /** What the office's own ledger has paid; null for a file without an office, and where it has paid nothing. */
  readonly paid: PaidBefore | null;
};

/** What a lane says about one fully known case. Amounts are given also when the conditions of the route do not hold. */
export type Judged = {
  readonly route: RouteId;
  /** The conditions of the route itself (not those common to all) hold. */
  readonly entitled: boolean;
  readonly existingCredit: Fen;
  readonly incrementalCredit: Fen;
  readonly refundRate: string;
  /** Which of the two composition ratios the route multiplies by. */
  readonly ratioUsed: 'ratio' | 'yearRatio';
  readonly refundableExisting: Fen;
  readonly refundableIncremental: Fen;
  /** null where the route knows no window: such a kind, if it has an amount, is open. */
  readonly existingOpenFrom: TaxPeriod | null;
  readonly incrementalOpenFrom: TaxPeriod | null;
  /** Asked for only when the answer stands: a row full of blanks has many alternatives. */
  readonly warnings: () => readonly Warning[];
};

const noWarnings: readonly Warning[] = [];
export const withoutWarnings: Judged['warnings'] = () => noWarnings;

/** How one size class with one set of listings is treated in one filing period. Lanes with the same key are the same. */
export type Lane = {
  readonly key: string;
  readonly reads: readonly Figure[];
  judge(facts: CaseFacts): Judged;
  /**
   * A value of an open credit between its ends at which the lane answers by another route, so that the ends alone would not speak for
   * it; null = none. Absent = every figure of the lane runs one way all along. @param known the case with every figure given
   */
  readonly turn?: (known: CaseFacts, open: Figure) => Fen | null;
};

/** What the rules see when findings are made: the facts as they are, and the answer that was reached. */
export type RuleFacts = CaseFacts & { readonly answer: Answer };

/** The answer over every value the blanks may have; null where they do not agree. */
export type Answer = {
  readonly [Key in Exclude<keyof Judged, 'warnings'>]: Judged[Key] | null;
} & {
  readonly warnings: readonly Warning[];
  /** Every alternative gives the same verdict, route and refundable amounts. */
  readonly agreed: boolean;
  /** Every alternative fails the conditions of its route. */
  readonly neverEntitled: boolean;
  /** What the amounts come to when conditions hold; null when the alternatives differ. */
  readonly standing: 'not-open' | 'nothing-due' | 'refundable' | null;
  readonly total: Fen | null;
  /** First filing periods of the windows by alternative, where those differ; null when one alternative answers. */
  readonly openings: { readonly existing: readonly TaxPeriod[]; readonly incremental: readonly TaxPeriod[] } | null;
  /** Blanks on which the answer turns. */
  readonly deciding: ReadonlySet<Question>;
};

export type Question = Figure | 'size' | 'listing';

/**
 * What a finding that is not met does to the verdict: `scope` out-of-scope, `condition` ineligible, `suspension` suspended, `window`
 * not-open; `measure` findings state size, share, credit and ratio and are met or lack evidence.
 */
export type Bearing = 'scope' | 'condition' | 'measure' | 'window' | 'suspension';

/** What the sentence of a finding is told from: the outcome as it was decided, its facts, and what all findings of the determination share. */
export type Stated = {
  readonly outcome: Outcome;
  readonly facts: FindingFacts;
  readonly filing: TaxPeriod;
  /** The route that answers; null while it is open. */
  readonly route: RouteId | null;
  readonly standards: SizeStandards;
};

/** What a rule decides, states and says; the same part may stand in several packs. @typeParam P the parameters that it reads */
export type RulePart<P> = {
  decide(facts: RuleFacts, parameters: P): Outcome;
  /** What the finding rests on, in the order in which lines show it; amounts as yuan text. */
  states(facts: RuleFacts, parameters: P): FindingFacts;
  /** The sentence, without the final 。, made when it is shown or printed: from kept facts alone. */
  says(stated: Stated, parameters: P): string;
  /** Citations that depend on the case, e.g. the sector of the size standard. */
  alsoCites?(stated: Stated): readonly string[];
  /** Facts that only the sentence needs: kept, but in no line of `evaluate`. */
  readonly hides?: readonly string[];
  /** Its facts repeat from taxpayer to taxpayer, so that what is said of them may be remembered. */
  readonly repeats?: boolean;
};

/** One rule 判定规则, one paragraph of a document. @typeParam P the pack's parameters */
export type RuleDefinition<P> = RulePart<P> & {
  readonly id: string;
  readonly title: string;
  readonly cites: readonly string[];
  readonly bears: Bearing;
  /** Routes it belongs to; absent = every route of its pack. */
  readonly routes?: readonly RouteId[];
  /** Other citations for the same rule under a route that another document governs. */
  readonly citesUnder?: Partial<Record<RouteId, readonly string[]>>;
  /** Open figures that this rule asks about: it lacks evidence only when one of them decides. Absent = its own columns. */
  readonly asks?: readonly Question[];
  /** Outcomes it can have; golden cases must show each. */
  readonly outcomes: readonly Outcome[];
};

/** A rule with its pack's parameters already given. */
export type Rule = Omit<RuleDefinition<never>, 'decide' | 'states' | 'says'> & {
  decide(facts: RuleFacts): Outcome;
  states(facts: RuleFacts): FindingFacts;
  says(stated: Stated): string;
};

export type Pack = {
  readonly id: PackId;
  readonly title: string;
  readonly span: FilingSpan;
  readonly sources: readonly PackSource[];
  /** In the order in which findings are shown. */
  readonly rules: readonly Rule[];
  /** Everything that depends on the filing period alone. */
  forFiling(filing: TaxPeriod): FilingTerms;
};

/** What a pack is made from: its parameters.json as parsed, by values that stand. @typeParam P the pack's parameters */
export type MadeFrom<P> = { readonly title: string; readonly span: FilingSpan; readonly hash: string; readonly parameters: P };

/** One line of the table of packs: the form of its parameters, and how the pack is built from them and from those of other packs. */
export type PackDefinition<Schema extends ParametersSchema = ParametersSchema> = {
  readonly schema: Schema;
  build(source: MadeFrom<z.output<Schema>>, other: OtherSource): Pack;
};
export type ParametersSchema = z.ZodObject<Readonly<Record<string, z.ZodType>>>;
/** The source of another pack, whose rules this one leaves some taxpayers to. */
export type OtherSource = <Schema extends ParametersSchema>(pack: PackId, definition: PackDefinition<Schema>) => MadeFrom<z.output<Schema>>;

export function definePack<Schema extends ParametersSchema>(definition: PackDefinition<Schema>): PackDefinition<Schema> {
  return definition;
}

export type FilingTerms = {
  /** Lists against which sales are held; the one shown as `listedIndustry` is named by `shownTest`. */
  readonly listingTests: readonly ListingTest[];
  readonly shownTest: number | null;
  readonly shareTerms: ShareTerms;
  readonly shareScale: number;
  readonly ratioScale: number;
  figures(row: RosterRow): RowFigures;
  lane(size: SizeClass, listed: readonly boolean[]): Lane;
  /** Warnings that rest on the row and the pack alone. */
  warnings(row: RosterRow): readonly Warning[];
};

/** The figures whose meaning depends on the pack. */
export type RowFigures = {
  readonly recent: readonly (Fen | null)[];
  readonly firstCounted: TaxPeriod;
  readonly ratio: CompositionRatio;
  readonly yearRatio: CompositionRatio | null;
};

/** Fixes the form of one rule. A rule without a citation, a title or an outcome is unfinished; a test names what it lacks. */
export function defineRule<P>(rule: RuleDefinition<P>): RuleDefinition<P> {
  return rule;
}

/** The rules of a table with the values of a pack. */
export function boundRules<P>(rules: readonly RuleDefinition<P>[], parameters: P): readonly Rule[] {
  return rules.map((rule) => ({
    ...rule,
    decide: (facts) => rule.decide(facts, parameters),
    states: (facts) => rule.states(facts, parameters),
    says: (stated) => rule.says(stated, parameters),
  }));
}
