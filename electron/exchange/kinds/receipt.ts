/**
 * RECEIPT 收件回执: what became of one package. Written from what the import recorded, so that repeating it gives the same document; never
 * receipted itself. A receipt for a package that was never sent is a contradiction, not a row fault.
 * @source shared spec exchange.md 2.6; decisions 18
 */
import { z } from 'zod';
import { receipt as receiptForm, type ReceiptRow } from '../../../shared/exchange/kinds/receipt.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { canonicalText, readEntryByKey } from '../../journal/index.ts';
import { readOutgoing } from '../channel.sql.ts';
import { packageReceipted, receivedKey } from '../entries.ts';
import { isStanding } from '../epoch.sql.ts';
import { nothingElse, type KindBehaviour } from '../kind.ts';
import { readReceiptDue } from '../package.sql.ts';

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
  judge(ctx, document) {
    const receipt = receiptOf(document.rows);
    const place = { epoch: receipt.ofEpoch, seq: receipt.ofSeq };
    if (readOutgoing(ctx.db, document.from).sentIn(place) === receipt.ofManifestHash) return null;
    // Lost here and standing there: its opening file has said so, and its receipt is no contradiction.
    if (isStanding(ctx.db, document.from, { ...place, manifestHash: receipt.ofManifestHash })) return null;
    return { kind: 'contradiction', code: 'ACK_NEVER_SENT', params: { agency: agencyNames[document.from], seq: receipt.ofSeq } };
  },
  post(ctx, document) {
    const { ofEpoch: epoch, ofSeq: seq, verdict, stage, code, faults } = receiptOf(document.rows);
    const lines = (document.rows.faults ?? []).map((row) => canonicalText(z.encode(receiptForm.sections.faults.schema, row)));
    ctx.journal.append(packageReceipted, {
      key: `exchange.receipted/${document.from}/${String(epoch)}/${String(seq)}`,
      subject: document.packageId,
      origin: document.from,
      package: document.packageId,
      facts: { from: document.from, epoch, seq, verdict, stage, code, faults, faultLines: ctx.journal.putLines(lines) },
    });
    const said = verdict === 'ACCEPTED' ? '已接收' : verdict === 'REJECTED' ? `拒收（${code ?? ''}），请更正后重新发送` : '已暂存';
    return `${agencyNames[document.from]}回执：本单位第 ${String(seq)} 号包${said}`;
  },
};

function receiptOf(rows: SectionRows): ReceiptRow {
  return present(rows.receipt?.[0], 'row of a receipt');
}
