/**
 * SURVEY 退税底数: the newest confirmed snapshot of a filing period with its lines, the list each taxpayer stands on, and the cross table.
 * Finance and treasury enter it as it was frozen and ask it the same questions; a version that says otherwise under a known number is refused.
 * @source seed 二(一) 税务局负责向财政局和人民银行提供全留抵退税规模情况; shared spec product.md P1
 */
import { groupedYuan, type Fen } from '../../../shared/kernel/money.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import type { SurveyCellRow, SurveyHeadRow, SurveyLineRow } from '../../../shared/exchange/kinds/survey.ts';
import { surveyListNames, type CreditKind, type SurveyLine } from '../../../shared/survey/model.ts';
import { contradictingSurvey, receiveSurvey, sectionLetter, surveyForExport } from '../../survey/index.ts';
import { documentName, eachRow, headOfRows, monthGiven, monthOfRows, noPolicyPack, people, type Disagreement, type Figure } from '../agreement.ts';
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
  agreements: [
    monthGiven('surveyHead'),
    monthOfRows('surveyHead', '申报期', (row) => row.filingPeriod),
    documentName('surveyHead', ({ rows }) => headOf(rows).number),
    people('surveyHead', ({ rows }) => ({ reviewedBy: headOf(rows).confirmedBy, approvedBy: null })),
    noPolicyPack('surveyHead'),
    headOfRows('surveyHead', ({ rows }) => headFigures(headOf(rows), rows.surveyLines ?? [])),
    headOfRows('surveyHead', ({ rows }) => verdictFigures(headOf(rows), rows.surveyLines ?? []), 'counted-are-judged'),
    eachRow('two-people', 'surveyHead', ({ frozenBy, confirmedBy }) => (frozenBy === confirmedBy ? { field: '复核人', says: '冻结人与复核人相同' } : null)),
    eachRow('confirmed-after-frozen', 'surveyHead', ({ frozenOn, confirmedOn }) => (confirmedOn < frozenOn ? { field: '复核日期', says: '早于冻结日期' } : null)),
    { name: 'cells-of-lines', code: 'HEAD_DIFFERS', disagreements: ({ rows }) => cellDisagreements(rows.surveyCells ?? [], rows.surveyLines ?? []) },
  ],
  judge(ctx, { rows }) {
    const head = headOf(rows);
    const lines = rows.surveyLines ?? [];
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

/** The head against its lines. */
function headFigures(head: SurveyHeadRow, lines: readonly SurveyLineRow[]): Figure[] {
  const open = totalOf(lines, (line) => (line.existingOpen ? line.existingFen : 0n) + (line.incrementalOpen ? line.incrementalFen : 0n));
  return [
    ['户数', String(head.taxpayers), String(lines.filter((line) => line.counted).length)],
    ['可退存量', groupedYuan(head.existingFen), groupedYuan(totalOf(lines, (line) => line.existingFen))],
    ['可退增量', groupedYuan(head.incrementalFen), groupedYuan(totalOf(lines, (line) => line.incrementalFen))],
    ['底数合计', groupedYuan(head.totalFen), groupedYuan(totalOf(lines, (line) => line.totalFen))],
    ['办理期已到', groupedYuan(head.openFen), groupedYuan(open)],
  ];
}

/** Who counts was judged, and with the verdict that the line has: the head counts at least as many of it. */
function verdictFigures(head: SurveyHeadRow, lines: readonly SurveyLineRow[]): Figure[] {
  const counted = new Map<string, number>();
  for (const line of lines) if (line.counted) counted.set(line.verdict, (counted.get(line.verdict) ?? 0) + 1);
  const stated: Readonly<Record<string, number | undefined>> = head.verdicts;
  return [...counted].flatMap(([verdict, count]) => ((stated[verdict] ?? 0) < count ? [['测算户数', String(stated[verdict] ?? 0), String(count)] as const] : []));
}

/** The cross table is that of the lines, cell by cell. */
function cellDisagreements(cells: readonly SurveyCellRow[], lines: readonly SurveyLineRow[]): Disagreement[] {
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
  const wrong = cells.flatMap((cell, index): Disagreement[] => {
    const found = counted.get(cellKey(cell.size, cell.section, cell.creditKind, cell.window));
    if (found?.items === cell.items && found.amount === cell.amountFen) return [];
    return [{ section: 'surveyCells', line: index + 1, field: '金额', says: `明细 ${String(found?.items ?? 0)} 项 ${groupedYuan(found?.amount ?? 0n)} 元` }];
  });
  return cells.length === counted.size ? wrong : [...wrong, { section: 'surveyCells', line: 0, field: '格数', says: `底数表 ${String(cells.length)} 格，明细 ${String(counted.size)} 格` }];
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
