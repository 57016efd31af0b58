/**
 * SURVEY 退税底数: the newest confirmed snapshot of a filing period with its lines, the list each taxpayer stands on, and the cross table.
 * Finance and treasury enter it as it was frozen and ask it the same questions; a version that says otherwise under a known number is refused.
 * @source seed 二(一) 税务局负责向财政局和人民银行提供全留抵退税规模情况; shared spec product.md P1
 */
import { groupedYuan, type Fen } from '../../../shared/kernel/money.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import type { FaultRow } from '../../../shared/exchange/kinds/receipt.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import type { SurveyCellRow, SurveyHeadRow, SurveyLineRow } from '../../../shared/exchange/kinds/survey.ts';
import { surveyListNames, type CreditKind, type SurveyLine } from '../../../shared/survey/model.ts';
import { contradictingSurvey, receiveSurvey, sectionLetter, surveyForExport } from '../../survey/index.ts';
import { totalOf } from '../control.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const surveyKind: KindBehaviour = {
  gather(ctx, request) {
    const found = surveyForExport(ctx.db, request.period);
    if (found === null) return null;
    const { snapshot, total, frozenBy, confirmedBy, confirmedOn, lines, cells } = found;
    const { number, period, version, reason, frozenOn, verdicts, totals } = snapshot;
    const head: SurveyHeadRow = {
      number, filingPeriod: period, version, reason, frozenOn, frozenBy, confirmedOn, confirmedBy, verdicts: { ...verdicts }, taxpayers: totals.taxpayers,
      existingFen: totals.existing, incrementalFen: totals.incremental, totalFen: total, openFen: totals.open,
    };
    return {
      rows: {
        surveyHead: [head],
        surveyLines: lines.map(rowOf),
        surveyCells: cells.map(({ size, section, kind, window, items, amount }) => ({ size, section, creditKind: kind, window, items, amountFen: amount })),
      },
      docId: `SURVEY/${number}`,
      period,
      policyPack: null,
      reviewedBy: confirmedBy,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent: nothingElse,
  judge(ctx, { rows, period }) {
    const head = headOf(rows);
    const lines = rows.surveyLines ?? [];
    const [first, ...others] = [...headFaults(head, lines, period), ...cellFaults(rows.surveyCells ?? [], lines)];
    if (first !== undefined) return { kind: 'faults', code: 'ROW_INVALID', params: { line: first.line, field: first.field, reason: first.message }, faults: [first, ...others] };
    const other = contradictingSurvey(ctx.db, { number: head.number, period: head.filingPeriod, version: head.version, lines: lines.map(lineOf) });
    if (other === null) return null;
    const fault = rowFault('surveyHead', 1, '编号', `与已收到的底数快照 ${other} 不同，快照冻结后不得改变`);
    return { kind: 'faults', code: 'ROW_INVALID', params: { line: 1, field: fault.field, reason: fault.message }, faults: [fault] };
  },
  post(ctx, { from, packageId, rows }) {
    const { number, filingPeriod: period, version, reason, frozenOn, frozenBy, confirmedOn, confirmedBy, verdicts, taxpayers, totalFen, openFen } = headOf(rows);
    const lines = rows.surveyLines ?? [];
    receiveSurvey(ctx, { packageId, origin: from, number, period, version, reason, frozenOn, frozenBy, confirmedOn, confirmedBy, verdicts, lines: lines.map(lineOf) });
    const named = (list: SurveyLine['list']): string => String(lines.filter((line) => line.counted && line.list === list).length);
    return [
      `收到${agencyNames[from]}${periodLabel(period)}申报期退税底数 ${number}（第 ${String(version)} 版）${String(taxpayers)} 户 ${groupedYuan(totalFen)} 元，其中办理期已到 ${groupedYuan(openFen)} 元`,
      `${surveyListNames['small-micro']} ${named('small-micro')} 户，${surveyListNames['listed-industry']} ${named('listed-industry')} 户`,
    ].join('；');
  },
};

function headOf(rows: SectionRows): SurveyHeadRow {
  return present(rows.surveyHead?.[0], 'head of a survey');
}

/** The head against its lines, and the document against its manifest. */
function headFaults(head: SurveyHeadRow, lines: readonly SurveyLineRow[], period: string | null): FaultRow[] {
  const open = totalOf(lines, (line) => (line.existingOpen ? line.existingFen : 0n) + (line.incrementalOpen ? line.incrementalFen : 0n));
  const assessed = Object.values(head.verdicts).reduce((sum, count) => sum + count, 0);
  const taxpayers = lines.filter((line) => line.counted).length;
  const faults: FaultRow[] = [];
  const compare = (field: string, stated: string, found: string): void => {
    if (stated !== found) faults.push(rowFault('surveyHead', 1, field, `表头 ${stated}，明细 ${found}`));
  };
  compare('户数', String(head.taxpayers), String(taxpayers));
  compare('可退存量', groupedYuan(head.existingFen), groupedYuan(totalOf(lines, (line) => line.existingFen)));
  compare('可退增量', groupedYuan(head.incrementalFen), groupedYuan(totalOf(lines, (line) => line.incrementalFen)));
  compare('底数合计', groupedYuan(head.totalFen), groupedYuan(totalOf(lines, (line) => line.totalFen)));
  compare('办理期已到', groupedYuan(head.openFen), groupedYuan(open));
  if (head.filingPeriod !== period) faults.push(rowFault('surveyHead', 1, '申报期', '与清单的月份不符'));
  if (assessed < taxpayers) faults.push(rowFault('surveyHead', 1, '测算户数', `测算 ${String(assessed)} 户，少于底数 ${String(taxpayers)} 户`));
  if (head.frozenBy === head.confirmedBy) faults.push(rowFault('surveyHead', 1, '复核人', '冻结人与复核人相同'));
  return faults;
}

/** The cross table is that of the lines, cell by cell. */
function cellFaults(cells: readonly SurveyCellRow[], lines: readonly SurveyLineRow[]): FaultRow[] {
  const counted = new Map<string, { items: number; amount: Fen }>();
  for (const line of lines) {
    const add = (kind: CreditKind, window: string, amount: Fen): void => {
      if (amount === 0n) return;
      const key = cellKey(line.size, sectionLetter(line.industry), kind, window);
      const cell = counted.get(key) ?? { items: 0, amount: 0n };
      counted.set(key, { items: cell.items + 1, amount: cell.amount + amount });
    };
    add('existing', line.existingWindow, line.existingFen);
    add('incremental', line.incrementalWindow, line.incrementalFen);
  }
  const faults = cells.flatMap((cell, index) => {
    const found = counted.get(cellKey(cell.size, cell.section, cell.creditKind, cell.window));
    return found?.items === cell.items && found.amount === cell.amountFen ? [] : [rowFault('surveyCells', index + 1, '金额', `与明细不符：明细 ${String(found?.items ?? 0)} 项 ${groupedYuan(found?.amount ?? 0n)} 元`)];
  });
  return cells.length === counted.size ? faults : [...faults, rowFault('surveyCells', 0, '格数', `底数表 ${String(cells.length)} 格，明细 ${String(counted.size)} 格`)];
}

function cellKey(...parts: readonly string[]): string {
  return parts.join('/');
}

function rowOf({ existing, incremental, ...line }: SurveyLine): SurveyLineRow {
  return { ...line, existingFen: existing, incrementalFen: incremental, totalFen: existing + incremental };
}

function lineOf(row: SurveyLineRow): SurveyLine {
  const { uscc, name, industry, size, route, verdict, list, counted, existingWindow, incrementalWindow, existingOpen, incrementalOpen } = row;
  return {
    uscc, name, industry, size, route, verdict, list, counted, existingWindow, incrementalWindow, existingOpen, incrementalOpen, existing: row.existingFen, incremental: row.incrementalFen,
  };
}
