/**
 * Asking the office what the import steps want to know, and the kind's own judgement after them 导入判定. Everything is a read; each answer
 * is asked again where it matters, inside the transaction.
 * @source shared spec exchange.md 2.4
 */
import { packIds } from '../../shared/eligibility/model.ts';
import type { FreezeCode } from '../../shared/exchange/freezes.ts';
import type { ErrorKey } from '../../shared/errors.ts';
import { Refusal, type ErrorParams } from '../../shared/kernel/errors.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import type { Context, PrepareEnv } from '../journal/index.ts';
import { isDiskFailure } from '../platform/database.ts';
import { knownPackHashes } from '../policy/index.ts';
import { judgeAgreements } from './agreement.ts';
import { ownHashAt, readIncoming, readOutgoing } from './channel.sql.ts';
import { examinePackage, type Examined, type ImportTerms, type RejectedPackage, type SoundPackage, type Stage } from './import-steps.ts';
import { readContentAway } from './content-away.ts';
import { readAllCards, readStandingCards } from './key-card.sql.ts';
import type { DocumentJudgement, ReceivedDocument } from './kind.ts';
import { behaviourOf } from './kinds/table.ts';
import { findAcceptedDocument, findPackageId, isRejected } from './package.sql.ts';
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
  const judgement = env.read((ctx) => judged(ctx, sound));
  if (judgement === null) return examined;
  // An opening file that does not fit uses no number: its sender may mend it and send number 1 again.
  if (sound.kind === 'EPOCH_OPEN' && judgement.kind === 'faults') return { kind: 'refused', header: sound.header, stage: 'S10', code: judgement.code, params: judgement.params };
  const params = { agency: agencyNames[sound.header.from], ...judgement.params };
  if (judgement.kind === 'contradiction') return { kind: 'contradiction', header: sound.header, stage: 'S10', code: judgement.code, params };
  return { kind: 'rejected', package: rejectedAtEnd(sound, { code: judgement.code, params, faults: judgement.faults, faultsTotal: judgement.faultsTotal ?? judgement.faults.length }) };
}

/** A package that was sound until its document was judged or posted. */
export function rejectedAtEnd(sound: SoundPackage, found: Pick<Rejected, 'code' | 'params' | 'faults' | 'faultsTotal'>): Rejected {
  const { header, manifest, kind, content, head } = sound;
  return { header, manifest, kind, head, stage: 'S10', rowsSeen: content.rows, sumSeenFen: content.sumFen, ...found };
}

/**
 * What is wrong with a sound package's document: in itself, under a name already used, or against the ledger. What the judgement itself cannot take in of
 * foreign content is a fault of this program that the log keeps, and a rejection for the sender.
 */
export function judged(ctx: Context, sound: SoundPackage): DocumentJudgement | null {
  const document = documentOf(sound);
  const kind = behaviourOf(sound.kind);
  try {
    return judgeAgreements(kind.agreements, document) ?? repeatedId(ctx, document) ?? kind.judge(ctx, document);
  } catch (error) {
    if (isDiskFailure(error)) throw error;
    return { kind: 'faults', code: 'CONTENT_NOT_TAKEN', params: { reference: ctx.logFault(error) }, faults: [] };
  }
}

/** A package id names one package for ever, whoever sent it. */
function repeatedId(ctx: Context, { packageId }: ReceivedDocument): DocumentJudgement | null {
  const standing = findPackageId(ctx.db, packageId);
  return standing === null ? null : { kind: 'faults', code: 'PACKAGE_ID_REPEATED', params: { agency: agencyNames[standing.peer], seq: standing.seq }, faults: [] };
}

/** A sound package as its kind sees it. */
export function documentOf({ header, manifest, kind, content, continues }: SoundPackage): ReceivedDocument {
  return {
    continues,
    manifestHash: header.manifest_hash,
    preparedBy: manifest.prepared_by,
    packageId: header.pkg_id,
    kind,
    from: header.from,
    to: header.to,
    epoch: header.epoch,
    seq: header.seq,
    period: manifest.period,
    docId: manifest.doc_id,
    docHash: manifest.doc_hash,
    reviewedBy: manifest.reviewed_by,
    approvedBy: manifest.approved_by,
    policyPack: manifest.policy_pack,
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
    readContent: async (kind, manifest, parts) => {
      try {
        return await readContentAway(kind, manifest, parts);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        return { ok: false, code: 'CONTENT_NOT_TAKEN', params: { reference: env.logFault(error) }, faults: [], faultsTotal: 0, rowsSeen: 0, sumSeenFen: 0n };
      }
    },
    acceptedDocument: (peer, docId, docHash) => env.read((ctx) => findAcceptedDocument(ctx.db, peer, docId, docHash)),
    isRejected: (peer, manifestHash) => env.read((ctx) => isRejected(ctx.db, peer, manifestHash)),
    packHashes: (id) => {
      const pack = packIds.find((known) => known === id);
      return pack === undefined ? [] : env.read((ctx) => knownPackHashes(ctx.db, env.resources, pack));
    },
  };
}
