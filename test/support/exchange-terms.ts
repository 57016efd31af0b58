/** What the import steps ask an office, answered from plain values: for tests of the steps alone, without a ledger. */
import { readContent } from '../../electron/exchange/content.ts';
import type { ImportTerms } from '../../electron/exchange/import-steps.ts';
import { unseal } from '../../electron/exchange/sealing.ts';
import type { IncomingChannel, OutgoingChannel } from '../../electron/exchange/sequence.ts';
import { emptyHead } from '../../electron/journal/index.ts';
import { zeros, type Party } from './exchange-packages.ts';

export type Standing = {
  /** Manifest hashes received so far, number 1 first. */
  readonly received?: readonly string[];
  readonly held?: Readonly<Record<number, string>>;
  /** Manifest hashes sent so far, number 1 first. */
  readonly sent?: readonly string[];
  readonly acked?: number;
  /** Entry hashes of this office's own ledger, number 1 first. */
  readonly ownEntries?: readonly string[];
  readonly incoming?: Partial<IncomingChannel>;
  readonly terms?: Partial<ImportTerms>;
};

export function incomingChannel(standing: Standing = {}): IncomingChannel {
  const received = standing.received ?? [];
  const held = standing.held ?? {};
  return {
    epoch: 1,
    lastSeq: received.length,
    frozen: null,
    recordedAt: (seq) => received[seq - 1] ?? null,
    recordedIn: ({ epoch, seq }) => (epoch === 1 ? (received[seq - 1] ?? null) : null),
    heldAt: (seq) => held[seq] ?? null,
    heldCount: Object.keys(held).length,
    headSeen: emptyHead,
    ...standing.incoming,
  };
}

export function outgoingChannel(standing: Standing = {}): OutgoingChannel {
  const sent = standing.sent ?? [];
  return { epoch: 1, lastSeq: sent.length, ackedSeq: standing.acked ?? 0, sentAt: (seq) => sent[seq - 1] ?? null, sentIn: ({ epoch, seq }) => (epoch === 1 ? (sent[seq - 1] ?? null) : null) };
}

/** @param own the office that imports; `known` are all cards it has, its own included */
export function importTerms(own: Party, known: readonly Party[], standing: Standing = {}): ImportTerms {
  const { agency, county, practice } = own.file.card;
  return {
    trust: { own: { agency, county, practice }, cards: known.map((one) => one.file.card), ownCards: [own.file.card] },
    incoming: () => incomingChannel(standing),
    outgoing: () => outgoingChannel(standing),
    ownHashAt: (seq) => (seq === 0 ? zeros : (standing.ownEntries?.[seq - 1] ?? null)),
    open: (ciphertext) => unseal(ciphertext, [own.identity]),
    readContent: (kind, manifest, parts) => Promise.resolve(readContent(kind, manifest, parts)),
    acceptedDocument: () => null,
    isRejected: () => false,
    packHashes: () => [],
    ...standing.terms,
  };
}
