/**
 * A second reader of KXP v1, written from electron/exchange/FORMAT.md alone, whose tables of fields it reads as text: nothing of the program is imported. It
 * answers what a package means, or why it means nothing. What only the receiver's own ledger can tell is given to it.
 */
import { Decrypter } from 'age-encryption';
import { documentFault } from './kxp-reader-documents.ts';
import {
  agencies, asked, canonical, exactly, fieldsOf, hash, id, isHead, isInstant, isMonth, isText, isTotal, keyId, kinds, matches, object, record, repeated, rowOf, sha, shanghaiDay, verified,
  whole, Wrong, wrong, zeros, type J,
} from './kxp-reader-forms.ts';

/** What the receiver knows. */
export type Knows = {
  readonly agency: string;
  readonly county: string;
  readonly practice: boolean;
  /** Secret keys that open, `AGE-SECRET-KEY-1…`. */
  readonly identities: readonly string[];
  /** Enrolled cards. */
  readonly cards: readonly J[];
  readonly epoch: number;
  readonly lastSeq: number;
  readonly lastHash: string;
  /** Head of the sender's ledger seen last. */
  readonly headSeen: { readonly seq: number; readonly hash: string };
  /** Hash of the receiver's own entry; zeros for 0. */
  readonly ownHead: (seq: number) => string | null;
  /** Manifest hash sent under a number to the sender, with kind, id and totals; null when none was. */
  readonly sent: (seq: number) => { readonly hash: string; readonly kind: string } | null;
  readonly ackedSeq: number;
  /** Package ids received or sent before. */
  readonly ids: readonly string[];
  readonly packHashes: readonly string[];
};

export type Meaning = {
  readonly kind: string;
  readonly period: string | null;
  readonly docId: string;
  readonly packageId: string;
  /** Lines of every section as they stand, in order. */
  readonly lines: Readonly<Record<string, readonly string[]>>;
  readonly rows: Readonly<Record<string, readonly J[]>>;
  readonly manifest: J;
};
export type ReadPackage = { readonly ok: true; readonly meaning: Meaning } | { readonly ok: false; readonly why: string };

/** Reads a package file. */
export async function readKxp(bytes: Uint8Array, knows: Knows): Promise<ReadPackage> {
  try {
    return { ok: true, meaning: await read(bytes, knows) };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, why: error.message };
    throw error;
  }
}

/** Section 2, then the others in turn. */
async function read(bytes: Uint8Array, knows: Knows): Promise<Meaning> {
  asked(bytes.length <= 67_108_864 && bytes.length > 14, 'size');
  asked(Buffer.from(bytes.subarray(0, 10)).toString('hex') === '894b58500d0a1a0a0100', 'magic and version');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(10);
  asked(length >= 2 && length <= 16_384 && bytes.length > 82 + length, 'length of the header');
  const headerBytes = bytes.subarray(14, 14 + length);
  asked(Buffer.from(bytes.subarray(14 + length, 18 + length)).toString('hex') === '01010040', 'signature block');
  const signature = bytes.subarray(18 + length, 82 + length);
  const ciphertext = bytes.subarray(82 + length);
  const header = object(headerBytes, 16_384);
  headerFields(header);

  // Sections 7 S3 and 8: an enrolled key of the sender, good for this number.
  const card = knows.cards.find((one) => one['agency'] === header['from']) ?? wrong('no card of the sender');
  const key = keyFor(card, knows.agency, Number(header['epoch']), Number(header['seq'])) ?? wrong('no key for this number');
  asked(verified(String(key['publicKey']), 'header', headerBytes, signature), 'signature');
  asked(shanghaiDay(String(header['created_at'])) <= String(key['expiresOn']), 'expired key');
  const revoked = (card['revoked'] as J[]).find((one) => one['keyId'] === key['keyId']);
  asked(revoked === undefined || Number(header['seq']) <= Number((revoked['lastGoodSeq'] as J)[knows.agency] ?? 0), 'revoked key');
  // S4, S5, S6.
  asked(header['county'] === knows.county && header['to'] === knows.agency && header['from'] !== knows.agency, 'address');
  asked(header['practice'] === knows.practice && header['profile'] === 'std-1', 'practice and profile');
  asked(header['ct_bytes'] === ciphertext.length && header['ct_hash'] === sha(ciphertext), 'ciphertext');
  // S7.
  const plaintext = await opened(ciphertext, knows.identities);
  const size = plaintext.length < 4 ? 0 : new DataView(plaintext.buffer, plaintext.byteOffset).getUint32(0);
  asked(size >= 2 && size <= 1_048_576 && plaintext.length >= 4 + size, 'length of the manifest');
  const manifestBytes = plaintext.subarray(4, 4 + size);
  asked(sha(manifestBytes) === header['manifest_hash'], 'hash of the manifest');
  const manifest = object(manifestBytes, 1_048_576);
  manifestFields(manifest);
  for (const field of repeated) asked(canonical(manifest[field]) === canonical(header[field]), `repeated ${field}`);
  const kind = String(manifest['kind']);
  const form = kinds()[kind] ?? wrong('kind');
  asked(form.from.includes(String(header['from'])) && form.to.includes(knows.agency), 'arrow');
  if (kind === 'EPOCH_OPEN') asked(header['epoch'] === knows.epoch + 1 && header['seq'] === 1 && manifest['prev_manifest_hash'] === zeros, 'place of an opening');
  else placeAndAck(header, manifest, knows);
  countersigned(manifest, key, knows);
  const { lines, rows } = sectionsOf(kind, manifest, plaintext.subarray(4 + size), form.sections, kind === 'EPOCH_OPEN' ? null : knows.headSeen);
  const pack = manifest['policy_pack'] as J | null;
  asked(pack === null || knows.packHashes.includes(String(pack['hash'])), 'policy pack');
  asked(manifest['supersedes'] === null, 'supersedes what was never rejected');
  asked(!knows.ids.includes(String(header['pkg_id'])), 'repeated package id');
  const fault = documentFault({ kind, manifest, rows, card, to: knows.agency, sent: knows.sent });
  if (fault !== null) wrong(fault);
  return { kind, period: manifest['period'] as string | null, docId: String(manifest['doc_id']), packageId: String(header['pkg_id']), lines, rows, manifest };
}

function repeatedFields(of: J): void {
  asked(of['v'] === 1 && (of['profile'] === 'std-1' || of['profile'] === 'gm-1') && typeof of['practice'] === 'boolean' && matches(of['county'], /^[0-9]{6}$/), 'header');
  asked(agencies.includes(String(of['from'])) && agencies.includes(String(of['to'])), 'agencies');
  asked(whole(of['epoch'], 1, 1_000_000) && whole(of['seq'], 1, 1_000_000_000) && matches(of['pkg_id'], id) && matches(of['signer_key_id'], keyId), 'number and id');
  const keys = of['recipient_key_ids'];
  asked(Array.isArray(keys) && keys.length === 2 && keys.every((one) => matches(one, keyId)), 'recipients');
  asked(isInstant(of['created_at']), 'instant');
}

function headerFields(of: J): void {
  exactly(of, [...repeated, 'manifest_hash', 'ct_bytes', 'ct_hash']);
  repeatedFields(of);
  asked(matches(of['manifest_hash'], hash) && matches(of['ct_hash'], hash) && whole(of['ct_bytes'], 1, 67_108_864), 'hashes');
}

function manifestFields(of: J): void {
  exactly(of, [
    ...repeated, 'salt', 'schema_version', 'kind', 'period', 'prev_manifest_hash', 'ack', 'ledger_head', 'leaves_from', 'countersignature', 'supersedes', 'doc_id', 'doc_hash', 'policy_pack',
    'app_version', 'prepared_by', 'reviewed_by', 'approved_by', 'control', 'sections',
  ]);
  repeatedFields(of);
  asked(matches(of['salt'], id) && of['schema_version'] === 1 && (of['period'] === null || isMonth(of['period'])) && matches(of['prev_manifest_hash'], hash), 'manifest');
  const ack = record(of['ack'], ['peer_epoch', 'last_seq', 'last_manifest_hash', 'head_seen', 'proof']);
  asked(whole(ack['peer_epoch'], 1, 1_000_000) && whole(ack['last_seq'], 0, 1_000_000_000) && matches(ack['last_manifest_hash'], hash), 'ack');
  for (const head of [ack['head_seen'], of['ledger_head'], of['leaves_from']]) isHead(head);
  if (ack['proof'] !== null) {
    const proof = record(ack['proof'], ['header', 'signature']);
    headerFields(record(proof['header'], [...repeated, 'manifest_hash', 'ct_bytes', 'ct_hash']));
    asked(matches(proof['signature'], /^[0-9a-f]{128}$/), 'proof');
  }
  if (of['countersignature'] !== null) {
    const made = record(of['countersignature'], ['key_id', 'signature']);
    asked(matches(made['key_id'], keyId) && matches(made['signature'], /^[0-9a-f]{128}$/), 'countersignature');
  }
  asked(of['supersedes'] === null || matches(of['supersedes'], hash), 'supersedes');
  asked(isText(of['doc_id'], 1, 100) && matches(of['doc_hash'], hash) && isText(of['app_version'], 1, 40) && isText(of['prepared_by'], 1, 30), 'texts');
  for (const who of ['reviewed_by', 'approved_by']) asked(of[who] === null || isText(of[who], 0, 30), who);
  if (of['policy_pack'] !== null) {
    const pack = record(of['policy_pack'], ['id', 'version', 'hash']);
    asked(isText(pack['id'], 1, 40) && isText(pack['version'], 1, 40) && matches(pack['hash'], hash), 'policy pack');
  }
  const control = record(of['control'], ['rows', 'sum_fen', 'debit_fen', 'credit_fen', 'distinct_uscc']);
  asked(['sum_fen', 'debit_fen', 'credit_fen'].every((name) => isTotal(control[name])), 'control');
  asked(Array.isArray(of['sections']), 'sections');
}

/** 7 S6 and S8. */
function placeAndAck(header: J, manifest: J, knows: Knows): void {
  asked(header['epoch'] === knows.epoch && header['seq'] === knows.lastSeq + 1, 'place in the channel');
  asked(manifest['prev_manifest_hash'] === (header['seq'] === 1 ? zeros : knows.lastHash), 'package before');
  const ack = manifest['ack'] as J;
  const head = ack['head_seen'] as J;
  asked(knows.ownHead(Number(head['seq'])) === head['hash'], 'head seen');
  const last = Number(ack['last_seq']);
  asked(ack['peer_epoch'] === knows.epoch && last >= knows.ackedSeq, 'acknowledgement');
  asked(ack['last_manifest_hash'] === (last === 0 ? zeros : knows.sent(last)?.hash), 'acknowledged hash');
}

function countersigned(manifest: J, key: J, knows: Knows): void {
  const made = manifest['countersignature'] as J | null;
  const head = (manifest['ack'] as J)['head_seen'] as J;
  if (made === null) {
    asked(head['seq'] === 0, 'no countersignature');
    return;
  }
  asked(head['seq'] !== 0 && made['key_id'] === key['keyId'], 'countersigning key');
  const note = new TextEncoder().encode(canonical({ agency: knows.agency, county: knows.county, practice: knows.practice, seq: head['seq'], hash: head['hash'] }));
  asked(verified(String(key['publicKey']), 'checkpoint', note, Buffer.from(String(made['signature']), 'hex')), 'countersignature');
}

/** Section 8. */
function keyFor(card: J, to: string, epoch: number, seq: number): J | undefined {
  return (card['signing'] as J[]).findLast((key) => {
    const [from, begins] = [Number((key['validFromSeq'] as J)[to] ?? Infinity), Number((key['validFromEpoch'] as J | undefined)?.[to] ?? 1)];
    return begins < epoch ? Number.isFinite(from) : begins === epoch && from <= seq;
  });
}

/** Section 2, ciphertext: two stanzas of X25519. */
async function opened(ciphertext: Uint8Array, identities: readonly string[]): Promise<Uint8Array> {
  const head = Buffer.from(ciphertext.subarray(0, 4_096)).toString('latin1');
  asked(head.startsWith('age-encryption.org/v1\n'), 'age');
  const stanzas = head.slice(0, head.indexOf('\n---')).split('\n').filter((line) => line.startsWith('-> '));
  asked(stanzas.length === 2 && stanzas.every((line) => line.startsWith('-> X25519 ')), 'stanzas');
  const decrypter = new Decrypter();
  for (const identity of identities) decrypter.addIdentity(identity);
  try {
    return await decrypter.decrypt(ciphertext);
  } catch {
    return wrong('opening');
  }
}

type Lines = Readonly<Record<string, readonly string[]>>;

/** Section 5 and the leaves. @param seen null for an opening, whose leaves need not continue it (7.4) */
function sectionsOf(kind: string, manifest: J, body: Uint8Array, names: readonly string[], seen: Knows['headSeen'] | null): { readonly lines: Lines; readonly rows: Readonly<Record<string, readonly J[]>> } {
  const entries = manifest['sections'] as unknown[];
  asked(entries.length === names.length + 1, 'number of sections');
  let offset = 0;
  const parts = [...names, 'leaves'].map((name, index) => {
    const entry = record(entries[index], ['name', 'media', 'bytes', 'hash', 'rows', 'sum_fen']);
    asked(entry['name'] === name && entry['media'] === (name === 'leaves' ? 'application/octet-stream' : 'application/jsonl'), 'name of a section');
    asked(whole(entry['bytes'], 0, 67_108_864) && whole(entry['rows'], 0, 1_000_000_000) && isTotal(entry['sum_fen']), 'section entry');
    const part = body.subarray(offset, offset + Number(entry['bytes']));
    offset += Number(entry['bytes']);
    asked(offset <= body.length && sha(part) === entry['hash'], 'bytes of a section');
    return { name, entry, part };
  });
  asked(offset === body.length, 'bytes after the last section');
  asked(manifest['doc_hash'] === sha(canonical({ kind, period: manifest['period'], sections: parts.slice(0, -1).map(({ name, entry }) => ({ name, hash: entry['hash'] })) })), 'document hash');
  const leaves = parts.at(-1) ?? wrong('leaves');
  const [from, head] = [manifest['leaves_from'] as J, manifest['ledger_head'] as J];
  const count = Number(head['seq']) - Number(from['seq']);
  asked(leaves.part.length === count * 32 && leaves.entry['rows'] === count && leaves.entry['sum_fen'] === '0', 'leaves');
  asked(from['seq'] !== 0 || from['hash'] === zeros, 'leaves from');
  asked(seen === null || (Number(from['seq']) <= seen.seq && seen.seq <= Number(head['seq'])), 'heads around the one seen before');
  let chain = String(from['hash']);
  for (let at = 0; at <= count; at += 1) {
    if (seen !== null && Number(from['seq']) + at === seen.seq) asked(chain === seen.hash, 'head seen before');
    if (at < count) chain = sha(Buffer.concat([Buffer.from(chain, 'hex'), leaves.part.subarray(at * 32, at * 32 + 32)]));
  }
  asked(chain === head['hash'], 'head');

  const lines: Record<string, string[]> = {};
  const rows: Record<string, J[]> = {};
  const sums = new Map<string, bigint>();
  for (const { name, entry, part } of parts.slice(0, -1)) {
    const form = fieldsOf(name);
    const text = Buffer.from(part).toString('utf8');
    asked(text === '' || text.endsWith('\n'), 'last line');
    lines[name] = text.split('\n').slice(0, -1);
    rows[name] = lines[name].map((line) => rowOf(form, object(Buffer.from(line), 16_384)));
    asked(Buffer.from(part).equals(Buffer.from(lines[name].map((line) => `${line}\n`).join(''))), 'UTF-8 of a section');
    asked(rows[name].length === entry['rows'] && (!form.one || rows[name].length === 1), 'rows of a section');
    const keys = rows[name].map((row) => canonical(form.keys.map((field) => row[field])));
    asked(form.keys.length === 0 || new Set(keys).size === keys.length, 'key of a section');
    const sum = form.sum === null ? 0n : rows[name].reduce((total, row) => total + BigInt(String(row[form.sum ?? ''])), 0n);
    sums.set(name, sum);
    asked(sum.toString() === entry['sum_fen'], 'sum of a section');
  }
  const main = names.find((name) => fieldsOf(name).sum !== null && !fieldsOf(name).one) ?? names[0] ?? '';
  const control = manifest['control'] as J;
  const all = Object.values(rows).reduce((total, of) => total + of.length, 0);
  const taxpayers = new Set((rows[main] ?? []).flatMap((row) => (typeof row['uscc'] === 'string' ? [row['uscc']] : []))).size;
  asked(control['rows'] === all && control['sum_fen'] === (sums.get(main) ?? 0n).toString() && control['distinct_uscc'] === taxpayers, 'control');
  asked(control['debit_fen'] === '0' && control['credit_fen'] === '0' && all <= 200_000, 'control of accounts');
  return { lines, rows };
}
