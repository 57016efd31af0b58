/**
 * RECON_STATEMENT 对账单: the lines an office answers for, all of them up to the day through which it holds them to be complete. What is told of a line
 * later (the day a voucher was sent) changes the line, so the month's lines alone would not do.
 */
import { field } from '../../kernel/record.ts';
import { agencies } from '../../kernel/office.ts';
import { lineFields, statementFields } from '../../reconciliation/line-fields.ts';
import { defineKind, section, type RowOf } from '../section.ts';

export const reconStatement = defineKind({
  title: '对账单',
  from: agencies,
  to: agencies,
  sections: {
    statement: section('对账单', statementFields, { one: true }),
    statementLines: section(
      '对账明细', { row: field.count('行次', 1, 200_000), ...lineFields }, { unique: ['row'], sum: 'amountFen' },
      (row) => row.refine(({ amountFen }) => amountFen > 0n, { path: ['amountFen'], message: '应大于零' }),
    ),
  },
});
export type StatementLineRow = RowOf<typeof reconStatement.sections.statementLines>;
