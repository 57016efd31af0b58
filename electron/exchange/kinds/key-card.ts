/**
 * KEYCARD 密钥卡: the office's new card, signed by its old key on the outside and by its root on the inside. A changed root counts only with
 * both root signatures; a first card never comes this way, it is handed over in person.
 * @source shared spec exchange.md 2.3, Rotation
 */
import type { KeyCardFile } from '../../../shared/exchange/key-card.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { errorMessage } from '../../../shared/error-table.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames } from '../../../shared/kernel/office.ts';
import { documentName, monthAbsent, noPolicyPack, nobody } from '../agreement.ts';
import { cardFingerprint, checkCardFile, judgeEnrolment, type CardRefusal } from '../key-card.ts';
import { readOwnCard } from '../key-card.sql.ts';
import { enrolmentOf, packagesToReview, trust } from '../keys.service.ts';
import { nothingElse, rowFault, type KindBehaviour } from '../kind.ts';

export const keyCardKind: KindBehaviour = {
  gather(ctx) {
    const own = readOwnCard(ctx.db);
    if (own === null || own.file.card.version === 1) return null;
    return {
      rows: { card: [{ file: own.file }] },
      docId: `KEYCARD/${own.file.card.agency}/${String(own.file.card.version)}`,
      period: null,
      policyPack: null,
      reviewedBy: null,
      approvedBy: null,
      receiptOf: null,
    };
  },
  sent: nothingElse,
  agreements: [
    monthAbsent('card'),
    documentName('card', ({ rows }) => `${cardOf(rows).card.agency}/${String(cardOf(rows).card.version)}`),
    nobody('card'),
    noPolicyPack('card'),
    {
      name: 'own-card',
      code: 'KEY_CARD_SIGNATURE',
      disagreements: ({ from, rows }) => (cardOf(rows).card.agency === from ? [] : [{ section: 'card', line: 1, field: '密钥卡', says: '不是发件单位的密钥卡' }]),
    },
  ],
  judge(ctx, document) {
    const file = cardOf(document.rows);
    const refusal = soundness(file) ?? judgeEnrolment(file, enrolmentOf(ctx, file), false);
    if (refusal === null) return null;
    return { kind: 'faults', code: refusal.code, params: refusal.params, faults: [rowFault('card', 1, '密钥卡', errorMessage(refusal.code, refusal.params))] };
  },
  post(ctx, document) {
    const file = cardOf(document.rows);
    trust(ctx, file, false);
    const review = packagesToReview(ctx, file.card).length;
    const again = review === 0 ? '' : `；其撤销的密钥签过 ${String(review)} 个已接收的包，请复查`;
    return `已登记${agencyNames[file.card.agency]}第 ${String(file.card.version)} 版密钥卡，指纹 ${cardFingerprint(file.card)}，请与对方纸质核对单比对${again}`;
  },
};

function soundness(file: KeyCardFile): CardRefusal | null {
  const checked = checkCardFile(file);
  return checked.ok ? null : { code: checked.code, params: checked.params };
}

function cardOf(rows: SectionRows): KeyCardFile {
  return present(rows.card?.[0], 'row of a key card package').file;
}
