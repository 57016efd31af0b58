/**
 * What a snapshot of the survey 底数快照 is made of: which determinations count, what each line says, who left since the version before, the
 * totals, and the number. Decides only; reading and writing are survey.sql.ts and survey-entries.ts.
 * @source 工作方案二（一）摸清退税底数; shared spec features.md A5
 */
import { z } from 'zod';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { Fen } from '../../shared/kernel/money.ts';
import { surveyListOf, surveyVerdicts, type CreditKind, type SurveyLine, type SurveyVerdict, type SurveyWindow } from '../../shared/survey/model.ts';
import { surveyLineRecord } from '../../shared/survey/record.ts';
import { canonicalText } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { openKinds, type AssessedLine } from '../eligibility/index.ts';

/** The line of a taxpayer of the 底数; null for every other verdict, and for a suspended taxpayer to whom nothing would be due. */
export function surveyLineOf({ industry, record }: AssessedLine): SurveyLine | null {
  const { uscc, name, size, route, verdict, existingOpenFrom, incrementalOpenFrom } = record;
  if (!isCounted(verdict)) return null;
  const open = openKinds(record);
  const existing = record.refundableExisting ?? 0n;
  const incremental = record.refundableIncremental ?? 0n;
  if (existing + incremental === 0n) return null;
  return {
    uscc, name, industry, size, route, verdict, existing, incremental,
    list: surveyListOf(record),
    counted: true,
    existingWindow: windowOf(existingOpenFrom, open.existing),
    incrementalWindow: windowOf(incrementalOpenFrom, open.incremental),
    existingOpen: open.existing,
    incrementalOpen: open.incremental,
  };
}

export function isCounted(verdict: SurveyVerdict): boolean {
  return surveyVerdicts.some((counted) => counted === verdict);
}

/** Without an opening month a kind is open from the beginning, or closed because the month hangs on a blank fact. */
function windowOf(from: SurveyWindow | null, open: boolean): SurveyWindow {
  return from ?? (open ? 'always' : 'undetermined');
}

/** Who stood in the 底数 before and does not now, with what the newest assessment says of them. */
export function droppedLine(before: SurveyLine, verdict: SurveyVerdict): SurveyLine {
  return { ...before, verdict, counted: false, existing: 0n, incremental: 0n, existingOpen: false, incrementalOpen: false };
}

export type SurveyTotals = { readonly taxpayers: number; readonly existing: Fen; readonly incremental: Fen; readonly open: Fen };

export function totalsOf(lines: readonly SurveyLine[]): SurveyTotals {
  const sum = { taxpayers: 0, existing: 0n, incremental: 0n, open: 0n };
  for (const line of lines) {
    sum.taxpayers += line.counted ? 1 : 0;
    sum.existing += line.existing;
    sum.incremental += line.incremental;
    sum.open += openAmount(line);
  }
  return sum;
}

/** The part of a line whose window had opened. */
export function openAmount(line: Pick<SurveyLine, 'existing' | 'incremental' | 'existingOpen' | 'incrementalOpen'>): Fen {
  return (line.existingOpen ? line.existing : 0n) + (line.incrementalOpen ? line.incremental : 0n);
}

/** One kind of credit of one taxpayer with an amount 项. */
export type SurveyItem = { readonly uscc: string; readonly kind: CreditKind; readonly window: SurveyWindow; readonly amount: Fen };

export function surveyItems(lines: readonly SurveyLine[]): SurveyItem[] {
  return lines.flatMap(({ uscc, existing, incremental, existingWindow, incrementalWindow }) => [
    ...(existing > 0n ? [{ uscc, kind: 'existing' as const, window: existingWindow, amount: existing }] : []),
    ...(incremental > 0n ? [{ uscc, kind: 'incremental' as const, window: incrementalWindow, amount: incremental }] : []),
  ]);
}

/** Taxpayers, items and amounts of some items. */
export function figuresOf(items: readonly SurveyItem[]): { readonly taxpayers: number; readonly items: number; readonly existing: Fen; readonly incremental: Fen; readonly total: Fen } {
  const sum = (kind: CreditKind): Fen => items.reduce((total, item) => (item.kind === kind ? total + item.amount : total), 0n);
  const [existing, incremental] = [sum('existing'), sum('incremental')];
  return { taxpayers: new Set(items.map((item) => item.uscc)).size, items: items.length, existing, incremental, total: existing + incremental };
}

/** A line as canonical JSON for the blob. */
export function surveyLineText(line: SurveyLine): string {
  return canonicalText(z.encode(surveyLineRecord, line));
}

/** What makes two snapshots of a period the same: the lines that count, in order of code. */
export function baseHashOf(lines: readonly SurveyLine[]): string {
  return sha256Hex(lines.filter((line) => line.counted).map(surveyLineText).join('\n'));
}

/** `DS-2022-0001`: snapshots of the office by year, without gaps. @param last how many that year has */
export function snapshotNumber(on: CivilDate, last: number): string {
  assert(last < 9999, 'numbers of snapshots are left in the year');
  return `DS-${on.slice(0, 4)}-${String(last + 1).padStart(4, '0')}`;
}
