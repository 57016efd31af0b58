/**
 * What stops a channel 停用的通道: why, the files that show it on both sides, and whom to call. It reads the ledger; the files are written to a stick by
 * an operation of their own.
 * @source reviews/faults.md C5; shared spec exchange.md 2.5
 */
import { epochStates } from '../../shared/exchange/epoch.ts';
import type { OpeningView } from '../../shared/exchange/epoch-contract.ts';
import { errorMessage } from '../../shared/error-table.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { readNewest, type BlobRef, type Context } from '../journal/index.ts';
import { readCanonicalBytes } from './canonical-json.ts';
import { channelRest, readIncoming, readOutgoing } from './channel.sql.ts';
import { channelFrozen } from './entries.ts';
import { readOpening } from './epoch.sql.ts';
import { frozenParams } from './import-steps.ts';
import { readOwnCard, readPeerCard } from './key-card.sql.ts';
import { readFrame } from './package-format.ts';
import { headerSchema, packageLimits } from './package-schema.ts';
import { signingKeyFor } from './trust.ts';
import { findSentManifest, readHeld, readReceivedBytes } from './package.sql.ts';

export type ChannelStop = NonNullable<OpeningView['stop']>;
export type EvidenceFile = ChannelStop['files'][number] & { readonly bytes: BlobRef };

/** Why nothing goes over a channel, or null while it is open. */
export function channelStop(ctx: Context, peer: Agency): ChannelStop | null {
  const rest = channelRest(ctx.db, peer);
  if (rest === null) return null;
  const agency = agencyNames[peer];
  const files = evidenceOf(ctx, peer).map(({ title, seq, manifestHash, fileName }) => ({ title, seq, manifestHash, fileName }));
  const name = readPeerCard(ctx.db, peer)?.file.card.name ?? agency;
  const { frozen } = readIncoming(ctx.db, peer);
  const opening = readOpening(ctx.db, peer);
  if (rest === 'opening' || frozen === null) {
    const state = epochStates[opening?.state ?? 'none'];
    return { code: 'EPOCH_OPENING', says: `与${agency}的通道正在重新开期：${state}`, call: `请联系${name}：交换双方的开期文件，每一方由两人办理`, files };
  }
  const says = errorMessage('CHANNEL_FROZEN', { agency, ...frozenParams(frozen) });
  return { code: frozen.code, says, call: `请联系${name}：共同核对${files.length > 1 ? '两份文件' : '双方收发记录'}，查明后双方各由两人重新开期`, files };
}

/** Why this office can send nothing to a peer now, as a clause: the channel rests, or the own signing key has expired. */
export function unanswerable(ctx: Context, peer: Agency): string | null {
  const stop = channelStop(ctx, peer);
  if (stop !== null) return stop.says.replace(/。$/u, '');
  const own = readOwnCard(ctx.db);
  const { epoch, lastSeq } = readOutgoing(ctx.db, peer);
  const key = own === null ? null : signingKeyFor(own.file.card, peer, { epoch, seq: lastSeq + 1 });
  return key !== null && key.expiresOn < ctx.today ? `本单位签名密钥已于 ${key.expiresOn} 到期，不能签发` : null;
}

/** The file that was refused and, beside it, the one that stands here. */
export function evidenceOf(ctx: Context, peer: Agency): EvidenceFile[] {
  const frozen = readIncoming(ctx.db, peer).frozen;
  const entry = frozen === null ? undefined : readNewest(ctx.db, channelFrozen, 200).find(({ facts }) => facts.peer === peer && facts.code === frozen.code);
  if (entry === undefined) return [];
  const { epoch, seq, code, evidence } = entry.facts;
  const named = (title: string, number: number, bytes: BlobRef, way: string): EvidenceFile => {
    const manifestHash = manifestHashOf(ctx.journal.bytes(bytes));
    return { title, seq: number, manifestHash, bytes, fileName: `${way}-${ctx.office.county}-${peer}-e${String(epoch)}-${String(number).padStart(6, '0')}-${bytes.hash.slice(0, 8)}.kxp` };
  };
  const refused = named(`未入账、已隔离的${agencyNames[peer]}第 ${String(seq)} 号包`, seq, evidence, '隔离');
  const here = readReceivedBytes(ctx.db, peer, epoch, seq) ?? heldBytes(ctx, peer, epoch, seq);
  if (here !== null) return [named(`本单位先收到的${agencyNames[peer]}第 ${String(seq)} 号包`, seq, here, '已收'), refused];
  const outgoing = readOutgoing(ctx.db, peer);
  const own = code === 'CHAIN_BROKEN' || code === 'PEER_HISTORY_DIFFERS' ? null : findSentManifest(ctx.db, outgoing.lastManifestHash);
  if (own !== null) return [named(`本单位最后发往${agencyNames[peer]}的第 ${String(own.seq)} 号包`, own.seq, own.bytes, '已发'), refused];
  const last = readIncoming(ctx.db, peer);
  const before = readReceivedBytes(ctx.db, peer, last.epoch, last.lastSeq);
  return before === null ? [refused] : [named(`本单位最后收到的${agencyNames[peer]}第 ${String(last.lastSeq)} 号包`, last.lastSeq, before, '已收'), refused];
}

function heldBytes(ctx: Context, peer: Agency, epoch: number, seq: number): BlobRef | null {
  const held = readHeld(ctx.db, peer, seq);
  return held?.epoch === epoch ? held.bytes : null;
}

function manifestHashOf(bytes: Uint8Array): string | null {
  const reading = readFrame(bytes);
  if (!reading.ok) return null;
  const gate = readCanonicalBytes(reading.frame.headerBytes, packageLimits.headerBytes);
  const parsed = gate.ok ? headerSchema.safeParse(gate.value) : null;
  return parsed?.success === true ? parsed.data.manifest_hash : null;
}
