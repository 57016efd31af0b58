/** Entries of statements 对账单: this office's own, and those that packages brought. The lines are a blob, a line of JSON each. */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { agencySchema } from '../../shared/kernel/schema.ts';
import { schemaOf } from '../../shared/kernel/record.ts';
import { statementFields } from '../../shared/reconciliation/line-fields.ts';
import { blobRefSchema, canonicalText, defineEntry } from '../journal/index.ts';
import { reconStatements } from './reconciliation.tables.ts';

const head = schemaOf(statementFields);

/** The office's lines as they stood when it stated them. */
export const statementMade = defineEntry({
  kind: 'reconciliation.state', stream: 'business', version: 1, title: '汇成本单位对账单',
  facts: z.strictObject({ office: agencySchema, head, content: blobRefSchema }),
  fold({ db }, { facts: { office, head: stated, content } }) {
    reconStatements.insert(db, { ...stated, office, content: canonicalText(content), package: null });
  },
});

export const statementReceived = defineEntry({
  kind: 'reconciliation.receiveStatement', stream: 'business', version: 1, title: '收到对账单',
  facts: z.strictObject({ office: agencySchema, head, content: blobRefSchema }),
  fold({ db }, { facts: { office, head: stated, content }, ...entry }) {
    reconStatements.insert(db, { ...stated, office, content: canonicalText(content), package: present(entry.package, 'package') });
  },
});
