/** POLICY_AMENDMENT 政策包更新, one row an amendment in force in the tax office: the document behind it, its values, its turn and who signed it. */
import { field } from '../../kernel/record.ts';
import { amendmentDraftSchema, amendmentNoSchema } from '../../policy/amendment.ts';
import { defineKind, section, type RowOf } from '../section.ts';

const draft = amendmentDraftSchema.shape;

export const policyAmendment = defineKind({
  title: '政策包更新',
  from: ['tax'],
  to: ['finance', 'treasury'],
  sections: {
    amendments: section(
      '政策更正',
      {
        no: field.own('更正编号', amendmentNoSchema),
        /** Turn in which it took effect, from 1 without a gap. */
        place: field.count('次序', 1, 10_000),
        /** The two people of the tax office who confirmed it. */
        signedBy: field.text('确认人', 80),
        title: field.own('名称', draft.title),
        documentNo: field.own('文号', draft.documentNo),
        pack: field.own('政策包', draft.pack),
        issuedOn: field.own('发文日期', draft.issuedOn),
        changes: field.own('更正内容', draft.changes),
      },
      { unique: ['no'] },
    ),
  },
});
export type AmendmentRow = RowOf<typeof policyAmendment.sections.amendments>;
