/** RECEIPT 收件回执, what became of one package: exactly one row, and one row a fault. `seen` is masked: never more than the first and last character. */
import { z } from 'zod';
import { agencies } from '../../kernel/office.ts';
import { field } from '../../kernel/record.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { fenTotal, hashSchema } from '../values.ts';

const codeForm = /^[A-Z][A-Z0-9_]{1,60}$/;

export const receipt = defineKind({
  title: '收件回执',
  from: agencies,
  to: agencies,
  receipted: false,
  sections: {
    receipt: section(
      '回执',
      {
        ofPackageId: field.coded('包标识', /^[0-9a-f]{32}$/, '不是包标识'),
        ofManifestHash: field.own('清单摘要', hashSchema),
        ofEpoch: field.count('账期', 1, 1_000_000),
        ofSeq: field.count('包号', 1, 1_000_000_000),
        verdict: field.oneOf('结果', { ACCEPTED: '已接收', REJECTED: '未接收', HELD: '暂存' }),
        /** Step that decided, `S9`, and the error key; null when accepted. */
        stage: field.optional(field.coded('步骤', /^S[0-9]{1,2}$/, '不是步骤')),
        code: field.optional(field.coded('代码', codeForm, '不是代码')),
        /** All faults found, of which at most 1,000 follow in section `faults`. */
        faults: field.count('差错数', 0, 10_000_000),
        rowsSeen: field.count('所见行数', 0, 10_000_000),
        /** 0 where the rows add up to more than a total can be. */
        sumSeenFen: field.fenBy('所见金额', fenTotal),
        /** Head of the receiver's ledger after the package was recorded. */
        ledgerHeadAfter: field.own('账本首摘要', z.strictObject({ seq: z.int().min(0), hash: hashSchema })),
      },
      { one: true },
    ),
    faults: section(
      '差错明细',
      {
        section: field.note('分段', 30),
        line: field.count('行', 0, 10_000_000),
        field: field.note('字段', 60),
        code: field.coded('代码', codeForm, '不是代码'),
        message: field.note('说明', 300),
        seen: field.note('所见', 20),
      },
      {},
    ),
  },
});
export type ReceiptRow = RowOf<typeof receipt.sections.receipt>;
export type FaultRow = RowOf<typeof receipt.sections.faults>;
