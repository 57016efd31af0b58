/** What each member of the rule tables, parameters and articles still lacks; an empty list is complete. */
import { paidHereRule } from '../../electron/eligibility/paid-here.ts';
import { describe, expect, test } from 'vitest';
import { determinationLine, evaluateRow } from '../../electron/eligibility/index.ts';
import { packIds, type Finding, type PackId } from '../../shared/eligibility/model.ts';
import { taxPeriod } from '../../shared/kernel/tax-period.ts';
import { goldenFiles } from './golden-cases.ts';
import { shippedArticles, shippedPolicy } from './golden-policy.ts';
import { goldenRow } from './golden-rows.ts';
import { ruleGaps, type AskedRule, type ShownFinding } from './rule-gaps.ts';

type Shown = { readonly pack: PackId; readonly finding: Finding; readonly id: string; readonly boundary: readonly string[] };

const shown: readonly Shown[] = goldenFiles.flatMap(({ cases }) =>
  cases.flatMap((one) =>
    one.filings.flatMap((filing): Shown[] => {
      const options = one.pack === undefined ? {} : { pack: one.pack };
      const determination = evaluateRow(goldenRow(one.row), taxPeriod(filing), shippedPolicy, options);
      return determinationLine(determination).findings.map((finding) => ({ pack: determination.pack, finding, id: one.id, boundary: one.boundary }));
    }),
  ),
);

function findingsOf(list: readonly Shown[]): readonly ShownFinding[] {
  return list.map(({ finding: { rule, outcome, text }, id, boundary }) => ({ rule, outcome, text, id, boundary }));
}

describe.each(packIds)('%s', (id) => {
  const { rules } = shippedPolicy.packs[id];
  const ofPack = shown.filter(({ pack }) => pack === id);

  test('every rule has a title, a citation that is an article, golden cases for each outcome and on both sides of its edge, and Chinese sentences', () => {
    expect(ruleGaps(rules, findingsOf(ofPack), new Set(shippedArticles.keys()))).toEqual([]);
  });

  test('no rule gives an outcome that its table row does not announce', () => {
    const unannounced = ofPack.filter(({ finding }) => rules.find((rule) => rule.id === finding.rule)?.outcomes.includes(finding.outcome) !== true);
    expect(unannounced.map(({ finding }) => `${finding.rule} ${finding.outcome}`)).toEqual([]);
  });

  test('no two rules share an identifier', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  test('every parameter and setting has a unit, a label, and for each value citations that are articles and a grade', () => {
    const { document } = shippedPolicy.documents[id];
    const cited = [
      ...document.parameters.flatMap(({ key, unit, label, values }) => values.map(({ cites, certainty }) => ({ key, unit, label, cites, certainty }))),
      ...document.settings,
    ];
    const lacks = cited.flatMap(({ key, unit, label, cites, certainty }) => [
      ...(unit.trim() === '' || label.trim() === '' ? [`${key} lacks a unit or label`] : []),
      ...(cites.length === 0 ? [`${key} lacks a citation`] : []),
      ...cites.filter((cite) => !shippedArticles.has(cite)).map((cite) => `${key} lacks the article ${cite}`),
      ...('ABCD'.includes(certainty) ? [] : [`${key} lacks a grade`]),
    ]);
    expect({ lacks, some: cited.length > 10 }).toEqual({ lacks: [], some: true });
  });
});

describe('a rule table with a fault in it', () => {
  const { rules } = shippedPolicy.packs['mof-sta-2022-14'];
  const shownFindings = findingsOf(shown.filter(({ pack }) => pack === 'mof-sta-2022-14'));
  const articles = new Set(shippedArticles.keys());
  const mutated = (id: string, change: Partial<AskedRule>): readonly AskedRule[] => rules.map((rule) => (rule.id === id ? { ...rule, ...change } : rule));
  const added: AskedRule = { id: 'newRule', title: '新规则', cites: ['2022-14/3(1)'], bears: 'condition', outcomes: ['met', 'notMet'] };

  test.each<[string, readonly AskedRule[], readonly ShownFinding[], string[]]>([
    ['without a citation', mutated('evasion', { cites: [], citesUnder: {} }), shownFindings, ['evasion lacks a citation']],
    ['citing an article that is not shipped', mutated('rating', { cites: ['2022-14/99'] }), shownFindings, ['rating lacks the article 2022-14/99']],
    ['without a title', mutated('filed', { title: '' }), shownFindings, ['filed lacks a title']],
    ['without any golden case', [...rules, added], shownFindings, ['newRule lacks a golden case met', 'newRule lacks a golden case notMet', 'newRule lacks a golden case met at its boundary', 'newRule lacks a golden case notMet at its boundary']],
    ['whose golden case at the edge just failing is gone', rules, shownFindings.filter(({ id }) => id !== 'T21'), ['evasion lacks a golden case notMet', 'evasion lacks a golden case notMet at its boundary']],
    ['whose golden case at the edge just holding is gone', rules, shownFindings.map((one) => (one.id === 'T20' ? { ...one, boundary: [] } : one)), ['evasion lacks a golden case met at its boundary']],
    ['that measures and has one side only', rules, shownFindings.map((one) => (['C15', 'C22'].includes(one.id) ? { ...one, boundary: [] } : one)), ['ratio lacks a golden case on each side of its boundary']],
    ['without a Chinese sentence', rules, shownFindings.map((one) => (one.rule === 'window' ? { ...one, text: 'open' } : one)), ['window lacks a Chinese sentence']],
  ])('%s: the rule and what it lacks are named', (_what, table, findings, named) => {
    expect(ruleGaps(table, findings, articles)).toEqual(named);
  });
});

test('no value is graded higher than the best of the articles it cites', () => {
  const values = packIds.flatMap((id) => shippedPolicy.documents[id].document.parameters.flatMap((parameter) => parameter.values.map((value) => ({ key: `${id} ${parameter.key}`, ...value }))));
  const tooSure = values.filter(({ cites, certainty }) => !cites.some((cite) => (shippedArticles.get(cite)?.certainty ?? 'D') <= certainty));
  expect(tooSure.map(({ key }) => key)).toEqual([]);
});

test('every sector of the size standards cites articles', () => {
  const lacking = shippedPolicy.standards.sectors.flatMap((sector) => sector.cites.filter((cite) => !shippedArticles.has(cite)).map((cite) => `${sector.id}: ${cite}`));
  expect(lacking).toEqual([]);
});

test('every article is cited by a rule, a value, a sector or a finding', () => {
  const used = new Set([
    ...shown.flatMap(({ finding }) => finding.cites),
    // Behind the rules of whatever pack judges, over an office only.
    ...paidHereRule.cites,
    ...packIds.flatMap((id) => shippedPolicy.packs[id].rules.flatMap((rule) => [...rule.cites, ...Object.values(rule.citesUnder ?? {}).flat()])),
    ...packIds.flatMap((id) => {
      const { filing, parameters, settings } = shippedPolicy.documents[id].document;
      return [...filing.cites, ...parameters.flatMap((parameter) => parameter.values.flatMap((value) => value.cites)), ...settings.flatMap((setting) => setting.cites)];
    }),
    ...shippedPolicy.standards.sectors.flatMap((sector) => sector.cites),
  ]);
  expect([...shippedArticles.keys()].filter((cite) => !used.has(cite))).toEqual([]);
});

test('no two golden cases share a number', () => {
  const ids = goldenFiles.flatMap(({ cases }) => cases.map((one) => one.id));
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});
