/**
 * Risk over rosters 名册风险, wherever their rows come from: walks the rows twice, first for what firms share, then firm by firm, so that memory holds
 * codes and not rows. Results come in the order of the rows, rejected rows in their place. It opens no file and keeps nothing.
 * @source shared spec risk.md
 */
import { codePointOrder } from '../../shared/kernel/code-points.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import {
  indicatorIds, indicators, judgeIndicator, thresholdOf, type IndicatorId, type PreviousRow, type RiskCase, type RiskFacts, type Sharing,
} from '../../shared/risk/indicators.ts';
import { comparedSigns, foldedName, lookAlikesOf, lookAlikesSchema, type LookAlikes } from '../../shared/risk/look-alikes.ts';
import { riskSentence } from '../../shared/risk/sentences.ts';
import type { RiskSettings } from '../../shared/risk/settings.ts';
import type { CellFault, RosterLine, RosterRow } from '../../shared/roster/model.ts';
import { rejectedLine, type Judgement } from '../eligibility/without-ledger.ts';
import type { ResourceReader } from '../platform/resources.ts';

type Counts = Record<IndicatorId, { hit: number; needsEvidence: number; clear: number }>;

export type RiskSummary = {
  readonly period: TaxPeriod; readonly firms: number; readonly rejected: number; readonly settings: RiskSettings; readonly counts: Counts;
};

/** Warnings about cells: how many, and the first of them. */
export type Warned = { readonly count: number; readonly first: readonly CellFault[] };

/** What the rows of one filing period are judged with. */
export type RiskGround = {
  readonly period: TaxPeriod;
  readonly settings: RiskSettings;
  readonly judge: (row: RosterRow) => Judgement;
  /** Rows of twelve months earlier by code; null without such a roster. */
  readonly before: ReadonlyMap<string, PreviousRow> | null;
  /** The rows from the first on, each time it is called. */
  readonly lines: () => Promise<AsyncIterable<RosterLine> | Iterable<RosterLine>>;
};

export type FoundHit = {
  readonly indicator: IndicatorId; readonly basis: string; readonly facts: RiskFacts; readonly threshold: ReturnType<typeof thresholdOf>; readonly text: string;
};
export type FoundNeed = { readonly indicator: IndicatorId; readonly missing: readonly string[] };
type Found = { readonly hits: readonly FoundHit[]; readonly needsEvidence: readonly FoundNeed[] };
export type JudgedFirm = Found & { readonly kind: 'firm'; readonly row: RosterRow; readonly refundAtStake: Fen | null };
type Judged = JudgedFirm | Extract<RosterLine, { kind: 'rejected' }>;

type SharedWith = (row: RosterRow) => Pick<RiskCase, 'account' | 'phone' | 'alike'>;

const warningsKept = 20;
const othersMax = 20;
const lookAlikesResource = 'reference/look-alikes.json';

/** Every row judged, in order. @param told called at the end */
export async function* judgedRows(
  { period, settings, judge, before, lines }: RiskGround, resources: ResourceReader, told: (summary: RiskSummary, warned: Warned) => void,
): AsyncGenerator<Judged, void, void> {
  const { shared, warned } = await sharedBy(await lines(), lookAlikes(resources));
  const counts = Object.fromEntries(
    indicatorIds.map((id) => [id, { hit: 0, needsEvidence: 0, clear: 0 }]),
  ) as Counts; // every indicator is a key
  let [firms, rejected] = [0, 0];
  for await (const line of await lines()) {
    if (line.kind === 'rejected') {
      rejected += 1;
      yield line;
      continue;
    }
    firms += 1;
    const { row } = line;
    const of: RiskCase = { row, filing: period, refundAtStake: stakeOf(judge(row)), previous: before?.get(row.uscc) ?? null, ...shared(row) };
    yield { kind: 'firm', row, refundAtStake: of.refundAtStake, ...judgedCase(of, settings, counts) };
  }
  told({ period, firms, rejected, settings, counts }, warned);
}

/** The lines of a result file as JSON text: who has a hit or a need, rejected rows, the summary last. @param told called before the summary's line */
export async function* linesOfJudged(
  ground: RiskGround, resources: ResourceReader, told: (summary: RiskSummary, warned: Warned) => void,
): AsyncGenerator<string, void, void> {
  let last = '';
  const judged = judgedRows(ground, resources, (summary, warned) => {
    last = JSON.stringify(summary);
    told(summary, warned);
  });
  for await (const of of judged) {
    if (of.kind === 'rejected') yield JSON.stringify(rejectedLine(of));
    else if (of.hits.length + of.needsEvidence.length > 0) {
      yield JSON.stringify({ uscc: of.row.uscc, name: of.row.name, hits: of.hits, needsEvidence: of.needsEvidence });
    }
  }
  yield last;
}

function judgedCase(of: RiskCase, settings: RiskSettings, counts: Counts): Found {
  const hits: FoundHit[] = [];
  const needsEvidence: FoundNeed[] = [];
  for (const id of indicatorIds) {
    const outcome = judgeIndicator(id, of, settings);
    counts[id][outcome.outcome === 'needs-evidence' ? 'needsEvidence' : outcome.outcome] += 1;
    if (outcome.outcome === 'needs-evidence') needsEvidence.push({ indicator: id, missing: outcome.missing });
    if (outcome.outcome !== 'hit') continue;
    hits.push(
      {
        indicator: id, basis: indicators[id].basis, facts: outcome.facts, threshold: thresholdOf(id, settings),
        text: riskSentence(id, outcome.facts, settings),
      },
    );
  }
  return { hits, needsEvidence };
}

/** What the evaluation would refund, or hold back for the time being; null where it lacks evidence. */
function stakeOf({ figures }: Judgement): Fen | null {
  switch (figures.verdict) {
    case 'refundable':
    case 'suspended':
    case 'not-open':
      return (figures.refundableExisting ?? 0n) + (figures.refundableIncremental ?? 0n);
    case 'needs-evidence':
      return null;
    case 'nothing-due':
    case 'ineligible':
    case 'out-of-scope':
      return 0n;
  }
}

function lookAlikes(resources: ResourceReader): LookAlikes {
  const text = resources(lookAlikesResource);
  return lookAlikesOf(lookAlikesSchema.parse(JSON.parse(text ?? '')));
}

/** Which firms share account, phone or the fold of a name. */
async function sharedBy(lines: AsyncIterable<RosterLine> | Iterable<RosterLine>, alikes: LookAlikes): Promise<{ readonly shared: SharedWith; readonly warned: Warned }> {
  const first: CellFault[] = [];
  let count = 0;
  const accounts = new Map<string, string[]>();
  const phones = new Map<string, string[]>();
  const names = new Map<string, { readonly uscc: string; readonly name: string }[]>();
  for await (const line of lines) {
    if (line.kind === 'rejected') continue;
    count += line.warnings.length;
    if (first.length < warningsKept) first.push(...line.warnings.slice(0, warningsKept - first.length));
    const { uscc, name, bankAccount, phone } = line.row;
    gather(accounts, comparedSigns(bankAccount ?? ''), uscc);
    gather(phones, comparedSigns(phone ?? ''), uscc);
    gather(names, foldedName(name, alikes), { uscc, name });
  }
  const shared: SharedWith = ({ uscc, name, bankAccount, phone }) => ({
    account: sharing(accounts.get(comparedSigns(bankAccount ?? '')) ?? [], uscc),
    phone: sharing(phones.get(comparedSigns(phone ?? '')) ?? [], uscc),
    alike: sharing((names.get(foldedName(name, alikes)) ?? []).filter((other) => other.name !== name).map((other) => other.uscc), uscc),
  });
  return { shared, warned: { count, first } };
}

function gather<T>(groups: Map<string, T[]>, key: string, value: T): void {
  if (key === '') return;
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [value]);
  else group.push(value);
}

/** @param codes with the same thing, the firm's own among them or not */
function sharing(codes: readonly string[], own: string): Sharing {
  const others = codes.filter((code) => code !== own);
  return { firms: others.length + 1, others: others.toSorted(codePointOrder).slice(0, othersMax) };
}
