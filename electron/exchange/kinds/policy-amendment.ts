/**
 * POLICY_AMENDMENT 政策包更新: every amendment that is in force in the tax office, in the order in which they took effect. The receiver enters
 * those it does not have; none of them takes effect there before two people of that office confirm it.
 * @source shared spec decisions 15, 16
 */
import type { AmendmentDraft } from '../../../shared/policy/amendment.ts';
import type { AmendmentRow } from '../../../shared/exchange/kinds/policy-amendment.ts';
import type { FaultRow } from '../../../shared/exchange/kinds/receipt.ts';
import { errorMessage, type ErrorKey } from '../../../shared/error-table.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { canonicalText, type Context } from '../../journal/index.ts';
import { alreadyHeld, amendedBy, amendmentsToSend, judgeAmendment, placedAmendments, receiveAmendments } from '../../policy/index.ts';
import { packDocument } from '../../eligibility/index.ts';
import { documentName, eachRow, monthAbsent, nobody, noPolicyPack, notEmpty } from '../agreement.ts';
import { nothingElse, rowFault, type DocumentJudgement, type KindBehaviour } from '../kind.ts';

export const policyAmendmentKind: KindBehaviour = {
  gather(ctx) {
    const amendments = amendmentsToSend(ctx).map(({ no, place, signedBy, draft }) => ({ no, place, signedBy, ...draft }));
    const last = amendments.at(-1);
    if (last === undefined) return null;
    return { rows: { amendments }, docId: `POLICY_AMENDMENT/${last.no}`, period: null, policyPack: null, reviewedBy: null, approvedBy: null, receiptOf: null };
  },
  sent: nothingElse,
  agreements: [
    monthAbsent('amendments'),
    notEmpty('amendments'),
    documentName('amendments', ({ rows }) => rows.amendments?.at(-1)?.no ?? ''),
    nobody('amendments'),
    noPolicyPack('amendments'),
    eachRow('places-in-turn', 'amendments', ({ place }, _document, index) => (place === index + 1 ? null : { field: '次序', says: `应为第 ${String(index + 1)} 件，实为第 ${String(place)} 件` })),
  ],
  judge: (ctx, { rows }) => judgeRows(ctx, rows.amendments ?? []),
  post(ctx, { from, packageId, rows }) {
    const signed = (rows.amendments ?? []).map((row) => ({ no: row.no, place: row.place, signedBy: row.signedBy, draft: draftOf(row) }));
    const entered = receiveAmendments(ctx, packageId, signed);
    return `收到${agencyNames[from]}政策更正 ${String(signed.length)} 件，其中新收 ${String(entered)} 件；经本单位两人确认后生效`;
  },
};

/** Equal to what came before, and each one fit to be laid over the packs of this program. */
function judgeRows(ctx: Context, rows: readonly AmendmentRow[]): DocumentJudgement | null {
  const known = placedAmendments(ctx.db);
  const documents = new Map<string, ReturnType<typeof packDocument>['document']>();
  for (const [index, row] of rows.entries()) {
    const line = index + 1;
    const { no } = row;
    const draft = draftOf(row);
    const before = known[index];
    if (before !== undefined && (before.no !== no || canonicalText(before.draft) !== canonicalText(draft))) return faulty(line, '编号', `与本单位已收到的 ${before.no} 不符`);
    const document = documents.get(draft.pack) ?? packDocument(ctx.resources, draft.pack).document;
    const fault = before !== undefined || alreadyHeld(document, draft) ? null : judgeAmendment(document, draft, ctx.today);
    if (fault !== null) return faulty(line, '更正', errorMessage(fault.code, fault.params), fault.code as ErrorKey, fault.params); // refusals carry keys of the table
    documents.set(draft.pack, amendedBy(document, { no, draft }));
  }
  return null;
}

/** The amendment itself; who signed it may be spelled anew when a person's name changes. */
function draftOf({ title, documentNo, pack, issuedOn, changes }: AmendmentRow): AmendmentDraft {
  return { title, documentNo, pack, issuedOn, changes };
}

function faulty(line: number, field: string, message: string, code: ErrorKey = 'ROW_INVALID', params: DocumentJudgement['params'] = {}): DocumentJudgement {
  const fault: FaultRow = { ...rowFault('amendments', line, field, message.slice(0, 300)), code };
  return { kind: 'faults', code, params: code === 'ROW_INVALID' ? { line, field, reason: message } : params, faults: [fault] };
}
