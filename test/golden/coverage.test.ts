/**
 * Every filing period from 2019-05 to 2027-12 for every kind of taxpayer: one regime, one answer. The regimes, lists and routes below are a second
 * transcription of policy-facts 2 and 10; where the engine and this page differ, one of them is wrong.
 */
import { describe, expect, test } from 'vitest';
import { evaluatorFor, firstFilingPeriod, packFor, policyFrom, type Policy } from '../../electron/eligibility/index.ts';
import { packIds, routeIds, verdicts, type Determination, type PackId, type RouteId } from '../../shared/eligibility/model.ts';
import { addPeriods, taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { readResource, shippedPolicy } from './golden-policy.ts';
import { industries, kindText, rowOf, taxpayerKinds, type TaxpayerKind } from './taxpayer-kinds.ts';

const first = taxPeriod('2019-05');
const last = taxPeriod('2027-12');
const periods: readonly TaxPeriod[] = Array.from({ length: 104 }, (_, index) => addPeriods(first, index));

/** First filing period → regime, oldest first; the next one ends it. */
const regimes: readonly (readonly [string, PackId])[] = [
  ['2019-05', 'mof-sta-gac-2019-39'],
  ['2022-04', 'mof-sta-2022-14'],
  ['2025-09', 'mof-sta-2025-07'],
];

function regimeOf(filing: TaxPeriod): PackId | undefined {
  return regimes.findLast(([from]) => filing >= from)?.[1];
}

/** Gaps and overlaps of the spans, period by period. */
function spanFaults(spans: Readonly<Record<PackId, { readonly from: string; readonly until: string | null }>>): string[] {
  return periods.flatMap((filing) => {
    const claiming = packIds.filter((id) => spans[id].from <= filing && filing <= (spans[id].until ?? filing));
    return claiming.length === 1 ? [] : [`${filing}: ${claiming.length === 0 ? 'no pack' : claiming.join(' and ')}`];
  });
}

function spansOf(policy: Policy): Record<PackId, { from: string; until: string | null }> {
  return {
    'mof-sta-gac-2019-39': { ...policy.packs['mof-sta-gac-2019-39'].span },
    'mof-sta-2022-14': { ...policy.packs['mof-sta-2022-14'].span },
    'mof-sta-2025-07': { ...policy.packs['mof-sta-2025-07'].span },
  };
}

/** Who counts as listed in a filing period of No. 14: six industries from the start, thirteen from 2022-07. */
function listedIn(filing: TaxPeriod, { of2022 }: (typeof industries)[keyof typeof industries]): boolean {
  return of2022 === 'six' || (of2022 === 'seven' && filing >= '2022-07');
}

/** The routes open to a kind: first those that must be weighed against each other; null where the size decides and is unknown. */
function openRoutes(kind: TaxpayerKind, filing: TaxPeriod, { existingCredit }: Determination): readonly RouteId[] | null {
  const industry = industries[kind.industry];
  if (filing < '2022-04') return ['2019-39/8'];
  if (filing >= '2025-09') {
    if (industry.of2025 === 'four') return ['2025-07/1(1)'];
    return industry.of2025 === 'realEstate' ? ['2025-07/1(2)', '2025-07/1(3)'] : ['2025-07/1(3)'];
  }
  const listed = listedIn(filing, industry);
  if (kind.size === 'undetermined') return null;
  const small = kind.size === 'micro' || kind.size === 'small';
  if (!small) return listed ? ['2022-14/2'] : ['2019-39/8'];
  if (filing <= '2022-12') return listed ? ['2022-14/1', '2022-14/2'] : ['2022-14/1'];
  const incremental: RouteId = listed ? '2022-14/2' : '2019-39/8';
  return existingCredit !== null && existingCredit > 0n ? ['2022-14/1', incremental] : [incremental];
}

/** The route that answered and those that its warnings name. */
function routesNamed({ route, warnings }: Determination): readonly RouteId[] {
  return routeIds.filter((id) => route === id || warnings.some((warning) => warning.includes(id)));
}

/** What is wrong with one answer; nothing when it is the one answer that the table allows. */
function answerFaults(kind: TaxpayerKind, filing: TaxPeriod, answer: Determination, policy: Policy): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, what: string): void => { if (!holds) faults.push(what); };
  must(answer.pack === regimeOf(filing), `pack ${answer.pack}`);
  must(verdicts.includes(answer.verdict), `verdict ${answer.verdict}`);
  const scoped = kind.payer !== '小规模纳税人';
  must((answer.verdict === 'out-of-scope') === !scoped, `scope: ${answer.verdict}`);
  must((answer.verdict === 'refundable') === (answer.refundableTotal > 0n), 'a total without a refund, or a refund without a total');
  must(kind.credit !== '没有留抵' || answer.refundableTotal === 0n, 'a refund without a credit');
  must(answer.verdict !== 'needs-evidence' || kind.size === 'undetermined', 'needs evidence although every fact is known');
  if (scoped) {
    const open = openRoutes(kind, filing, answer);
    if (open === null) must(answer.route !== null || ['needs-evidence', 'ineligible', 'nothing-due', 'refundable', 'not-open'].includes(answer.verdict), 'no answer');
    else {
      must(answer.route !== null && open.includes(answer.route), `route ${String(answer.route)} of ${open.join()}`);
      const weighed = answer.route === '2025-07/1(2)' ? ['2025-07/1(2)'] : open;
      must(routesNamed(answer).toSorted().join() === weighed.toSorted().join(), `weighed ${routesNamed(answer).join()} of ${open.join()}`);
    }
  } else must(answer.route === null, 'a route although out of scope');
  const warned = answer.warnings.some((warning) => /第84号|第15号/.test(warning));
  must(warned === (filing >= '2019-06' && filing < '2022-04' && industries[kind.industry].manufactures), 'advanced manufacturing');
  return [...faults, ...ruleFaults(answer, policy)];
}

/** Each rule speaks once or, where it belongs to another route, not at all. */
function ruleFaults({ pack, route, findings }: Determination, policy: Policy): string[] {
  const times = new Map<string, number>();
  for (const { rule } of findings) times.set(rule, (times.get(rule) ?? 0) + 1);
  return policy.packs[pack].rules.flatMap(({ id, routes }) => {
    const count = times.get(id) ?? 0;
    if (routes === undefined) return count === 1 ? [] : [`rule ${id} spoke ${String(count)} times`];
    if (route === null) return count <= 1 ? [] : [`rule ${id} spoke ${String(count)} times`];
    return count === (routes.includes(route) ? 1 : 0) ? [] : [`rule ${id} of another route spoke ${String(count)} times`];
  });
}

const rows = taxpayerKinds.map((kind) => ({ kind, row: rowOf(kind) }));

describe('regimes', () => {
  test('every filing period from 2019-05 to 2027-12 has exactly one pack, and it is the one of the table', () => {
    expect(periods.at(-1)).toBe(last);
    expect(spanFaults(spansOf(shippedPolicy))).toEqual([]);
    expect(periods.filter((filing) => packFor(shippedPolicy, filing)?.id !== regimeOf(filing))).toEqual([]);
  });

  test('a gap and an overlap between regimes are found and named', () => {
    const spans = spansOf(shippedPolicy);
    expect(spanFaults({ ...spans, 'mof-sta-2022-14': { from: '2022-04', until: '2025-07' } })).toEqual(['2025-08: no pack']);
    expect(spanFaults({ ...spans, 'mof-sta-gac-2019-39': { from: '2019-05', until: '2022-04' } })).toEqual(['2022-04: mof-sta-gac-2019-39 and mof-sta-2022-14']);
  });

  test('a filing period before 2019-05 has no pack and is refused', () => {
    expect(firstFilingPeriod).toBe(first);
    for (const filing of ['2019-04', '2019-01', '2018-12', '1994-01'].map(taxPeriod)) {
      expect(packFor(shippedPolicy, filing)).toBeNull();
      expect(() => evaluatorFor(filing, shippedPolicy)).toThrow('no pack covers');
    }
  });
});

test('the product of the tables has every kind once', () => {
  expect({ kinds: taxpayerKinds.length, different: new Set(taxpayerKinds.map(kindText)).size }).toEqual({ kinds: 2520, different: 2520 });
});

describe.each(regimes)('from %s under %s', (_from, id) => {
  test('every kind of taxpayer gets exactly one answer in every filing period', () => {
    const faults: string[] = [];
    const seen = { verdicts: new Set<string>(), routes: new Set<string | null>() };
    for (const filing of periods.filter((period) => regimeOf(period) === id)) {
      const evaluate = evaluatorFor(filing, shippedPolicy);
      for (const { kind, row } of rows) {
        const answer = evaluate(row);
        seen.verdicts.add(answer.verdict);
        seen.routes.add(answer.route);
        const found = answerFaults(kind, filing, answer, shippedPolicy);
        if (found.length > 0 && faults.length < 20) faults.push(`${filing} ${kindText(kind)}: ${found.join('; ')}`);
      }
    }
    expect(faults).toEqual([]);
    const expectedRoutes: Readonly<Record<PackId, readonly (RouteId | null)[]>> = {
      'mof-sta-gac-2019-39': ['2019-39/8', null],
      'mof-sta-2022-14': ['2022-14/1', '2022-14/2', '2019-39/8', null],
      'mof-sta-2025-07': ['2025-07/1(1)', '2025-07/1(2)', '2025-07/1(3)', null],
    };
    expect([...seen.routes].toSorted()).toEqual(expectedRoutes[id].toSorted());
    expect([...seen.verdicts]).toEqual(expect.arrayContaining(['refundable', 'ineligible', 'out-of-scope']));
  }, 120_000);
});

test('the sizes of the tables are those that the engine finds', () => {
  const evaluate = evaluatorFor(taxPeriod('2022-08'), shippedPolicy);
  expect(rows.filter(({ kind, row }) => evaluate(row).size !== kind.size).map(({ kind }) => kindText(kind))).toEqual([]);
});

describe('an answer of another regime', () => {
  const kind = taxpayerKinds.find((one) => one.payer === '一般纳税人按月' && one.size === 'micro' && one.industry === '制造业' && one.history === '没有退过' && one.credit === '留抵很多');

  test.each([
    ['2025-08', 'mof-sta-2022-14', '2022-14/2'],
    ['2025-09', 'mof-sta-2025-07', '2025-07/1(1)'],
    ['2022-03', 'mof-sta-gac-2019-39', '2019-39/8'],
    ['2022-04', 'mof-sta-2022-14', '2022-14/1'],
  ])('never stands for the filing period %s, which is judged under %s by %s', (filing, pack, route) => {
    if (kind === undefined) throw new Error('no such kind');
    expect(evaluatorFor(taxPeriod(filing), shippedPolicy)(rowOf(kind))).toMatchObject({ pack, route });
  });

  test('is found by this page when the packs are mixed up', () => {
    if (kind === undefined) throw new Error('no such kind');
    const filing = taxPeriod('2025-09');
    const mixed = evaluatorFor(filing, shippedPolicy, { pack: 'mof-sta-2022-14' })(rowOf(kind));
    expect(answerFaults(kind, filing, mixed, shippedPolicy)).toEqual(expect.arrayContaining(['pack mof-sta-2022-14', expect.stringContaining('route 2022-14/2 of 2025-07/1(1)')]));
    const twice = { ...mixed, findings: [...mixed.findings, ...mixed.findings.slice(0, 1)] };
    expect(answerFaults(kind, filing, twice, shippedPolicy)).toEqual(expect.arrayContaining(['rule generalTaxpayer spoke 2 times']));
  });
});

test('a policy whose regimes overlap gives no answer at all', () => {
  const { documents } = shippedPolicy;
  const document = { ...documents['mof-sta-2022-14'].document, filing: { ...documents['mof-sta-2022-14'].document.filing, until: taxPeriod('2025-09') } };
  const overlapping = policyFrom({ documents: { ...documents, 'mof-sta-2022-14': { document, hash: '' } }, sizeStandards: JSON.parse(readResource('reference/size-standards.json')) });
  expect(() => packFor(overlapping, taxPeriod('2025-09'))).toThrow('two packs');
});
