/**
 * Asking the office what the import steps want to know, and the kind's own judgement after them 导入判定. Everything is a read; each answer
 * is asked again where it matters, inside the transaction.
 * @source shared spec exchange.md 2.4
 */
import { packIds } from '../../shared/eligibility/model.ts';
import type { FreezeCode } from '../../shared/exchange/freezes.ts';
import type { ErrorKey } from '../../shared/errors.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import type { PrepareEnv } from '../journal/index.ts';
import { knownPackHashes } from '../policy/index.ts';
import { ownHashAt, readIncoming, readOutgoing } from './channel.sql.ts';
import { examinePackage, type Examined, type ImportTerms, type RejectedPackage, type SoundPackage, type Stage } from './import-steps.ts';
import { readContentAway } from './content-away.ts';
import { readAllCards, readStandingCards } from './key-card.sql.ts';
import type { DocumentJudgement, ReceivedDocument } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { findAcceptedDocument, isRejected } from './package.sql.ts';
import type { PackageHeader } from './package-schema.ts';
import { identityOf, unseal } from './sealing.ts';

/** As `Examined`, with the codes of the capabilities below beside the exchange's own. */
export type Judged =
  | Exclude<Examined, { readonly kind: 'contradiction' | 'rejected' | 'refused' }>
  | { readonly kind: 'refused'; readonly header: PackageHeader | null; readonly stage: Stage; readonly code: ErrorKey; readonly params: ErrorParams }
  | { readonly kind: 'contradiction'; readonly header: PackageHeader; readonly stage: Stage; readonly code: FreezeCode; readonly params: ErrorParams }
  | { readonly kind: 'rejected'; readonly package: Rejected };
export type Rejected = Omit<RejectedPackage, 'code' | 'faults'> & { readonly code: ErrorKey; readonly faults: RejectedPackage['faults'] | Extract<DocumentJudgement, { kind: 'faults' }>['faults'] };

/** Runs the steps and then asks the kind. */
export async function examine(env: PrepareEnv, bytes: Uint8Array): Promise<Judged> {
  const examined = await examinePackage(bytes, importTerms(env));
  if (examined.kind !== 'sound') return examined;
  const sound = examined.package;
  const judgement = env.read((ctx) => behaviourOf(sound.kind).judge(ctx, documentOf(sound)));
  if (judgement === null) return examined;
  // An opening file that does not fit uses no number: its sender may mend it and send number 1 again.
  if (sound.kind === 'EPOCH_OPEN' && judgement.kind === 'faults') return { kind: 'refused', header: sound.header, stage: 'S10', code: judgement.code, params: judgement.params };
  const params = { agency: agencyNames[sound.header.from], ...judgement.params };
  if (judgement.kind === 'contradiction') return { kind: 'contradiction', header: sound.header, stage: 'S10', code: judgement.code, params };
  const { header, manifest, kind, content, head } = sound;
  return {
    kind: 'rejected',
    package: {
      header, manifest, kind, head, params,
      stage: 'S10',
      code: judgement.code,
      faults: judgement.faults,
      faultsTotal: judgement.faults.length,
      rowsSeen: content.rows,
      sumSeenFen: content.sumFen,
    },
  };
}

/** A sound package as its kind sees it. */
export function documentOf({ header, manifest, kind, content, continues }: SoundPackage): ReceivedDocument {
  return {
    continues,
    manifestHash: header.manifest_hash,
    preparedBy: manifest.prepared_by,
    approvedBy: manifest.approved_by,
    packageId: header.pkg_id,
    kind,
    from: header.from,
    epoch: header.epoch,
    seq: header.seq,
    period: manifest.period,
    docId: manifest.doc_id,
    docHash: manifest.doc_hash,
    claimedAt: header.created_at,
    rows: content.sections,
  };
}

function importTerms(env: PrepareEnv): ImportTerms {
  return {
    trust: {
      own: env.office,
      cards: env.read((ctx) => readStandingCards(ctx.db).map((stored) => stored.file.card)),
      ownCards: env.read((ctx) => readAllCards(ctx.db).filter((stored) => stored.own).map((stored) => stored.file.card)),
    },
    incoming: (peer) => env.read((ctx) => readIncoming(ctx.db, peer)),
    outgoing: (peer) => env.read((ctx) => readOutgoing(ctx.db, peer)),
    ownHashAt: (seq) => env.read((ctx) => ownHashAt(ctx.db, seq)),
    open: (ciphertext) => unseal(ciphertext, env.keys.idsOf('encryption').reverse().map((keyId) => identityOf(env.keys.secret(keyId)))),
    readContent: readContentAway,
    acceptedDocument: (peer, docId, docHash) => env.read((ctx) => findAcceptedDocument(ctx.db, peer, docId, docHash)),
    isRejected: (peer, manifestHash) => env.read((ctx) => isRejected(ctx.db, peer, manifestHash)),
    packHashes: (id) => {
      const pack = packIds.find((known) => known === id);
      return pack === undefined ? [] : env.read((ctx) => knownPackHashes(ctx.db, env.resources, pack));
    },
  };
}
