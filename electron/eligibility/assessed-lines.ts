/**
 * Lines of an assessment 资格测算 in the journal's blobs: written by hand in a fixed order, without a library, because a county has a hundred thousand;
 * and read again, as figures for lists or as the whole determination with every sentence made under the pack that judged it.
 */
import type { z } from 'zod';
import { verdicts, type Determination, type PackSource } from '../../shared/eligibility/model.ts';
import { figuresLine, findingsLine, toldLine, wholeLine, type DeterminationRecord } from '../../shared/eligibility/record.ts';
import { assert, present } from '../../shared/kernel/assert.ts';
import { parseTotalFen, type Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { Judgement } from './evaluate.ts';
import { factsJson, factsKey, Remembered, word } from './facts.ts';
import { paidHereRule } from './paid-here.ts';
import type { Policy } from './policy.ts';
import { groundsOf, sizeBasis } from './size-basis.ts';
import { findingTold } from './telling.ts';
import { warningCodes, warningText } from './warnings.ts';

/** What holds for every line of an entry; `policy` null for lines of the first version. */
export type LineTerms = { readonly period: TaxPeriod; readonly packs: readonly PackSource[] };

export type AssessedLine = { readonly industry: string | null; readonly record: DeterminationRecord };

export type KeptLines = { readonly figures: string; readonly findings: string };

/** Writes the two lines of a determination of one filing period; what is kept of a finding whose facts repeat is remembered. */
export function lineKeeper(): (judgement: Judgement) => KeptLines {
  const repeated = new Remembered<string>();
  return ({ row, figures, facts, warnings, findings }) => {
    let kept = '';
    for (const { rule, outcome } of findings) {
      const stated = rule.states(facts);
      const text = (): string => `["${rule.id}","${outcome}",${factsJson(stated)}]`;
      kept += `${kept === '' ? '' : ','}${rule.repeats === true ? repeated.of(rule, null, factsKey(outcome, stated), text) : text()}`;
    }
    const {
      size, listedIndustry, listedShare, verdict, endingCredit, existingCredit, incrementalCredit, ratio, refundRate, refundableExisting, refundableIncremental,
      refundableTotal, existingOpenFrom, incrementalOpenFrom,
    } = figures;
    const remarks = warnings.length === 0 ? '' : warnings.map(({ code, facts: noticed }) => `["${code}",${factsJson(noticed)}]`).join();
    return {
      findings: `{"findings":[${kept}],"row":${String(row.row)},"warnings":[${remarks}]}`,
      figures: `{"answering":${word(facts.answer.route)},"endingCredit":${amount(endingCredit)},"existingCredit":${amount(existingCredit)
    },"existingOpenFrom":${word(existingOpenFrom)},"incrementalCredit":${amount(incrementalCredit)
    },"incrementalOpenFrom":${word(incrementalOpenFrom)},"industry":${word(row.industryCode)},"listedIndustry":${String(listedIndustry)
    },"listedShare":${word(listedShare)},"name":${JSON.stringify(row.name)},"ratio":${word(ratio)},"refundRate":${word(refundRate)
    },"refundableExisting":${amount(refundableExisting)},"refundableIncremental":${amount(refundableIncremental)},"refundableTotal":${amount(refundableTotal)
    },"row":${String(row.row)},"size":"${size}","uscc":${JSON.stringify(row.uscc)},"verdict":"${verdict}"}`,
    };
  };
}

function amount(fen: Fen | null): string {
  return fen === null ? 'null' : `"${fen.toString()}"`;
}

/** The figures of a line of any version; the line is the office's own, hashed, and only looked over. @throws AssertionFault, ZodError */
export function assessedLine(value: unknown, { period, packs }: LineTerms): AssessedLine {
  assert(typeof value === 'object' && value !== null, 'a line is an object');
  if ('record' in value) {
    const { industry, record } = toldLine.parse(value);
    return { industry, record };
  }
  const line = value as { readonly [Key in keyof DeterminationRecord | 'answering' | 'industry']?: unknown }; // every member is looked at below
  const verdict = present(verdicts.find((one) => one === line.verdict), 'a verdict');
  const source = present(packs[0], 'the pack of an assessment');
  const record = {
    row: line.row, uscc: textOf(line.uscc), name: textOf(line.name), period, pack: source.pack, sources: packs,
    route: verdict === 'out-of-scope' ? null : textOrNull(line.answering),
    size: textOf(line.size), listedIndustry: line.listedIndustry, listedShare: textOrNull(line.listedShare), verdict,
    endingCredit: fenKept(line.endingCredit), existingCredit: fenKept(line.existingCredit), incrementalCredit: fenKept(line.incrementalCredit),
    ratio: textOrNull(line.ratio), refundRate: textOrNull(line.refundRate),
    refundableExisting: fenKept(line.refundableExisting), refundableIncremental: fenKept(line.refundableIncremental),
    refundableTotal: present(fenKept(line.refundableTotal), 'a total'),
    existingOpenFrom: textOrNull(line.existingOpenFrom), incrementalOpenFrom: textOrNull(line.incrementalOpenFrom),
  };
  return { industry: textOrNull(line.industry), record: record as DeterminationRecord }; // written by lineKeeper, forms looked at above
}

function textOf(value: unknown): string {
  assert(typeof value === 'string', 'a line holds text here');
  return value;
}

function textOrNull(value: unknown): string | null {
  return value === null ? null : textOf(value);
}

function fenKept(value: unknown): Fen | null {
  return value === null ? null : present(parseTotalFen(textOf(value)), 'an amount in fen');
}

/**
 * The whole determination of its lines.
 * @param findingsLineOf the line of findings, or null where the entry holds both in one
 * @param policyOf the policy under which the entry was judged, as the entry keeps it; not asked for a line of the first version, whose sentences were kept
 * @throws ZodError for a line of another form; AssertionFault for a rule that its pack does not have
 */
export function determinationKept(value: unknown, findingsLineOf: (() => unknown) | null, terms: LineTerms, policyOf: () => Policy): Determination {
  if (typeof value === 'object' && value !== null && 'record' in value) return toldLine.parse(value).record;
  const { answering, findings, warnings } = findingsLineOf === null ? wholeLine.parse(value) : joinedLines(value, findingsLineOf());
  const { record } = assessedLine(value, terms);
  const policy = policyOf();
  const rules = new Map([...policy.packs[record.pack].rules, paidHereRule].map((rule) => [rule.id, rule]));
  const telling = { filing: record.period, route: answering, standards: policy.standards };
  const grounds = groundsOf(present(findings.find(([rule]) => rule === 'size'), 'the finding of the size')[2], policy.standards);
  return {
    ...record,
    sizeBasis: sizeBasis(grounds),
    sizeMargins: [...grounds.margins],
    warnings: warnings.map(([code, facts]) => warningText({ code: present(warningCodes.find((one) => one === code), `a warning ${code}`), facts })),
    findings: findings.map(([id, outcome, facts]) => findingTold(present(rules.get(id), `the rule ${id}`), outcome, facts, telling)),
  };
}

function joinedLines(value: unknown, more: unknown): z.output<typeof wholeLine> {
  const [figures, { row, ...findings }] = [figuresLine.parse(value), findingsLine.parse(more)];
  assert(figures.row === row, 'both lines are of one row');
  return { ...figures, ...findings };
}
