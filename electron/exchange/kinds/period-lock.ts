/**
 * PERIOD_LOCK 期间锁定: this office's newest signature over a month. Whatever order signatures arrive in, the month is what the set of them makes it.
 * @source shared spec reconciliation.md, From statement to agreement 4
 */
import { present } from '../../../shared/kernel/assert.ts';
import { agencies, agencyNames } from '../../../shared/kernel/office.ts';
import { periodLabel } from '../../../shared/kernel/tax-period.ts';
import { signingPurposes } from '../../../shared/reconciliation/month-lock.ts';
import { receiveSignature, signatureStands, signatureToSend } from '../../reconciliation/index.ts';
import { documentName, monthGiven, monthOfRows, nobody, noPolicyPack } from '../agreement.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const periodLockKind: KindBehaviour = {
  gather(ctx, request) {
    const signature = signatureToSend(ctx, request.period);
    if (signature === null) return null;
    const { period, purpose, round } = signature;
    return {
      rows: { signature: [signature] }, docId: `PERIOD_LOCK/${period}/${purpose}-${String(round)}`, period, policyPack: null, reviewedBy: null, approvedBy: null, receiptOf: null,
    };
  },
  sent: nothingElse,
  agreements: [
    monthGiven('signature'),
    monthOfRows('signature', '所属月', ({ period }) => period),
    documentName('signature', ({ rows }) => {
      const { period, purpose, round } = present(rows.signature?.[0], 'the one row of the section');
      return `${period}/${purpose}-${String(round)}`;
    }),
    nobody('signature'),
    noPolicyPack('signature'),
  ],
  judge(ctx, { from, rows }) {
    const signature = present(rows.signature?.[0], 'the one row of the section');
    if (!signatureStands(ctx, from, signature)) return null;
    const fault = rowFault('signature', 1, '序号', '本单位已收到该单位这一轮同样或更新的签字');
    return { kind: 'faults', code: 'ROW_INVALID', params: { line: 1, field: fault.field, reason: fault.message }, faults: [fault] };
  },
  post(ctx, { from, packageId, rows }) {
    const signature = present(rows.signature?.[0], 'the one row of the section');
    const { state, round, signatures } = receiveSignature(ctx, { packageId, from, signature });
    const { period, purpose } = signature;
    const done = round > signature.round ? `三方签字到齐，该月已${state === 'locked' ? '锁定' : '解锁'}` : `${String(signatures.length)} 方已签，共 ${String(agencies.length)} 方`;
    const differs = new Set(signatures.map(({ hash }) => hash)).size > 1 ? '；各方所签的对账单摘要不同，请核对各方对账单的版次' : '';
    return `收到${agencyNames[from]}${periodLabel(period)}对账期间${signingPurposes[purpose]}签字：${done}${differs}`;
  },
};
