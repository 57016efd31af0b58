/** For every code of refusal that a file can bring about, mutants aimed at it, so that each code is reached as often as the quota of a run asks. */
import { sealTo, sha256, type Json, type Letter, type Mutation } from './exchange-packages.ts';
import type { Receiver, SampledKind } from './foreign-offices.ts';
import { changed, type MutantTerms, type SignedMutant } from './mutants.ts';

export type AimTerms = MutantTerms & { readonly to: Receiver; /** The sound package of number 1. */ readonly first: Uint8Array };

export type Aimed = {
  /** Kinds that can bring it about; absent = all but opening files. */
  readonly kinds?: readonly SampledKind[];
  /** What the office takes before: the sound package, or one that freezes the channel. */
  readonly after?: 'accepted' | 'frozen';
  /** The file is stretched to so many bytes. */
  readonly size?: number;
  /** The office's own package is fed back. */
  readonly own?: true;
  readonly make: (terms: AimTerms) => SignedMutant | Uint8Array;
};

const onManifest = (change: (made: Json, terms: AimTerms) => void): Aimed['make'] => (terms) => ({ letter: terms.letter, mutation: { manifest: (made) => { change(made, terms); } } });
const inBoth = (field: string, value: (terms: AimTerms) => unknown): Aimed['make'] => (terms) => {
  const other = value(terms);
  const change = (made: Json): void => { made[field] = other; };
  return { letter: terms.letter, mutation: { manifest: change, header: change } };
};
const mutation = (of: Mutation): Aimed['make'] => ({ letter }) => ({ letter, mutation: of });
const atByte = (index: number, value: number): Mutation => ({ file: (bytes) => bytes.with(index, value) });
/** One field of the first row of a section. */
const row = (letter: Letter, section: string, given: Json): Letter => ({ ...letter, rows: { ...letter.rows, [section]: (letter.rows?.[section] ?? []).map((of, index) => (index === 0 ? { ...of, ...given } : of)) } });
const inRow = (section: string, given: (chance: AimTerms['chance']) => Json): Aimed['make'] => ({ letter, chance }) => ({ letter: row(letter, section, given(chance)), mutation: {} });
const sectionWithRows = (letter: Letter): string => Object.keys(letter.rows ?? {}).find((name) => (letter.rows?.[name]?.length ?? 0) > 0) ?? '';
const ack = (given: Json) => onManifest((made) => { made['ack'] = { ...(made['ack'] as Json), ...given }; });

/** Code → how it is brought about. */
export const aimed: Readonly<Record<string, Aimed>> = {
  NOT_A_PACKAGE: { make: ({ letter, chance }) => ({ letter, mutation: atByte(chance.below(8), 0) }) },
  HEADER_DAMAGED: { make: mutation({ headerText: (json) => json.replace('{', '{ ') }) },
  NEWER_PACKAGE_FORMAT: { make: ({ letter, chance }) => ({ letter, mutation: chance.below(2) === 0 ? atByte(8, 2) : { manifest: (made) => { made['schema_version'] = 2; } } }) },
  PACKAGE_TOO_LARGE: { size: 67_108_865, make: mutation({}) },
  SIGNATURE_INVALID: { make: ({ letter, stranger }) => ({ letter, mutation: { signWith: stranger.signing } }) },
  UNKNOWN_KEY: { make: ({ letter, stranger }) => ({ letter, mutation: { signWith: stranger.signing, header: (made) => { made['signer_key_id'] = stranger.file.card.signing[0]?.keyId; } } }) },
  KEY_RETIRED: { make: inBoth('created_at', () => '2023-06-01T00:00:00.000Z') },
  WRONG_RECIPIENT: { make: inBoth('to', ({ third }) => third.agency) },
  OWN_PACKAGE: { own: true, make: mutation({}) },
  SENDER_NOT_ALLOWED: { make: onManifest((made) => { made['kind'] = made['from'] === 'tax' ? 'REFUND_RECEIPT' : 'REFUND_BATCH'; }) },
  WRONG_COUNTY: { make: inBoth('county', () => '211381') },
  PROFILE_MISMATCH: { make: ({ letter, chance, first }) => (chance.below(2) === 0 ? { letter, mutation: inProfile } : first.with(14 + headerLength(first) + 1, 2)) },
  PRACTICE_MIXED: { make: inBoth('practice', () => false) },
  CIPHERTEXT_DAMAGED: { make: ({ first }) => first.with(first.length - 1, (first.at(-1) ?? 0) ^ 1) },
  CANNOT_DECRYPT: { make: ({ letter, third, chance }) => ({ letter, mutation: { seal: (plaintext) => sealTo(plaintext, chance.of([[third.recipient, letter.from.recipient], [letter.to.recipient]])) } }) },
  MANIFEST_DIFFERS: { make: onManifest((made, { chance }) => { made[chance.of(['seq', 'epoch'])] = 7; }) },
  KIND_NOT_AVAILABLE: { make: onManifest((made) => { made['kind'] = 'PROBLEM'; }) },
  SECTION_DIFFERS: { make: onManifest((made, { chance }) => { made['doc_hash'] = sha256(String(chance.below(1_000_000))); }) },
  TOTALS_DIFFER: { make: onManifest((made) => { const control = made['control'] as Json; control['rows'] = Number(control['rows']) + 1; }) },
  HEAD_DIFFERS: {
    kinds: ['REFUND_BATCH', 'MONTHLY_REPORT', 'SURVEY'],
    make: ({ letter }) => {
      const heads: Readonly<Record<string, Letter>> = { REFUND_BATCH: row(letter, 'batch', { amountFen: '570001' }), SURVEY: row(letter, 'surveyHead', { openFen: '1' }) };
      return { letter: heads[letter.kind ?? ''] ?? row(letter, 'totals', { cumulativeFen: '1' }), mutation: {} };
    },
  },
  PERIOD_DIFFERS: { make: ({ letter }) => ({ letter: { ...letter, period: letter.period === null ? '2022-04' : null }, mutation: {} }) },
  PEOPLE_DIFFER: { make: ({ letter }) => ({ letter: { ...letter, manifest: { ...letter.manifest, reviewed_by: '另一人' } }, mutation: {} }) },
  DOCUMENT_NAME_DIFFERS: { make: ({ letter }) => ({ letter: { ...letter, docId: `${letter.kind ?? ''}/另一件` }, mutation: {} }) },
  RECEIPT_MALFORMED: { kinds: ['RECEIPT'], make: inRow('receipt', (chance) => chance.of([{ faults: 2 }, { code: null }, { verdict: 'ACCEPTED' }])) },
  POLICY_PACK_UNNAMED: { kinds: ['ENTERPRISE_LIST'], make: ({ letter }) => ({ letter: { ...letter, manifest: { ...letter.manifest, policy_pack: null } }, mutation: {} }) },
  POLICY_PACK_DIFFERS: { kinds: ['ENTERPRISE_LIST'], make: onManifest((made) => { made['policy_pack'] = { ...(made['policy_pack'] as Json), hash: 'd'.repeat(64) }; }) },
  SUPERSEDES_REFUSED: { make: onManifest((made, { chance }) => { made['supersedes'] = sha256(String(chance.below(1_000_000))); }) },
  ROW_INVALID: { make: ({ letter }) => ({ letter: row(letter, sectionWithRows(letter), { 未知: 1 }), mutation: {} }) },
  USCC_INVALID: { kinds: ['ENTERPRISE_LIST', 'SURVEY', 'REFUND_BATCH', 'SUSPENSION_NOTICE', 'MONTHLY_REPORT', 'REFUND_RECEIPT'], make: ({ letter, chance }) => ({ letter: row(letter, taxpayersOf(letter), { uscc: chance.of(['91211382MA0000015E', '91211382ma0000015d', '', 'x']) }), mutation: {} }) },
  AMOUNT_FORMAT: { kinds: ['REFUND_BATCH', 'SUSPENSION_NOTICE', 'MONTHLY_REPORT', 'REFUND_RECEIPT'], make: ({ letter, chance }) => ({ letter: row(letter, taxpayersOf(letter), { amountFen: chance.of(['1e3', '', '-1', '00', '1.0', ' 1', '9'.repeat(16)]) }), mutation: {} }) },
  NOT_UTF8: {
    make: ({ letter }) => {
      const name = sectionWithRows(letter);
      return { letter, mutation: { sections: (made) => made.map((of) => (of.name === name ? { ...of, bytes: new Uint8Array(Buffer.concat([of.bytes.subarray(0, 9), Uint8Array.of(0xff), of.bytes.subarray(9)])) } : of)) } };
    },
  },
  PACKAGE_ID_REPEATED: { make: inBoth('pkg_id', ({ to }) => to.got.packageId) },
  EPOCH_DIFFERS: { kinds: ['EPOCH_OPEN'], make: inRow('opening', (chance) => ({ note: String(chance.below(1_000_000)) })) },
  KEY_CARD_SIGNATURE: { kinds: ['KEYCARD'], make: ({ letter }) => ({ letter: { ...letter, rows: { card: [changed(letter.rows?.['card']?.[0] ?? {}, ['file', 'card', 'name'], '另一单位')] } }, mutation: {} }) },
  AMENDMENT_KEY_UNKNOWN: { kinds: ['POLICY_AMENDMENT'], make: ({ letter }) => ({ letter: { ...letter, rows: { amendments: [changed(letter.rows?.['amendments']?.[0] ?? {}, ['changes', 0, 'key'], 'no.such.key')] } }, mutation: {} }) },
  NEW_EPOCH: { make: inBoth('epoch', () => 2) },
  PACKAGE_GAP: { make: inBoth('seq', ({ chance }) => 2 + chance.below(60)) },
  CHAIN_BROKEN: { make: onManifest((made, { chance }) => { made['prev_manifest_hash'] = sha256(String(chance.below(1_000_000))); }) },
  OWN_LEDGER_OLDER: { make: onManifest((made) => { const of = made['ack'] as Json; made['ack'] = { ...of, head_seen: { ...(of['head_seen'] as Json), hash: 'c'.repeat(64) } }; }) },
  ACK_NEVER_SENT: { make: ack({ last_seq: 9, last_manifest_hash: 'b'.repeat(64), proof: null }) },
  ACK_WENT_BACK: { make: ack({ last_manifest_hash: 'b'.repeat(64), proof: null }) },
  PEER_HISTORY_DIFFERS: { make: onManifest((made) => { made['ledger_head'] = { seq: 3, hash: 'a'.repeat(64) }; }) },
  DUPLICATE_PACKAGE: { after: 'accepted', make: ({ first }) => first },
  PACKAGE_FORK: { after: 'accepted', make: ({ letter }) => ({ letter: { ...letter, seq: 1, prev: '0'.repeat(64) }, mutation: { manifest: (made) => { made['salt'] = '9'.repeat(32); } } }) },
  DUPLICATE_DOCUMENT: { after: 'accepted', make: mutation({}) },
  BATCH_ALREADY_RECEIVED: { kinds: ['REFUND_BATCH'], after: 'accepted', make: ({ letter }) => ({ letter: row({ ...letter, docId: `${letter.docId ?? ''}/2` }, 'batch', { note: '重新编制' }), mutation: {} }) },
  CHANNEL_FROZEN: { after: 'frozen', make: ({ letter }) => ({ letter: { ...letter, seq: 1, prev: '0'.repeat(64) }, mutation: {} }) },
};

const inProfile: Mutation = { manifest: (made) => { made['profile'] = 'gm-1'; }, header: (made) => { made['profile'] = 'gm-1'; } };

function headerLength(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(10);
}

/** The section whose rows name taxpayers. */
function taxpayersOf(letter: Letter): string {
  return Object.keys(letter.rows ?? {}).find((name) => letter.rows?.[name]?.[0]?.['uscc'] !== undefined) ?? '';
}
