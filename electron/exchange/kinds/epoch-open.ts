/**
 * EPOCH_OPEN 开期文件: this office's half of opening a channel anew. It quotes the last numbers of both directions and everything it has registered of the
 * peer in the ending epoch, under the root key's signature; whatever the peer has else under these numbers is void.
 * @source shared spec exchange.md 2.3, 2.5 (E205); decisions 8
 */
import { z } from 'zod';
import type { epochReasons } from '../../../shared/exchange/epoch.ts';
import { epochOpen, type OpeningRow, type StandingRow } from '../../../shared/exchange/kinds/epoch-open.ts';
import type { SectionRows } from '../../../shared/exchange/kinds.ts';
import { refuse } from '../../../shared/errors.ts';
import { present } from '../../../shared/kernel/assert.ts';
import { agencyNames, type Agency } from '../../../shared/kernel/office.ts';
import { readOperator } from '../../administration/index.ts';
import { canonicalText, type Context } from '../../journal/index.ts';
import { bytesOfHex, hexOf, sha256Hex } from '../../platform/hash.ts';
import { documentName, monthAbsent, noPolicyPack } from '../agreement.ts';
import { canonicalBytes } from '../canonical-json.ts';
import { readIncoming, readOutgoing } from '../channel.sql.ts';
import { epochAnswered, epochOpened } from '../epoch-entries.ts';
import { readLost, nextEpoch, readOpening, readReceivedRecord, type Opening } from '../epoch.sql.ts';
import { keyIdOf } from '../key-card.ts';
import { readOwnCard, readPeerCard } from '../key-card.sql.ts';
import type { DocumentJudgement, KindBehaviour, ReceivedDocument } from '../kind.ts';
import { zeroHash } from '../package-schema.ts';
import { findSent } from '../package.sql.ts';
import { signPayload, verifyPayload } from '../signature.ts';

type Unsigned = Omit<OpeningRow, 'rootSignature'>;

export const epochOpenKind: KindBehaviour = {
  gather(ctx, { to }) {
    const opening = proposedOpening(ctx, to);
    const incoming = readIncoming(ctx.db, to);
    // Where the peer's file came first its number 1 of the new epoch is the last received; what stands is of the epoch before.
    const ended = opening.peerManifest === null ? incoming.epoch : endedEpoch(ctx, to, opening.epoch);
    const received = readReceivedRecord(ctx.db, to, ended);
    const outgoing = readOutgoing(ctx.db, to);
    const last = received.at(-1);
    const row: Unsigned = {
      epoch: opening.epoch,
      reason: present(opening.reason, 'reason of a proposed epoch'),
      note: opening.note ?? '',
      answers: opening.peerManifest,
      sentEpoch: outgoing.epoch, sentSeq: outgoing.lastSeq, sentHash: outgoing.lastManifestHash,
      receivedEpoch: ended, receivedSeq: last?.seq ?? 0, receivedHash: last?.manifestHash ?? zeroHash,
    };
    const root = present(readOwnCard(ctx.db), 'own card').file.card.rootKey;
    const signature = signPayload(ctx.keys.secret(keyIdOf(bytesOfHex(root))), 'epoch', signedBody(ctx.office, to, row, received));
    return {
      rows: { opening: [{ ...row, rootSignature: hexOf(signature) }], received },
      docId: `EPOCH_OPEN/${ctx.office.agency}/${to}/${String(opening.epoch)}`,
      period: null,
      policyPack: null,
      preparedBy: nameOf(ctx, opening.proposedBy),
      reviewedBy: null,
      approvedBy: ctx.actor.name,
      receiptOf: null,
    };
  },
  sent(ctx, { packageId, to, draft }) {
    const row = openingRow(draft.rows);
    const { manifestHash } = present(findSent(ctx.db, packageId), 'the package just stored');
    ctx.journal.append(epochOpened, {
      key: `exchange.epoch-opened/${to}/${String(row.epoch)}`,
      subject: to,
      package: packageId,
      facts: { ...halfOf(row, { manifestHash, proposer: draft.preparedBy ?? ctx.actor.name, confirmer: ctx.actor.name }), peer: to },
    });
  },
  agreements: [
    monthAbsent('opening'),
    documentName('opening', ({ from, to, rows }) => `${from}/${to}/${String(openingRow(rows).epoch)}`),
    noPolicyPack('opening'),
    {
      name: 'two-people',
      code: 'PEOPLE_DIFFER',
      disagreements: ({ preparedBy, reviewedBy, approvedBy }) => {
        const says = approvedBy === null || approvedBy === preparedBy ? '须有第二人确认' : reviewedBy === null ? null : '该种类不写复核人';
        return says === null ? [] : [{ section: 'opening', line: 0, field: '审批人', says }];
      },
    },
  ],
  judge(ctx, document) {
    const row = openingRow(document.rows);
    const what = disagreement(ctx, document, row);
    const params = { agency: agencyNames[document.from], what: what ?? '' };
    return what === null ? null : ({ kind: 'faults', code: 'EPOCH_DIFFERS', params, faults: [] } satisfies DocumentJudgement);
  },
  post(ctx, document) {
    const { from: peer } = document;
    const row = openingRow(document.rows);
    const record = ctx.journal.putLines((document.rows.received ?? []).map(lineOf));
    ctx.journal.append(epochAnswered, {
      key: `exchange.epoch-received/${peer}/${String(row.epoch)}`,
      subject: peer,
      origin: peer,
      package: document.packageId,
      facts: {
        ...halfOf(row, { manifestHash: document.manifestHash, proposer: document.preparedBy, confirmer: document.approvedBy ?? document.preparedBy }),
        peer, record, continues: document.continues,
      },
    });
    const { state } = present(readOpening(ctx.db, peer), 'the opening just received');
    const lost = readLost(ctx.db, peer).length;
    const said = `收到${agencyNames[peer]}第 ${String(row.epoch)} 期开期文件，对方登记的本单位末号为第 ${String(row.receivedSeq)} 号`;
    const missing = lost === 0 ? '' : `；其中 ${String(lost)} 个包本机无存，见“停用与开期”`;
    return `${said}${missing}；${state === 'open' ? '双方已开期，通道恢复收发' : '请本单位两人开期'}`;
  },
};

/** The proposal that waits for its second person. @throws Refusal EPOCH_NOT_PROPOSED, EPOCH_SAME_PERSON */
export function proposedOpening(ctx: Context, peer: Agency): Opening {
  const opening = readOpening(ctx.db, peer);
  if (opening === null || opening.state !== 'proposed' || opening.epoch !== nextEpoch(ctx.db, peer)) return refuse('EPOCH_NOT_PROPOSED', { agency: agencyNames[peer] });
  if (opening.proposedBy === ctx.actor.username) refuse('EPOCH_SAME_PERSON', { person: ctx.actor.name });
  return opening;
}

/** The newest epoch before a new one in which anything came from the peer; 1 when nothing ever did. */
function endedEpoch(ctx: Context, peer: Agency, epoch: number): number {
  return Number(ctx.db.prepare('SELECT coalesce(max(epoch), 1) AS epoch FROM package_in WHERE peer = @peer AND epoch < @epoch').get({ peer, epoch })?.['epoch'] ?? 1n);
}

/** What does not fit, in Chinese, or null. */
function disagreement(ctx: Context, document: ReceivedDocument, row: OpeningRow): string | null {
  const received = document.rows.received ?? [];
  const last = received.at(-1);
  if (row.epoch !== document.epoch || document.seq !== 1) return '期号';
  if (received.some((line, index) => line.seq !== index + 1) || (last?.seq ?? 0) !== row.receivedSeq || (last?.manifestHash ?? zeroHash) !== row.receivedHash) return '收件登记';
  if (row.receivedEpoch >= row.epoch || row.sentEpoch >= row.epoch) return '末号';
  const own = readOpening(ctx.db, document.from);
  if (row.answers !== null && row.answers !== (own?.epoch === row.epoch ? own.ownManifest : null)) return '所答开期文件';
  const card = readPeerCard(ctx.db, document.from)?.file.card;
  if (card === undefined) return '密钥卡';
  const { rootSignature, ...unsigned } = row;
  const body = signedBody({ agency: document.from, county: card.county, practice: card.practice }, ctx.office.agency, unsigned, received);
  return verifyPayload(bytesOfHex(card.rootKey), 'epoch', body, bytesOfHex(rootSignature)) ? null : '根密钥签名';
}

/** What the root key signs: who opens to whom, the row, and the digest over the lines of the record. */
function signedBody(from: { readonly agency: Agency; readonly county: string; readonly practice: boolean }, to: Agency, row: Unsigned, received: readonly StandingRow[]): Uint8Array {
  const record = sha256Hex(received.map((line) => `${lineOf(line)}\n`).join(''));
  return canonicalBytes({ from: from.agency, to, county: from.county, practice: from.practice, record, ...row });
}

function lineOf(row: StandingRow): string {
  return canonicalText(z.encode(epochOpen.sections.received.schema, row));
}

function openingRow(rows: SectionRows): OpeningRow {
  return present(rows.opening?.[0], 'row of an opening file');
}

type Signers = { readonly manifestHash: string; readonly proposer: string; readonly confirmer: string };

function halfOf(row: OpeningRow, signers: Signers): Signers & { epoch: number; reason: keyof typeof epochReasons; note: string; sent: Place; received: Place } {
  return {
    ...signers, epoch: row.epoch, reason: row.reason, note: row.note,
    sent: { epoch: row.sentEpoch, seq: row.sentSeq, hash: row.sentHash },
    received: { epoch: row.receivedEpoch, seq: row.receivedSeq, hash: row.receivedHash },
  };
}
type Place = { readonly epoch: number; readonly seq: number; readonly hash: string };

function nameOf(ctx: Context, username: string | null): string {
  return (username === null ? null : readOperator(ctx.db, username)?.name) ?? ctx.actor.name;
}
