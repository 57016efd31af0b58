/**
 * Operations of 三方对账: an office states its own lines, and whoever has the statements of all three computes the one document. Nothing is entered by
 * hand here; lines come from the ledger.
 * @source shared spec reconciliation.md, From statement to agreement
 */
import { z } from 'zod';
import { businessDuties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { agencySchema, civilDateSchema, periodSchema, requiredText } from '../kernel/schema.ts';
import { reconDocumentSchema } from './document.ts';
import { lineGroups } from './line.ts';
import { evidenceLineSchema, itemGroupSchema, monthRowSchema, shaSchema, statementRowSchema } from './model.ts';

export const reconciliationContract = {
  'reconciliation.state': command(
    z.strictObject({ period: periodSchema, through: civilDateSchema.optional() }),
    z.strictObject({ changed: z.boolean(), entry: z.int().nullable(), statement: statementRowSchema }),
    { title: '汇成本单位对账单', may: ['handler'], errors: ['RECON_MONTH_NOT_OVER', 'RECON_THROUGH_UNFIT', 'RECON_LINES_FAULTY', 'RECON_MONTH_LOCKED', 'RECON_SIGNED_STANDS'] },
  ),
  'reconciliation.statements': query(z.strictObject({ period: periodSchema.optional() }), z.strictObject({ statements: z.array(statementRowSchema) }), {
    title: '三方对账单', may: businessDuties,
  }),
  /** The lines of a statement as the file that the verb `reconcile` reads. */
  'reconciliation.list': query(
    z.strictObject({ period: periodSchema, office: agencySchema }),
    z.strictObject({ statement: statementRowSchema, csv: z.string() }),
    { title: '导出对账明细', may: businessDuties, errors: ['RECON_STATEMENTS_MISSING'] },
  ),
  'reconciliation.months': query(
    z.strictObject({}),
    z.strictObject({ months: z.array(monthRowSchema) }), { title: '对账期间', may: businessDuties },
  ),
  'reconciliation.sign': command(
    z.strictObject({ period: periodSchema, purpose: z.enum(['lock', 'unlock']), hash: shaSchema, reason: requiredText(500).optional() }),
    z.strictObject({ changed: z.boolean(), entry: z.int().nullable(), month: monthRowSchema }),
    {
      title: '对账期间签字', may: ['approver'],
      errors: [
        'RECON_STATEMENTS_MISSING', 'RECON_LINES_FAULTY', 'RECON_HASH_DIFFERS', 'RECON_NOT_HOLDING', 'RECON_EARLIER_OPEN', 'RECON_LATER_STANDS', 'RECON_PURPOSE_UNFIT', 'RECON_UNLOCK_NEEDS_REASON',
      ],
    },
  ),
  /** Every line of a number in the statements of the three offices, side by side 证据. */
  'reconciliation.evidence': query(
    z.strictObject({ period: periodSchema, line: z.enum(lineGroups), key: requiredText(100) }),
    z.strictObject({ lines: z.array(evidenceLineSchema) }),
    { title: '差异的证据', may: businessDuties, errors: ['RECON_STATEMENTS_MISSING'] },
  ),
  'reconciliation.run': query(
    z.strictObject({ period: periodSchema }),
    z.strictObject({ document: reconDocumentSchema, hash: shaSchema, groups: z.array(itemGroupSchema).readonly() }),
    { title: '三方对账', may: businessDuties, errors: ['RECON_STATEMENTS_MISSING', 'RECON_LINES_FAULTY'] },
  ),
};
