/** Entries of signatures 签字: this office's own, with the document it signed, and those that packages brought. */
import { z } from 'zod';
import { present } from '../../shared/kernel/assert.ts';
import { schemaOf } from '../../shared/kernel/record.ts';
import { agencySchema } from '../../shared/kernel/schema.ts';
import { signatureFields } from '../../shared/reconciliation/month-lock.ts';
import { blobRefSchema, canonicalText, defineEntry } from '../journal/index.ts';
import { reconSignatures } from './reconciliation.tables.ts';

const signature = schemaOf(signatureFields);

/** `document`: one line, the whole document that was computed; null for an unlocking, which is about the one that locked. */
export const monthSigned = defineEntry({
  kind: 'reconciliation.sign', stream: 'business', version: 1, title: '对账期间签字',
  facts: z.strictObject({ office: agencySchema, signature, document: blobRefSchema.nullable() }),
  fold({ db }, { facts: { office, signature: signed, document } }) {
    reconSignatures.insert(db, { ...signed, office, package: null, document: document === null ? null : canonicalText(document) });
  },
});

export const signatureReceived = defineEntry({
  kind: 'reconciliation.receiveSignature', stream: 'business', version: 1, title: '收到对账期间签字',
  facts: z.strictObject({ office: agencySchema, signature }),
  fold({ db }, { facts: { office, signature: signed }, ...entry }) {
    reconSignatures.insert(db, { ...signed, office, package: present(entry.package, 'package'), document: null });
  },
});
