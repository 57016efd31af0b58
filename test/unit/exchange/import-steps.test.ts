/** Mutants written layer by layer and signed again, each with the one answer it must get. Rows stand in the order of the checks. */
import { expect, test } from 'vitest';
import { examinePackage, type Examined } from '../../../electron/exchange/import-steps.ts';
import { concat, forge, headAfter, monthlyRefund, monthlyTotals, party, sealTo, sha256, u32, utf8, zeros, type Json, type Letter, type Mutation } from '../../support/exchange-packages.ts';
import { importTerms, type Standing } from '../../support/exchange-terms.ts';
import { epochOpen } from '../../support/sample-documents.ts';

const tax = party('tax');
const finance = party('finance');
const treasury = party('treasury');
const stranger = party('tax', { seed: 'stranger' });
const all = [tax, finance, treasury];
const letter: Letter = { from: tax, to: finance };

async function outcome(mutation: Mutation = {}, given: Partial<Letter> = {}, standing: Standing = {}): Promise<string> {
  const { bytes } = await forge({ ...letter, ...given }, mutation);
  return named(await examinePackage(bytes, importTerms(finance, all, standing)));
}

function named(examined: Examined): string {
  switch (examined.kind) {
    case 'refused':
    case 'contradiction':
      return `${examined.kind} ${examined.stage} ${examined.code}`;
    case 'rejected':
      return `rejected ${examined.package.stage} ${examined.package.code}`;
    default:
      return examined.kind;
  }
}

const set = (key: string, value: unknown) => (object: Json): void => {
  object[key] = value;
};
const flip = (bytes: Uint8Array, index: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[index] = (copy[index] ?? 0) ^ 1;
  return copy;
};
const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

type Case = readonly [name: string, mutation: Mutation, expected: string, letter?: Partial<Letter>, standing?: Standing];

const cases: readonly Case[] = [
  ['takes a package that nobody has touched', {}, 'sound'],

  // S1, S2: the frame and the header.
  ['refuses another magic', { file: (bytes) => flip(bytes, 0) }, 'refused S1 NOT_A_PACKAGE'],
  ['refuses a newer major version', { file: (bytes) => setAt(bytes, 8, 2) }, 'refused S1 NEWER_PACKAGE_FORMAT'],
  ['refuses a newer minor version', { file: (bytes) => setAt(bytes, 9, 1) }, 'refused S1 NEWER_PACKAGE_FORMAT'],
  ['refuses a header length of zero', { file: (bytes) => concat(bytes.subarray(0, 10), u32(0), bytes.subarray(14)) }, 'refused S1 HEADER_DAMAGED'],
  ['refuses a header length over the limit', { file: (bytes) => concat(bytes.subarray(0, 10), u32(16_385), bytes.subarray(14)) }, 'refused S1 HEADER_DAMAGED'],
  ['refuses a header length of 2^32-1', { file: (bytes) => concat(bytes.subarray(0, 10), u32(0xffffffff), bytes.subarray(14)) }, 'refused S1 HEADER_DAMAGED'],
  ['refuses a header length beyond the file', { file: (bytes) => concat(bytes.subarray(0, 10), u32(16_384), bytes.subarray(14)) }, 'refused S1 NOT_A_PACKAGE'],
  ['refuses two signatures', { file: (bytes) => setAt(bytes, signatureAt(bytes), 2) }, 'refused S1 HEADER_DAMAGED'],
  ['refuses the algorithm byte of SM2', { file: (bytes) => setAt(bytes, signatureAt(bytes) + 1, 2) }, 'refused S1 PROFILE_MISMATCH'],
  ['refuses an unknown algorithm byte', { file: (bytes) => setAt(bytes, signatureAt(bytes) + 1, 9) }, 'refused S1 PROFILE_MISMATCH'],
  ['refuses a signature of another length', { file: (bytes) => setAt(bytes, signatureAt(bytes) + 3, 63) }, 'refused S1 HEADER_DAMAGED'],
  ['refuses a header with spaces', { headerText: (json) => json.replace('{', '{ ') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with a repeated key', { headerText: (json) => json.replace('"v":1', '"v":1,"v":1') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with a byte order mark', { headerText: (json) => `\ufeff${json}` }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with an exponent', { headerText: (json) => json.replace('"seq":1', '"seq":1e0') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with minus zero', { headerText: (json) => json.replace('"v":1', '"v":-0') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with a needless escape', { headerText: (json) => json.replace('"tax"', '"\\u0074ax"') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with a __proto__ key', { headerText: (json) => json.replace('{', '{"__proto__":1,') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header nested 8,000 deep', { headerText: () => deep(8_000) }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header with an unknown field', { header: set('note', 'x') }, 'refused S2 HEADER_DAMAGED'],
  ['refuses a header without a field', { header: (header) => delete header['epoch'] }, 'refused S2 HEADER_DAMAGED'],
  ['refuses number 0', { header: set('seq', 0) }, 'refused S2 HEADER_DAMAGED'],

  // S3: the signature.
  ['refuses an altered signature', { signature: (bytes) => flip(bytes, 0) }, 'refused S3 SIGNATURE_INVALID'],
  ['refuses a stranger, whatever key it names', { signWith: stranger.signing }, 'refused S3 SIGNATURE_INVALID'],
  ['refuses a stranger by its own name', { signWith: stranger.signing, header: set('signer_key_id', stranger.file.card.signing[0]?.keyId) }, 'refused S3 UNKNOWN_KEY'],
  ['refuses a package that a third agency signed', { signWith: treasury.signing }, 'refused S3 SIGNATURE_INVALID'],
  ['verifies whatever key the hint names, and finds the manifest different', { header: set('signer_key_id', treasury.file.card.signing[0]?.keyId) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a key after its last day', { header: set('created_at', '2023-01-02T00:00:00.000Z') }, 'refused S3 KEY_RETIRED'],

  // S4: the address. The office's own package is named as such before "wrong recipient".
  ['refuses another county', { header: set('county', '211381') }, 'refused S4 WRONG_COUNTY'],
  ["refuses the office's own package", { signWith: finance.signing }, 'refused S4 OWN_PACKAGE', { from: finance, to: tax, kind: 'RECEIPT' }],
  ['refuses a package for another agency', {}, 'refused S4 WRONG_RECIPIENT', { to: treasury }],
  ['refuses practice data in a real office', { header: set('practice', true) }, 'refused S4 PRACTICE_MIXED'],
  ['refuses the SM profile', { header: set('profile', 'gm-1') }, 'refused S4 PROFILE_MISMATCH'],

  // S5: the ciphertext.
  ['refuses a ciphertext that is one byte short', { file: (bytes) => bytes.subarray(0, -1) }, 'refused S5 CIPHERTEXT_DAMAGED'],
  ['refuses a ciphertext with a byte behind it', { file: (bytes) => concat(bytes, Uint8Array.of(0)) }, 'refused S5 CIPHERTEXT_DAMAGED'],
  ['refuses an altered ciphertext', { file: (bytes) => flip(bytes, bytes.length - 1) }, 'refused S5 CIPHERTEXT_DAMAGED'],

  // S7: opening.
  ['refuses one recipient', { seal: (plain) => sealTo(plain, [finance.recipient]) }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses three recipients', { seal: (plain) => sealTo(plain, [finance.recipient, tax.recipient, treasury.recipient]) }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses two recipients of whom none is this office', { seal: (plain) => sealTo(plain, [treasury.recipient, tax.recipient]) }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses a sealing that is no age file', { ciphertext: () => utf8('age-encryption.org/v2\n') }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses an age file without its last bytes', { ciphertext: (bytes) => bytes.subarray(0, -1) }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses an age file with an altered last chunk', { ciphertext: (bytes) => flip(bytes, bytes.length - 20) }, 'refused S7 CANNOT_DECRYPT'],
  ['refuses an age file with an altered stanza', { ciphertext: (bytes) => flip(bytes, 40) }, 'refused S7 CANNOT_DECRYPT'],

  // S8: the manifest.
  ['refuses a manifest length of zero', { plaintext: (bytes) => concat(u32(0), bytes.subarray(4)) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a manifest length of 2^32-1', { plaintext: (bytes) => concat(u32(0xffffffff), bytes.subarray(4)) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a manifest length over the limit', { plaintext: (bytes) => concat(u32(1_048_577), bytes.subarray(4)) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses an empty plaintext', { plaintext: () => new Uint8Array() }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses another manifest hash in the header', { header: set('manifest_hash', zeros) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a manifest with a repeated key', { manifestText: (json) => json.replace('"v":1', '"v":1,"v":1') }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a manifest with an unknown field', { manifest: set('note', 'x') }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a manifest nested too deep', { manifestText: (json) => json.replace('"period":"2022-04"', `"period":${deep(9)}`) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses 65 sections', { manifest: (manifest) => (manifest['sections'] = Array.from({ length: 65 }, () => (manifest['sections'] as Json[])[0])) }, 'refused S8 MANIFEST_DIFFERS'],
  ['refuses a kind that nobody knows', { manifest: set('kind', 'TREASURE_MAP') }, 'refused S8 NEWER_PACKAGE_FORMAT'],
  ['refuses a newer schema of a known kind', { manifest: set('schema_version', 2) }, 'refused S8 NEWER_PACKAGE_FORMAT'],
  ['refuses a kind that its sender may not send', { manifest: set('kind', 'REFUND_RECEIPT') }, 'refused S8 SENDER_NOT_ALLOWED'],
  ['refuses a kind of a later version by name', { manifest: set('kind', 'PROBLEM') }, 'refused S8 KIND_NOT_AVAILABLE'],
  ['freezes when the package before it was another', { manifest: set('prev_manifest_hash', sha256('other')) }, 'contradiction S8 CHAIN_BROKEN'],
  [
    'freezes when the sender has seen a ledger of ours that we do not have',
    { manifest: (manifest) => ((manifest['ack'] as Json)['head_seen'] = { seq: 5, hash: sha256('head') }) },
    'contradiction S8 OWN_LEDGER_OLDER',
  ],
  ['freezes when a number that was never sent is acknowledged', { manifest: (manifest) => ((manifest['ack'] as Json)['last_seq'] = 3) }, 'contradiction S8 ACK_NEVER_SENT'],
  ['freezes when an acknowledgement goes back', {}, 'contradiction S8 ACK_WENT_BACK', {}, { sent: ['a'.repeat(64)], acked: 1 }],
  [
    'freezes when another package is acknowledged under our number',
    { manifest: (manifest) => Object.assign(manifest['ack'] as Json, { last_seq: 1, last_manifest_hash: 'b'.repeat(64) }) },
    'contradiction S8 ACK_WENT_BACK',
    {},
    { sent: ['a'.repeat(64)] },
  ],
  ['refuses a countersignature of nothing', { manifest: set('countersignature', { key_id: tax.file.card.signing[0]?.keyId, signature: '0'.repeat(128) }) }, 'refused S8 MANIFEST_DIFFERS'],

  // S9: sections. From here on the number is used up.
  ['rejects a section with another hash', { manifest: (manifest) => Object.assign(sectionAt(manifest, 0), { hash: zeros }) }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects a section that is one byte longer than stated', { manifest: (manifest) => { addTo(sectionAt(manifest, 0), 'bytes', -1); } }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects a section that is one byte shorter than stated', { manifest: (manifest) => { addTo(sectionAt(manifest, 0), 'bytes', 1); } }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects sections in another order', { sections: ([a, b, ...rest]) => (a === undefined || b === undefined ? rest : [b, a, ...rest]) }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects a repeated section', { sections: ([a, ...rest]) => (a === undefined ? rest : [a, a, ...rest]) }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects a missing section', { sections: ([, ...rest]) => rest }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects bytes behind the last section', { plaintext: (bytes) => concat(bytes, Uint8Array.of(10)) }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects a document hash that is not of these sections', { manifest: set('doc_hash', sha256('other')) }, 'rejected S9 SECTION_DIFFERS'],
  ['rejects fewer leaves than the head needs', { manifest: set('ledger_head', { seq: 2, hash: sha256('head') }) }, 'rejected S9 SECTION_DIFFERS'],
  ['freezes when the ledger shown does not contain the one seen before', {}, 'contradiction S9 PEER_HISTORY_DIFFERS', {}, { incoming: { headSeen: { seq: 4, hash: sha256('seen') } } }],

  // S10: rows and totals.
  ['rejects a row count that is one off', { manifest: (manifest) => { addTo(sectionAt(manifest, 1), 'rows', 1); } }, 'rejected S10 TOTALS_DIFFER'],
  ['rejects a section total that is one fen off', { manifest: (manifest) => Object.assign(sectionAt(manifest, 1), { sum_fen: '10001' }) }, 'rejected S10 TOTALS_DIFFER'],
  ['rejects control rows that are one off', { manifest: (manifest) => { addTo(manifest['control'], 'rows', 1); } }, 'rejected S10 TOTALS_DIFFER'],
  ['rejects a control total that is one fen off', { manifest: (manifest) => Object.assign(manifest['control'] as Json, { sum_fen: '1' }) }, 'rejected S10 TOTALS_DIFFER'],
  ['rejects a wrong number of taxpayers', { manifest: (manifest) => { addTo(manifest['control'], 'distinct_uscc', 5); } }, 'rejected S10 TOTALS_DIFFER'],
  ['rejects a wrong check character', {}, 'rejected S10 USCC_INVALID', rowsWith({ uscc: '91211382MA0000015E' })],
  ['rejects lower case in a code', {}, 'rejected S10 USCC_INVALID', rowsWith({ uscc: '91211382ma0000015d' })],
  ['rejects an unknown field', {}, 'rejected S10 ROW_INVALID', rowsWith({ colour: 'red' })],
  ['rejects month 13', {}, 'rejected S10 ROW_INVALID', rowsWith({ filingPeriod: '2022-13' })],
  ['rejects 30 February', {}, 'rejected S10 ROW_INVALID', rowsWith({ paidOn: '2022-02-30' })],
  ['rejects a control character in a name', {}, 'rejected S10 ROW_INVALID', rowsWith({ name: '甲\u202e公司' })],
  ['rejects a name of 201 characters', {}, 'rejected S10 ROW_INVALID', rowsWith({ name: '甲'.repeat(201) })],
  ['rejects parts that do not sum to the amount', {}, 'rejected S10 ROW_INVALID', rowsWith({ incrementalFen: '1' })],
  ['rejects the same voucher twice', {}, 'rejected S10 ROW_INVALID', { rows: { totals: [monthlyTotals], refunds: [monthlyRefund, monthlyRefund] } }],
  ['rejects bytes that are no UTF-8', { sections: replaceRefunds((bytes) => concat(bytes.subarray(0, 10), Uint8Array.of(0xff), bytes.subarray(10))) }, 'rejected S10 NOT_UTF8'],
  ['rejects a line that is not canonical', { sections: replaceRefunds((bytes) => utf8(new TextDecoder().decode(bytes).replace('{', '{ '))) }, 'rejected S10 ROW_INVALID'],
  ['rejects a line without its line feed', { sections: replaceRefunds((bytes) => bytes.subarray(0, -1)) }, 'rejected S10 ROW_INVALID'],
  ['rejects a line over 16 KiB', { sections: replaceRefunds(() => utf8(`{"note":"${'甲'.repeat(6000)}"}\n`)) }, 'rejected S10 ROW_INVALID'],
  ['rejects a document that was accepted before', {}, 'rejected S10 DUPLICATE_DOCUMENT', {}, { terms: { acceptedDocument: () => 1 } }],
  ['rejects a correction of a package that was not rejected', { manifest: set('supersedes', sha256('accepted')) }, 'rejected S10 SUPERSEDES_REFUSED'],
  [
    'rejects a list judged by another policy pack',
    { manifest: set('policy_pack', { id: 'mof-sta-2022-14', version: '2022-04', hash: sha256('theirs') }) },
    'rejected S10 POLICY_PACK_DIFFERS',
    {},
    { terms: { packHashes: () => [sha256('ours')] } },
  ],
];

for (const [name, mutation, expected, given, standing] of cases) {
  test(name, async () => {
    expect(await outcome(mutation, given, standing)).toBe(expected);
  });
}

const repeatedFields: readonly (readonly [string, unknown])[] = [
  ['v', 2], ['profile', 'gm-1'], ['practice', true], ['county', '211381'], ['from', 'treasury'], ['to', 'treasury'], ['epoch', 2], ['seq', 2],
  ['pkg_id', 'f'.repeat(32)], ['signer_key_id', 'f'.repeat(16)], ['recipient_key_ids', ['f'.repeat(16), 'f'.repeat(16)]], ['created_at', '2022-05-05T01:00:00.001Z'],
];

test.each(repeatedFields)('refuses a manifest whose %s is not the header’s', async (field, value) => {
  expect(await outcome({ manifest: set(field, value) })).toBe('refused S8 MANIFEST_DIFFERS');
});

test.each(['', ' 100', '+5', '00', '-0', '1e3', '0x10', '1.00', '１２', 'NaN', '-1', '1000000000000000', '100\n'])('rejects the amount %j at its line', async (amount) => {
  const { bytes } = await forge({ ...letter, ...rowsWith({ amountFen: amount }) });
  const examined = await examinePackage(bytes, importTerms(finance, all));
  expect(examined).toMatchObject({ kind: 'rejected', package: { code: 'AMOUNT_FORMAT', params: { line: 1, field: '退税额' } } });
});

test('collects the faults of all rows, keeps the first 1,000 and counts the others', async () => {
  const refunds = Array.from({ length: 1_200 }, (_, index) => ({ ...monthlyRefund, voucherNo: String(index).padStart(8, '0'), amountFen: 'x' }));
  const { bytes } = await forge({ ...letter, rows: { totals: [monthlyTotals], refunds } });
  const examined = await examinePackage(bytes, importTerms(finance, all));
  expect(examined.kind === 'rejected' ? [examined.package.faults.length, examined.package.faultsTotal] : examined).toEqual([1_000, 1_200]);
});

test('never tells more of a rejected value than its first and last character', async () => {
  const { bytes } = await forge({ ...letter, ...rowsWith({ name: `凌源\u0000甲有限公司` }) });
  const examined = await examinePackage(bytes, importTerms(finance, all));
  expect(examined.kind === 'rejected' ? examined.package.faults[0]?.seen : examined).toBe('凌*7*司');
});

test('sums beyond 2^53 stay exact', async () => {
  const refunds = Array.from({ length: 90 }, (_, index) => ({ ...monthlyRefund, voucherNo: String(index).padStart(8, '0'), existingFen: '999999999999999', amountFen: '999999999999999' }));
  const { bytes } = await forge({ ...letter, rows: { totals: [monthlyTotals], refunds } });
  const examined = await examinePackage(bytes, importTerms(finance, all));
  expect(examined.kind).toBe('sound');
});

test('a total beyond 2^63 cannot be stated, and is not recorded either', async () => {
  const refunds = Array.from({ length: 10_000 }, (_, index) => ({ ...monthlyRefund, voucherNo: String(index).padStart(8, '0'), existingFen: '999999999999999', amountFen: '999999999999999' }));
  const { bytes } = await forge({ ...letter, rows: { totals: [monthlyTotals], refunds } }, { manifest: (manifest) => Object.assign(sectionAt(manifest, 1), { sum_fen: '9223372036854775807' }) });
  const examined = await examinePackage(bytes, importTerms(finance, all));
  expect(examined).toMatchObject({ kind: 'rejected', package: { code: 'TOTALS_DIFFER' } });
  const cumulative = Array.from({ length: 5 }, (_, index) => ({ ...monthlyTotals, size: ['micro', 'small', 'medium', 'large', 'undetermined'][index], cumulativeFen: '999999999999999' }));
  const report = await forge({ ...letter, rows: { totals: cumulative, refunds: [] } });
  expect(await examinePackage(report.bytes, importTerms(finance, all))).toMatchObject({ kind: 'sound' });
});

const grown = ['11', '22', '33', '44'].map((byte) => byte.repeat(32));
const reached = (count: number): Json => headAfter(grown.slice(0, count));
const otherHead = (seq: number): Json => ({ seq, hash: sha256('other') });

test.each<readonly [name: string, from: Json, leaves: readonly string[], head: Json, seen: { readonly seq: number; readonly hash: string }, expected: unknown]>([
  ['从零出示全部账本', reached(0), grown, reached(4), headAfter([]), { head: reached(4), continues: true }],
  ['经过本单位见过的账本末号', reached(1), grown.slice(1), reached(4), headAfter(grown.slice(0, 2)), { head: reached(4), continues: true }],
  ['没有新分录', reached(4), [], reached(4), headAfter(grown), { head: reached(4), continues: true }],
  ['对方恢复了旧账本，末号低于见过的', reached(1), grown.slice(1, 2), reached(2), headAfter(grown), { head: reached(2), continues: false }],
  ['本单位恢复了旧账本，不知起点', reached(3), grown.slice(3), reached(4), headAfter(grown.slice(0, 2)), { head: reached(4), continues: false }],
  ['账本历史与见过的不同', reached(0), grown, reached(4), { seq: 2, hash: sha256('other') }, { head: reached(4), continues: false }],
  ['起点与见过的不同', reached(2), grown.slice(2), reached(4), { seq: 2, hash: sha256('other') }, { head: reached(4), continues: false }],
  ['叶摘要到不了所写的末号', reached(0), grown, otherHead(4), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['叶摘要到不了所写的末号，起点在见过的末号', reached(2), grown.slice(2), otherHead(4), headAfter(grown.slice(0, 2)), 'refused S9 EPOCH_DIFFERS'],
  ['一条叶摘要被改', reached(0), [...grown.slice(0, 3), '55'.repeat(32)], reached(4), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['两条叶摘要对调', reached(2), grown.slice(2).reverse(), reached(4), headAfter(grown), 'refused S9 EPOCH_DIFFERS'],
  ['起点的摘要被改', otherHead(2), grown.slice(2), reached(4), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['零号起点不是零', otherHead(0), [], otherHead(0), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['没有叶摘要而末号另写', reached(2), [], otherHead(2), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['叶摘要少一条', reached(0), grown.slice(0, 3), reached(4), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
  ['末号在起点之前', reached(4), [], reached(2), headAfter([]), 'refused S9 EPOCH_DIFFERS'],
])('C3 开期文件的叶摘要须从起点恰好接到账本末号，是否接续只告诉经办人：%s', async (_name, from, leaves, head, headSeen, expected) => {
  const opening = epochOpen({ seq: 1, manifestHash: sha256('sent'), kind: 'KEYCARD', period: null, docId: 'KEYCARD/1', docHash: sha256('document'), rows: 1, sumFen: '0', verdict: 'ACCEPTED' },
    { from: 'tax', to: 'finance', practice: false }, () => '0'.repeat(128));
  const { bytes } = await forge({ ...letter, ...opening, leaves, manifest: { ...opening.manifest, leaves_from: from, ledger_head: head } });
  const examined = await examinePackage(bytes, importTerms(finance, all, { incoming: { headSeen } }));
  expect(examined.kind === 'sound' ? { head: examined.package.head, continues: examined.package.continues } : named(examined)).toEqual(expected);
});

test('places of a channel: next, again, fork, gap, frozen, another epoch', async () => {
  const first = await forge(letter);
  const second = await forge({ ...letter, seq: 2, prev: first.manifestHash, docId: 'second' });
  const other = await forge({ ...letter, docId: 'other' });
  const ask = async (bytes: Uint8Array, standing: Standing): Promise<string> => named(await examinePackage(bytes, importTerms(finance, all, standing)));
  const rewrapped = await forge(letter); // the same manifest, sealed and signed anew
  expect(rewrapped.bytes).not.toEqual(first.bytes);
  expect(await ask(second.bytes, { received: [first.manifestHash] })).toBe('sound');
  expect(await ask(first.bytes, { received: [first.manifestHash] })).toBe('duplicate');
  expect(await ask(rewrapped.bytes, { received: [first.manifestHash] })).toBe('duplicate');
  expect(await ask(other.bytes, { received: [first.manifestHash] })).toBe('contradiction S6 PACKAGE_FORK');
  expect(await ask(second.bytes, {})).toBe('held');
  expect(await ask(second.bytes, { held: { 2: 'f'.repeat(64) } })).toBe('contradiction S6 PACKAGE_FORK');
  expect(await ask(second.bytes, { incoming: { frozen: { at: '2022-05-01T00:00:00.000Z', code: 'PACKAGE_FORK' } } })).toBe('refused S6 CHANNEL_FROZEN');
  expect(await ask(first.bytes, { incoming: { epoch: 2 } })).toBe('refused S6 EPOCH_ENDED');
  const full = Object.fromEntries(Array.from({ length: 64 }, (_, index) => [index + 3, 'f'.repeat(64)]));
  expect(await ask(second.bytes, { held: full })).toBe('refused S6 HELD_FULL');
});

test('a ciphertext of one package under the header of another is found, also when the header is signed again', async () => {
  const other = await forge({ ...letter, docId: 'other' });
  expect(await outcome({ swapCiphertext: other.ciphertext })).toBe('refused S5 CIPHERTEXT_DAMAGED');
  expect(await outcome({ ciphertext: () => other.ciphertext })).toBe('refused S8 MANIFEST_DIFFERS');
});

function rowsWith(change: Json): Partial<Letter> {
  return { rows: { totals: [monthlyTotals], refunds: [{ ...monthlyRefund, ...change }] } };
}

function replaceRefunds(change: (bytes: Uint8Array) => Uint8Array): NonNullable<Mutation['sections']> {
  return (sections) => sections.map((section) => (section.name === 'refunds' ? { ...section, bytes: change(section.bytes) } : section));
}

function sectionAt(manifest: Json, index: number): Json {
  return (manifest['sections'] as Json[])[index] ?? {};
}

function addTo(object: unknown, key: string, by: number): void {
  const record = object as Json;
  record[key] = Number(record[key]) + by;
}

function signatureAt(bytes: Uint8Array): number {
  return 14 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(10);
}

function setAt(bytes: Uint8Array, index: number, value: number): Uint8Array {
  return Uint8Array.from(bytes, (byte, at) => (at === index ? value : byte));
}
