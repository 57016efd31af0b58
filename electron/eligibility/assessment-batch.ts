/**
 * Judges stored rows of a roster 一批 into the lines of an assessment, packed as the journal keeps them: what one worker thread does, and the office's own
 * thread beside it. The same rows give the same lines wherever they are judged.
 */
import { verdicts, type Verdict } from '../../shared/eligibility/model.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { linesOfChunk, packedChunk, type PackedChunk } from '../journal/without-ledger.ts';
import { LineBytes } from '../platform/line-bytes.ts';
import { rosterRowOfLine } from '../roster/without-ledger.ts';
import { lineKeeper } from './assessed-lines.ts';
import { judgeFor } from './evaluate.ts';
import type { PaidBefore } from './paid-here.ts';
import { officePolicy } from './policy-reader.ts';

/** Everything a thread must know; plain data. */
export type AssessmentTerms = {
  readonly period: TaxPeriod;
  /** Texts of the policy's files in force by path; a worker opens no file. */
  readonly policyTexts: Readonly<Record<string, string>>;
  /** What the ledger has paid, by taxpayer code. */
  readonly paid: ReadonlyMap<string, PaidBefore>;
};

/** What the entry of a period says of its determinations. */
export type Tally = { readonly counts: Readonly<Record<Verdict, number>>; readonly refundableTotal: Fen };

export type AssessedBatch = Tally & { readonly figures: PackedChunk; readonly findings: PackedChunk };

/** @returns judges the rows of a stored chunk of a roster, whose hash was checked. @throws Refusal POLICY_PACK_BROKEN */
export function batchAssessor({ period, policyTexts, paid }: AssessmentTerms): (chunk: Uint8Array) => AssessedBatch {
  const judge = judgeFor(period, officePolicy((path) => policyTexts[path] ?? null), { paid });
  const keep = lineKeeper();
  const [figures, findings] = [new LineBytes(262_144), new LineBytes(1_048_576)];
  return (chunk) => {
    const counts = noneJudged();
    let [rows, refundableTotal] = [0, 0n];
    for (const line of linesOfChunk(chunk)) {
      const judgement = judge(rosterRowOfLine(JSON.parse(line)));
      const kept = keep(judgement);
      figures.add(kept.figures);
      findings.add(kept.findings);
      counts[judgement.figures.verdict] += 1;
      refundableTotal += judgement.figures.refundableTotal;
      rows += 1;
    }
    return { counts, refundableTotal, figures: packedChunk(figures.take(), rows), findings: packedChunk(findings.take(), rows) };
  };
}

export function noneJudged(): Record<Verdict, number> {
  return Object.fromEntries(verdicts.map((verdict) => [verdict, 0])) as Record<Verdict, number>; // every verdict is a key
}
