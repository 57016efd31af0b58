/**
 * Handlers of opening a channel anew 开期: who proposes, who signs, how far each channel is, and the files that show why it stopped. The peer's half comes
 * in through the ordinary import.
 * @source shared spec exchange.md 2.5 (E205); decisions 8; reviews/faults.md C3, C5
 */
import type { epochContract, OpeningView } from '../../shared/exchange/epoch-contract.ts';
import { epochReasons } from '../../shared/exchange/epoch.ts';
import { refuse } from '../../shared/errors.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { personName } from '../administration/index.ts';
import { type Context, type HandlersOf, plain, prepared } from '../journal/index.ts';
import { writeToDrive } from '../platform/drive.ts';
import { readIncoming, readOutgoing } from './channel.sql.ts';
import { onDrive } from './drive-refusal.ts';
import { epochProposed } from './epoch-entries.ts';
import { nextEpoch, readLost, readOpening, readVoid } from './epoch.sql.ts';
import { applyExport, prepareExport } from './export.service.ts';
import { readPeerCard, readStandingCards } from './key-card.sql.ts';
import { findSentManifest } from './package.sql.ts';
import { voidDocument } from './resend.ts';
import { standstillOf } from './standstill.ts';
import { channelStop, evidenceOf } from './stops.ts';

export const epochHandlers: HandlersOf<typeof epochContract> = {
  'exchange.openings': plain((ctx) => ({
    standstill: standstillOf(ctx.db, ctx.signed),
    channels: readStandingCards(ctx.db).filter((card) => !card.own).map(({ file }) => openingView(ctx, file.card.agency)),
  })),
  'exchange.proposeEpoch': plain((ctx, { peer, reason, note }) => {
    if (readPeerCard(ctx.db, peer) === null) refuse('PEER_NOT_TRUSTED', { agency: agencyNames[peer] });
    const standing = readOpening(ctx.db, peer);
    if (standing?.state === 'sent') refuse('EPOCH_WAITS_FOR_PEER', { agency: agencyNames[peer], epoch: standing.epoch });
    const epoch = nextEpoch(ctx.db, peer);
    ctx.journal.append(epochProposed, {
      key: `exchange.epoch-proposed/${peer}/${String(epoch)}/${String(ctx.journal.head().seq + 1)}`, subject: peer, facts: { peer, epoch, reason, note },
    });
    return { peer, epoch, state: 'proposed' as const };
  }),
  'exchange.confirmEpoch': prepared({
    prepare: (env, { peer }) => prepareExport(env, 'EPOCH_OPEN', { to: peer, period: null, batchNo: null, ofSeq: null, confirming: true }),
    apply: (ctx, { peer }, made) => {
      const { packageId, fileName, epoch } = applyExport(ctx, 'EPOCH_OPEN', made);
      return { packageId, fileName, epoch, state: readOpening(ctx.db, peer)?.state ?? 'none' };
    },
  }),
  'exchange.resendVoid': prepared({
    prepare: async (env, { packageId }) => {
      const { kind, request } = await voidDocument(env, packageId);
      return { kind, made: await prepareExport(env, kind, request) };
    },
    apply: (ctx, _input, { kind, made }) => {
      const { packageId, fileName, epoch, seq } = applyExport(ctx, kind, made);
      return { packageId, fileName, epoch, seq };
    },
  }),
  'exchange.writeEvidence': prepared({
    prepare: (env, { peer, folder }) => {
      const files = env.read((ctx) => evidenceOf(ctx, peer).map((file) => ({ ...file, content: ctx.journal.bytes(file.bytes) })));
      if (files.length === 0) refuse('NOTHING_TO_EXPORT', { kind: '停用通道的证据文件' });
      for (const { fileName, content } of files) {
        const written = onDrive(content.length, () => {
          writeToDrive(env.resolveFile(folder), fileName, content);
        });
        if (!written.ok) refuse(written.code, written.params);
      }
      return Promise.resolve(files.map(({ title, seq, manifestHash, fileName }) => ({ title, seq, manifestHash, fileName })));
    },
    apply: (_ctx, _input, files) => ({ files }),
  }),
};

function openingView(ctx: Context, peer: Agency): OpeningView {
  const opening = readOpening(ctx.db, peer);
  const incoming = readIncoming(ctx.db, peer);
  const outgoing = readOutgoing(ctx.db, peer);
  const sent = opening === null || opening.ownManifest === null ? null : findSentManifest(ctx.db, opening.ownManifest);
  return {
    peer,
    state: opening?.state ?? 'none',
    epoch: opening?.epoch ?? incoming.epoch,
    stop: channelStop(ctx, peer),
    reason: opening === null || opening.reason === null ? null : epochReasons[opening.reason],
    note: opening?.note ?? null,
    proposedBy: personName(ctx.db, opening?.proposedBy ?? null),
    confirmedBy: opening?.confirmedBy ?? null,
    packageId: sent?.packageId ?? null,
    peerOpenedBy: opening?.peerBy ?? null,
    peerReason: opening === null || opening.peerReason === null ? null : epochReasons[opening.peerReason],
    continues: opening?.continues ?? null,
    sent: { epoch: outgoing.epoch, seq: outgoing.lastSeq },
    received: { epoch: incoming.epoch, seq: incoming.lastSeq },
    void: readVoid(ctx.db, peer),
    lost: readLost(ctx.db, peer),
  };
}
