/**
 * EPOCH_OPEN 开期文件: one office's half of the agreement that opens a channel anew, number 1 of the new epoch. Exactly one row that quotes the last numbers of
 * both directions and bears the root key's signature, and one row for every number of the ending epoch that its sender has received: these stand.
 * @source shared spec exchange.md 2.3 (Lost root), 2.5 (E205)
 */
import { agencies } from '../../kernel/office.ts';
import { field } from '../../kernel/record.ts';
import { epochReasons } from '../epoch.ts';
import { defineKind, section, type RowOf } from '../section.ts';
import { fenTotal, hashSchema } from '../values.ts';

const seq = (label: string) => field.count(label, 0, 1_000_000_000);
const epoch = (label: string) => field.count(label, 1, 1_000_000);

export const epochOpen = defineKind({
  title: '开期文件',
  from: agencies,
  to: agencies,
  receipted: false,
  sections: {
    opening: section(
      '开期',
      {
        epoch: epoch('新一期'),
        reason: field.oneOf('原因', epochReasons),
        note: field.note('说明', 200),
        /** Manifest hash of the peer's EPOCH_OPEN of this epoch, where it came first; null in the first of the two. */
        answers: field.optional(field.own('所答开期文件', hashSchema)),
        sentEpoch: epoch('发出期号'),
        sentSeq: seq('发出末号'),
        sentHash: field.own('发出末号摘要', hashSchema),
        receivedEpoch: epoch('收到期号'),
        receivedSeq: seq('收到末号'),
        receivedHash: field.own('收到末号摘要', hashSchema),
        rootSignature: field.coded('根密钥签名', /^[0-9a-f]{128}$/, '不是签名'),
      },
      { one: true },
    ),
    received: section(
      '收件登记',
      {
        seq: field.count('包号', 1, 1_000_000_000),
        manifestHash: field.own('清单摘要', hashSchema),
        kind: field.coded('种类', /^[A-Z][A-Z_]{1,39}$/, '不是种类'),
        period: field.optional(field.period('期间')),
        docId: field.text('文书编号', 100),
        docHash: field.own('文书摘要', hashSchema),
        rows: field.count('行数', 0, 10_000_000),
        sumFen: field.fenBy('金额', fenTotal),
        verdict: field.oneOf('结果', { ACCEPTED: '已接收', REJECTED: '未接收' }),
      },
      { unique: ['seq'] },
    ),
  },
});
export type OpeningRow = RowOf<typeof epochOpen.sections.opening>;
export type StandingRow = RowOf<typeof epochOpen.sections.received>;
