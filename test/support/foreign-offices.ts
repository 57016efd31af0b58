/**
 * Real practice offices that receive what a stranger's program writes: each knows the sender's card, has sent it one package, and takes the documents of
 * test/support/sample-documents.ts. What an import did can be looked at and is then taken back.
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { Decrypter } from 'age-encryption';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { foundOffice } from '../../electron/office/found-office.ts';
import type { Office } from '../../electron/office/office.ts';
import { encryptionEntry, nextCard, signingEntry } from '../../electron/exchange/new-card.ts';
import { signCard, cardFingerprint, writeCardFile } from '../../electron/exchange/key-card.ts';
import type { KeyCardFile } from '../../shared/exchange/key-card.ts';
import { civilDate } from '../../shared/kernel/civil-date.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { Reply } from '../../shared/reply.ts';
import { pae, party, text, utf8, type Json, type Letter, type Party } from './exchange-packages.ts';
import { reversibleDatabase, type Reversible } from './reversible-database.ts';
import { enterpriseList, epochOpen, keyCard, monthlyReport, periodLock, policyAmendment, receipt, reconStatement, refundBatch, refundReceipt, survey, suspensionNotice, type SampleDocument } from './sample-documents.ts';
import { done, testClock, testEnv } from './practice.ts';

/** An office, the party that sends to it, and how its acts are looked at. */
export type Receiver = {
  readonly agency: Agency;
  readonly office: Office;
  readonly ledger: Reversible;
  /** The office's own keys as a sender needs them; the identity is empty. */
  readonly own: Party;
  readonly sender: Party;
  /** What the sender quotes of the one package it got. */
  readonly ack: Json;
  readonly countersignature: Json;
  /** The one package, as a receipt answers it. */
  readonly got: { readonly packageId: string; readonly manifestHash: string; readonly rows: number; readonly sumFen: string; readonly docId: string; readonly docHash: string };
  /** Imports bytes, lets `look` see what stands then, and takes everything back. */
  receive<T>(bytes: Uint8Array, look: (reply: Reply) => T | Promise<T>, size?: number): Promise<T>;
  /** Imports what follows, within `look`. @param size to which the file is stretched */
  next(bytes: Uint8Array, size?: number): Promise<Reply>;
  /** The one package, as it lies on the stick. */
  readonly sentBytes: Uint8Array;
  close(): void;
};

/** The leaves of every sender's ledger. */
export const senderLeaves = ['11', '22', '33'].map((byte) => byte.repeat(32));

/** @param startsAt Shanghai wall clock */
export async function receiver(agency: Agency, from: Agency, startsAt = '2022-05-05T09:00'): Promise<Receiver> {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-foreign-'));
  const clock = testClock(startsAt);
  const ledger = reversibleDatabase();
  const env = testEnv(clock, agency, { openDatabase: (path) => ledger.open(path) });
  const office = await foundOffice(join(folder, agency), { agency, county: '211382', name: `凌源市${agencyNames[agency]}`, practice: true }, env);
  const sender = party(from, { practice: true, seed: `foreign-${from}` });
  const card = join(folder, 'sender.kxc');
  writeFileSync(card, writeCardFile(sender.file));
  await done(office, 'keys.trust', { card, fingerprint: cardFingerprint(sender.file.card) }, 'security');
  await done(office, 'keys.rotate', {}, 'security');
  const sent = await done(office, 'exchange.exportPackage', { kind: 'KEYCARD', to: from }, 'handler');
  await done(office, 'exchange.writePackage', { packageId: sent.packageId, folder }, 'handler');
  const { fileName: ownCard } = await done(office, 'keys.writeCard', { folder }, 'security');
  const file = JSON.parse(readFileSync(join(folder, ownCard), 'utf8')) as KeyCardFile; // written by the office
  const sentBytes = new Uint8Array(readFileSync(join(folder, sent.fileName)));
  const { header, signature, manifest } = await opened(sentBytes, sender.identity);
  const own: Party = { agency, file, root: new Uint8Array(), signing: new Uint8Array(), recipient: file.card.encryption.at(-1)?.recipient ?? '', identity: '' };
  const head = manifest['ledger_head'];
  const note = utf8(text({ agency, county: '211382', practice: true, ...(head as Json) }));
  const path = join(folder, 'foreign.kxp');
  const next = (bytes: Uint8Array, size?: number): Promise<Reply> => {
    writeFileSync(path, bytes);
    if (size !== undefined) truncateSync(path, size);
    return office.call('exchange.importPackage', { file: path }, 'handler');
  };
  return {
    agency, office, ledger, own, sender, next, sentBytes,
    ack: { peer_epoch: 1, last_seq: 1, last_manifest_hash: sent.manifestHash, head_seen: head, proof: { header, signature } },
    countersignature: {
      key_id: sender.file.card.signing[0]?.keyId,
      signature: Buffer.from(ed25519.sign(pae('application/vnd.kxp.checkpoint+json;v=1', note), sender.signing)).toString('hex'),
    },
    got: { packageId: sent.packageId, manifestHash: sent.manifestHash, rows: sent.rows, sumFen: '0', docId: String(manifest['doc_id']), docHash: String(manifest['doc_hash']) },
    async receive(bytes, look, size) {
      ledger.begin();
      try {
        return await look(await next(bytes, size));
      } finally {
        ledger.undo();
      }
    },
    close() {
      office.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A letter that carries the document to this office. */
export function letterTo(to: Receiver, { kind, period, docId, rows, sumColumn, main, manifest, epoch = 1 }: SampleDocument): Letter {
  return { epoch, from: to.sender, to: to.own, kind, period, docId, rows, sumColumn, main, leaves: senderLeaves, manifest: { ack: to.ack, countersignature: to.countersignature, ...manifest } };
}

/** Who sends each kind to whom. */
export const routesOfKinds = {
  ENTERPRISE_LIST: ['tax', 'finance'], SURVEY: ['tax', 'finance'], REFUND_BATCH: ['tax', 'treasury'], MONTHLY_REPORT: ['tax', 'finance'], POLICY_AMENDMENT: ['tax', 'finance'],
  SUSPENSION_NOTICE: ['tax', 'treasury'],
  REFUND_RECEIPT: ['treasury', 'tax'], RECON_STATEMENT: ['tax', 'finance'], PERIOD_LOCK: ['tax', 'finance'], RECEIPT: ['tax', 'finance'], KEYCARD: ['tax', 'finance'], EPOCH_OPEN: ['tax', 'finance'],
} as const satisfies Readonly<Record<string, readonly [Agency, Agency]>>;
export type SampledKind = keyof typeof routesOfKinds;
export const sampledKinds = Object.keys(routesOfKinds) as SampledKind[]; // the keys of the table above

export type ForeignCounty = {
  /** The office that takes a kind, and a sound letter of it. */
  of(kind: SampledKind): { readonly to: Receiver; readonly letter: Letter };
  close(): void;
};

/** An office for each agency, and a sound letter of every kind. */
export async function foreignCounty(): Promise<ForeignCounty> {
  const made = { tax: await receiver('tax', 'treasury'), finance: await receiver('finance', 'tax'), treasury: await receiver('treasury', 'tax') };
  const { packs } = await done(made.finance.office, 'policy.parameters', {}, 'audit');
  const packHash = packs.find(({ pack }) => pack === 'mof-sta-2022-14')?.hash ?? '';
  const documents: Readonly<Record<SampledKind, SampleDocument>> = {
    ENTERPRISE_LIST: enterpriseList(packHash), SURVEY: survey(), REFUND_BATCH: refundBatch(), MONTHLY_REPORT: monthlyReport(), POLICY_AMENDMENT: policyAmendment(),
    SUSPENSION_NOTICE: suspensionNotice(),
    REFUND_RECEIPT: refundReceipt(), RECON_STATEMENT: reconStatement(), PERIOD_LOCK: periodLock(), RECEIPT: receipt('finance', made.finance.got), KEYCARD: keyCard(rotatedCard(made.finance.sender), { agency: 'tax', version: 2 }),
    EPOCH_OPEN: openingFrom(made.finance),
  };
  return {
    of: (kind) => {
      const to = made[routesOfKinds[kind][1]];
      return { to, letter: letterTo(to, documents[kind]) };
    },
    close: () => {
      for (const agency of agencies) made[agency].close();
    },
  };
}

function openingFrom({ got, sender }: Receiver): SampleDocument {
  const of = { seq: 1, manifestHash: got.manifestHash, kind: 'KEYCARD', period: null, docId: got.docId, docHash: got.docHash, rows: got.rows, sumFen: got.sumFen, verdict: 'ACCEPTED' };
  return epochOpen(of, { from: 'tax', to: 'finance', practice: true }, (body) => Buffer.from(ed25519.sign(pae('application/vnd.kxp.epoch+json;v=1', utf8(text(body))), sender.root)).toString('hex'));
}

/** Version 2 of a party's card, with one more key of each purpose. */
function rotatedCard(of: Party): Json {
  const today = civilDate('2022-05-01');
  const signing = signingEntry(new Uint8Array(32).fill(7), of.agency, { lastSent: { finance: 1 }, epochs: {}, firstAfterLast: 2, today });
  const card = nextCard(of.file.card, { today, rootKey: of.file.card.rootKey, signing: [signing], encryption: [encryptionEntry(new Uint8Array(32).fill(9))], revoked: [] });
  return { ...signCard(card, of.root, null) };
}

/** Header, signature and manifest of a package, read by the libraries alone. */
export async function opened(bytes: Uint8Array, identity: string): Promise<{ readonly header: Json; readonly signature: string; readonly manifest: Json }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const block = 14 + view.getUint32(10);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const plaintext = await decrypter.decrypt(bytes.subarray(block + 68));
  const length = new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
  const parse = (part: Uint8Array): Json => JSON.parse(new TextDecoder().decode(part)) as Json; // an object, as every header and manifest is
  return { header: parse(bytes.subarray(14, block)), signature: Buffer.from(bytes.subarray(block + 4, block + 68)).toString('hex'), manifest: parse(plaintext.subarray(4, 4 + length)) };
}

