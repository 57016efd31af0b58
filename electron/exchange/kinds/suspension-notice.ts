/**
 * SUSPENSION_NOTICE 暂缓退库通知: whose refunds the tax office holds back. The treasury checks and pays no voucher of a taxpayer on it; a later notice that
 * no longer holds any refund of the taxpayer back releases him. Finance keeps the same list.
 * @source shared spec product.md P4; risk.md
 */
import { suspensionGrounds } from '../../../shared/refunds/grounds.ts';
import type { SuspensionRow } from '../../../shared/exchange/kinds/suspension-notice.ts';
import { groupedYuan, sumFen, type Fen } from '../../../shared/kernel/money.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { suspensionNumber, suspensionsTold } from '../../refunds/index.ts';
import { receiveSuspensions, suspensionNumberReceived } from '../../treasury/index.ts';
import { documentName, headOfRows, monthAbsent, nobody, noPolicyPack, notEmpty } from '../agreement.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const suspensionNoticeKind: KindBehaviour = {
  gather(ctx) {
    const suspensions = suspensionsTold(ctx.db);
    if (suspensions.length === 0) return null;
    const number = suspensionNumber(ctx.db);
    return {
      rows: { notice: [{ number, listed: suspensions.length, inForce: inForceOf(suspensions).length, heldFen: heldOf(suspensions) }], suspensions },
      docId: `SUSPENSION_NOTICE/${String(number)}`,
      period: null,
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent: nothingElse,
  agreements: [
    monthAbsent('notice'),
    notEmpty('suspensions'),
    documentName('notice', ({ rows }) => String(rows.notice?.[0]?.number)),
    nobody('notice'),
    noPolicyPack('notice'),
    headOfRows('notice', ({ rows }) => {
      const suspensions = rows.suspensions ?? [];
      return [
        ['列明笔数', String(rows.notice?.[0]?.listed), String(suspensions.length)],
        ['暂缓中笔数', String(rows.notice?.[0]?.inForce), String(inForceOf(suspensions).length)],
        ['暂缓金额', groupedYuan(rows.notice?.[0]?.heldFen ?? 0n), groupedYuan(heldOf(suspensions))],
      ];
    }),
  ],
  judge(ctx, { rows }) {
    const number = rows.notice?.[0]?.number ?? 0;
    const standing = suspensionNumberReceived(ctx.db);
    if (number >= standing) return null;
    const message = `早于本单位已收到的第 ${String(standing)} 次变动`;
    const fault = rowFault('notice', 1, '变动次序', message);
    return { kind: 'faults', code: 'ROW_INVALID', params: { line: 1, field: fault.field, reason: message }, faults: [fault] };
  },
  post(ctx, { from, packageId, rows }) {
    const suspensions = rows.suspensions ?? [];
    // One refund held back is enough: the taxpayer's earliest stands for all of his.
    const held = inForceOf(suspensions).toSorted((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
    const { added, released } = receiveSuspensions(ctx, {
      packageId, number: rows.notice?.[0]?.number ?? 0,
      suspensions: held.toReversed().map(({ uscc, name, ground, since }) => ({ uscc, name, reason: suspensionGrounds[ground], since })),
    });
    return `收到${agencyNames[from]}暂缓退库通知，暂缓中 ${String(held.length)} 笔 ${groupedYuan(heldOf(suspensions))} 元；新增 ${String(added)} 户，解除 ${String(released)} 户`;
  },
};

function inForceOf(suspensions: readonly SuspensionRow[]): readonly SuspensionRow[] {
  return suspensions.filter(({ releasedOn }) => releasedOn === null);
}

/** The money held back. */
function heldOf(suspensions: readonly SuspensionRow[]): Fen {
  return sumFen(inForceOf(suspensions).map(({ amountFen }) => amountFen));
}
