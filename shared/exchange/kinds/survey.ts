/**
 * SURVEY 退税底数: the snapshot's head, exactly one row; every taxpayer of it with the list it stands on; and the cross table of size × industry section ×
 * kind of credit × opening month. Who left the 底数 since the version before stands with `counted` false and no amount.
 * @source shared spec product.md P1; decisions 15, 17
 */
import { z } from 'zod';
import { taxpayerFields } from '../../eligibility/fields.ts';
import { field } from '../../kernel/record.ts';
import { creditKindNames } from '../../survey/model.ts';
import { snapshotNumberSchema, surveyLineFields, surveyLineFits, verdictCounts } from '../../survey/record.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { fenTotal, taxpayerCodeSchema } from '../values.ts';

const { existingFen, incrementalFen, totalFen } = { existingFen: '可退存量', incrementalFen: '可退增量', totalFen: '可退合计' };

export const survey = defineKind({
  title: '退税底数',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    surveyHead: section(
      '底数快照',
      {
        number: field.own('编号', snapshotNumberSchema),
        filingPeriod: taxpayerFields.filingPeriod,
        version: field.count('版次', 1, 10_000),
        reason: field.note('原因', 300),
        frozenOn: field.date('冻结日期'),
        frozenBy: field.text('冻结人', 30),
        confirmedOn: field.date('复核日期'),
        confirmedBy: field.text('复核人', 30),
        /** Taxpayers judged, by verdict. */
        verdicts: field.own('测算户数', verdictCounts),
        taxpayers: field.count('户数', 0, 10_000_000),
        existingFen: field.fenBy(existingFen, fenTotal),
        incrementalFen: field.fenBy(incrementalFen, fenTotal),
        totalFen: field.fenBy('底数合计', fenTotal),
        /** Part of the total whose window had opened by the filing period. */
        openFen: field.fenBy('办理期已到', fenTotal),
      },
      { sum: 'totalFen', one: true },
    ),
    surveyLines: section(
      '底数明细',
      {
        ...surveyLineFields,
        uscc: field.own(taxpayerFields.uscc.label, taxpayerCodeSchema),
        existingFen: field.fen(existingFen),
        incrementalFen: field.fen(incrementalFen),
        totalFen: field.total(totalFen),
      },
      { unique: ['uscc'], sum: 'totalFen' },
      (lines) => lines
        .refine((row) => row.existingFen + row.incrementalFen === row.totalFen, { path: ['totalFen'], message: '与存量、增量之和不符' })
        .refine((row) => surveyLineFits({ ...row, existing: row.existingFen, incremental: row.incrementalFen }), { path: ['verdict'], message: '结论与金额不符' }),
    ),
    surveyCells: section(
      '底数分类表',
      {
        size: taxpayerFields.size,
        section: field.own('行业门类', z.string().regex(/^[A-T]?$/, '行业门类是一个大写字母')),
        creditKind: field.oneOf('留抵种类', creditKindNames),
        window: { ...surveyLineFields.existingWindow, label: '起始月' },
        items: field.count('项数', 0, 10_000_000),
        amountFen: field.fenBy('金额', fenTotal),
      },
      { unique: ['size', 'section', 'creditKind', 'window'], sum: 'amountFen' },
    ),
  },
});
export type SurveyHeadRow = RowOf<typeof survey.sections.surveyHead>;
export type SurveyLineRow = RowOf<typeof survey.sections.surveyLines>;
export type SurveyCellRow = RowOf<typeof survey.sections.surveyCells>;
