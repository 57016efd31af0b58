/**
 * RECEIPT 收件回执: what became of one package. Written from what the import recorded, so that repeating it gives the same document; never
 * receipted itself. A receipt for a package that was never sent is a contradiction, not a row fault; one that says otherwise than what was sent is a
 * dispute for people, and moves nothing.
 * @source shared spec exchange.md 2.6; decisions 18
 */
import { z } from 'zod';
import { receipt as receiptForm, type ReceiptRow } from '../../../shared/exchange/kinds/receipt.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { canonicalText, readEntryByKey } from '../../journal/index.ts';
import { receiptDisputes, type ReceiptDispute } from '../../../shared/exchange/disputes.ts';
import { documentName, monthAbsent, nobody, noPolicyPack, type Disagreement } from '../agreement.ts';
import { packageReceipted, receivedKey } from '../entries.ts';
import { isStanding } from '../epoch.sql.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';
import { packageLimits } from '../package-schema.ts';
import { readReceiptDue, readSent, type SentPackage } from '../package.sql.ts';

export const receiptKind: KindBehaviour = {
  gather(ctx, { to, ofSeq, ofEpoch }) {
    const due = readReceiptDue(ctx.db, to, ofSeq, ofEpoch ?? null);
    if (due === null) return null;
    const entry = present(readEntryByKey(ctx.db, receivedKey(to, due.epoch, due.seq)), 'entry of a received package');
    const faults = due.faults === null ? [] : [...ctx.journal.lines(due.faults)].map((line) => receiptForm.sections.faults.schema.parse(line));
    const receipt = receiptForm.sections.receipt.schema.decode({
      ofPackageId: due.packageId,
      ofManifestHash: due.manifestHash,
      ofEpoch: due.epoch,
      ofSeq: due.seq,
      verdict: due.verdict,
      stage: due.stage,
      code: due.code,
      faults: due.faultCount,
      rowsSeen: due.rows,
      sumSeenFen: due.sumFen.toString(),
      ledgerHeadAfter: { seq: entry.seq, hash: entry.entryHash },
    });
    return {
      rows: { receipt: [receipt], faults },
      docId: `RECEIPT/${to}/${String(due.epoch)}/${String(due.seq)}`,
      period: null,
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: { epoch: due.epoch, seq: due.seq },
    };
  },
  sent: nothingElse,
  agreements: [
    monthAbsent('receipt'),
    documentName('receipt', ({ to, rows }) => `${to}/${String(receiptOf(rows).ofEpoch)}/${String(receiptOf(rows).ofSeq)}`),
    nobody('receipt'),
    noPolicyPack('receipt'),
    { name: 'verdict-and-code', code: 'RECEIPT_MALFORMED', disagreements: ({ rows }) => verdictDisagreements(receiptOf(rows)) },
    {
      name: 'faults-counted',
      code: 'RECEIPT_MALFORMED',
      disagreements: ({ rows }) => {
        const [stated, listed] = [receiptOf(rows).faults, rows.faults?.length ?? 0];
        return Math.min(stated, packageLimits.faultsKept) === listed ? [] : [{ section: 'receipt', line: 1, field: '差错数', says: `${String(stated)} 项，明细 ${String(listed)} 项` }];
      },
    },
    {
      // It may lie beyond the head that the package shows: a ledger that grew by much is shown in parts.
      name: 'head-given',
      code: 'RECEIPT_MALFORMED',
      disagreements: ({ rows }) => (receiptOf(rows).ledgerHeadAfter.seq >= 1 ? [] : [{ section: 'receipt', line: 1, field: '账本首摘要', says: '没有账本条目' }]),
    },
  ],
  judge(ctx, { from, rows }) {
    const { ofEpoch: epoch, ofSeq: seq, ofManifestHash: manifestHash } = receiptOf(rows);
    const sent = readSent(ctx.db, from, epoch, seq);
    if (sent?.manifestHash !== manifestHash) {
      // Lost here and standing there: its opening file has said so, and its receipt is no contradiction.
      if (isStanding(ctx.db, from, { epoch, seq, manifestHash })) return null;
      return { kind: 'contradiction', code: 'ACK_NEVER_SENT', params: { agency: agencyNames[from], seq } };
    }
    if (sent.kind !== 'RECEIPT') return null;
    const reason = `第 ${String(seq)} 号包本身是回执`;
    return { kind: 'faults', code: 'RECEIPT_MALFORMED', params: { field: '包号', reason }, faults: [{ ...rowFault('receipt', 1, '包号', reason), code: 'RECEIPT_MALFORMED' }] };
  },
  post(ctx, { from, seq: ownSeq, epoch: ownEpoch, packageId, rows }) {
    const receipt = receiptOf(rows);
    const { ofEpoch: epoch, ofSeq: seq, verdict, stage, code, faults } = receipt;
    const sent = readSent(ctx.db, from, epoch, seq);
    const dispute = sent === null ? null : disputeOf(receipt, sent);
    const lines = (rows.faults ?? []).map((row) => canonicalText(z.encode(receiptForm.sections.faults.schema, row)));
    ctx.journal.append(packageReceipted, {
      key: `exchange.receipted/${from}/${String(epoch)}/${String(seq)}/by/${String(ownEpoch)}/${String(ownSeq)}`,
      subject: packageId,
      origin: from,
      package: packageId,
      facts: { from, epoch, seq, verdict, stage, code, faults, faultLines: ctx.journal.putLines(lines), dispute },
    });
    const said = `${agencyNames[from]}回执：本单位第 ${String(seq)} 号包`;
    if (dispute !== null) return `${said}回执有争议（${receiptDisputes[dispute]}），未作为已接收，请与${agencyNames[from]}核对`;
    return `${said}${verdict === 'ACCEPTED' ? '已接收' : verdict === 'REJECTED' ? `拒收（${code ?? ''}），请更正后重新发送` : '已暂存'}`;
  },
};

/** Accepted says nothing more; rejected says where and why; held is no verdict on the content. */
function verdictDisagreements({ verdict, stage, code, faults }: ReceiptRow): readonly Disagreement[] {
  const reasoned = stage !== null && code !== null;
  const fits = verdict === 'REJECTED' ? reasoned : stage === null && code === null && faults === 0;
  return fits ? [] : [{ section: 'receipt', line: 1, field: '结果', says: verdict === 'REJECTED' ? '未接收而未写明步骤和代码' : '已接收或暂存而写有差错' }];
}

/** What the receipt says otherwise than what was sent, or than the receipt before it; null when nothing. A package held may be accepted or rejected later. */
function disputeOf(receipt: ReceiptRow, sent: SentPackage): ReceiptDispute | null {
  if (receipt.ofPackageId !== sent.packageId) return 'PACKAGE_ID';
  if (receipt.verdict === 'ACCEPTED' && (receipt.rowsSeen !== sent.rows || receipt.sumSeenFen !== sent.sumFen)) return 'TOTALS';
  const before = sent.receiptVerdict;
  return before === null || before === 'HELD' || before === receipt.verdict ? null : 'VERDICT_CHANGED';
}

function receiptOf(rows: SectionRows): ReceiptRow {
  return present(rows.receipt?.[0], 'row of a receipt');
}
