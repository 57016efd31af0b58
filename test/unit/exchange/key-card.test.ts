/** Enrolling key cards: one row a case, in the order of the checks. */
import { expect, test } from 'vitest';
import type { KeyCard, KeyCardFile } from '../../../shared/exchange/key-card.ts';
import {
  cardFingerprint, cardHash, checkCardFile, judgeEnrolment, judgeFingerprint, readCardFile, signCard, writeCardFile, type Enrolment,
} from '../../../electron/exchange/key-card.ts';
import { encryptionEntry, nextCard, signingEntry } from '../../../electron/exchange/new-card.ts';
import { publicKeyOf } from '../../../electron/exchange/signature.ts';
import { retirement } from '../../../electron/exchange/trust.ts';
import { hexOf, seededRandom } from '../../../electron/platform/hash.ts';
import type { CivilDate, Instant } from '../../../shared/kernel/civil-date.ts';
import { party, text, utf8 } from '../../support/exchange-packages.ts';

const tax = party('tax');
const finance = party('finance');
const treasury = party('treasury');
const random = seededRandom('cards');
const own = { agency: 'finance', county: '211382', practice: false } as const;
const today = '2022-06-01' as CivilDate;

const first: Enrolment = { own, known: [finance.file.card, treasury.file.card], standing: null };
const later: Enrolment = { own, known: [finance.file.card, tax.file.card], standing: tax.file.card };

function second(change: Partial<KeyCard> = {}): KeyCard {
  const signing = signingEntry(random(32), 'tax', { lastSent: { finance: 4 }, epochs: {}, firstAfterLast: 2, today });
  return { ...nextCard(tax.file.card, { today, rootKey: tax.file.card.rootKey, signing: [signing], encryption: [encryptionEntry(random(32))], revoked: [] }), ...change };
}

const newRoot = random(32);
const withNewRoot = second({ rootKey: hexOf(publicKeyOf(newRoot)) });
const skipped = nextCard(second(), { today, rootKey: tax.file.card.rootKey, signing: [], encryption: [], revoked: [] });

test.each<readonly [string, KeyCardFile, Enrolment, boolean, string | null]>([
  ['a first card with the ceremony', tax.file, first, true, null],
  ['a practice card in a real office', party('tax', { practice: true }).file, first, true, 'PRACTICE_CARD'],
  ['a real card in a practice office', tax.file, { ...first, own: { ...own, practice: true } }, true, 'PRACTICE_CARD'],
  ['a card of another county', party('tax', { county: '211381' }).file, first, true, 'KEY_CARD_COUNTY'],
  ['the office’s own card', finance.file, first, true, 'KEY_CARD_OWN'],
  ['keys that another agency uses', signCard({ ...tax.file.card, signing: treasury.file.card.signing }, tax.root, null), first, true, 'KEY_IN_USE'],
  ['the next version, in a package', signCard(second(), tax.root, null), later, false, null],
  ['the same version again', tax.file, later, true, 'KEY_CARD_OLD'],
  ['an older version after a newer one', tax.file, { ...later, standing: second() }, true, 'KEY_CARD_OLD'],
  ['a new root signed by the new root only', signCard(withNewRoot, newRoot, null), later, true, 'ROOT_NOT_COUNTERSIGNED'],
  ['a new root countersigned by a stranger', signCard(withNewRoot, newRoot, random(32)), later, true, 'ROOT_NOT_COUNTERSIGNED'],
  ['a new root signed by old and new', signCard(withNewRoot, newRoot, tax.root), later, false, null],
  ['a version too far, in a package', signCard(skipped, tax.root, null), later, false, 'KEY_CARD_CHAIN'],
  ['a version too far, with the ceremony', signCard(skipped, tax.root, null), later, true, null],
  ['a next version that quotes another card', signCard(second({ prevCardHash: 'a'.repeat(64) }), tax.root, null), later, false, 'KEY_CARD_CHAIN'],
])('%s', (_name, file, enrolment, ceremony, expected) => {
  expect(judgeEnrolment(file, enrolment, ceremony)?.code ?? null).toBe(expected);
});

const damaged = (change: (card: Record<string, unknown>) => void): KeyCardFile => {
  const card = structuredClone(tax.file.card) as unknown as Record<string, unknown>;
  change(card);
  return signCard(card as unknown as KeyCard, tax.root, null);
};

test.each<readonly [string, unknown, string | null]>([
  ['a card as it was made', tax.file, null],
  ['a card whose signature is another’s', { ...tax.file, rootSignature: finance.file.rootSignature }, 'KEY_CARD_SIGNATURE'],
  ['a card with a changed date', { ...tax.file, card: { ...tax.file.card, issuedOn: '2022-01-02' } }, 'KEY_CARD_SIGNATURE'],
  ['a card with an unknown field', { ...tax.file, note: 'x' }, 'KEY_CARD_DAMAGED'],
  ['a card without keys', damaged((card) => (card['signing'] = [])), 'KEY_CARD_DAMAGED'],
  ['a root of small order', damaged((card) => (card['rootKey'] = `01${'0'.repeat(62)}`)), 'KEY_WEAK'],
  ['a signing key of small order', damaged((card) => (card['signing'] = [{ ...tax.file.card.signing[0], publicKey: '0'.repeat(64) }])), 'KEY_WEAK'],
  ['a key id that is not of its key', damaged((card) => (card['signing'] = [{ ...tax.file.card.signing[0], keyId: '0'.repeat(16) }])), 'KEY_WEAK'],
  ['the root used for signing too', damaged((card) => (card['rootKey'] = tax.file.card.signing[0]?.publicKey)), 'KEY_WEAK'],
  ['a recipient with a wrong letter', damaged((card) => (card['encryption'] = [{ ...tax.file.card.encryption[0], recipient: `age1${'q'.repeat(58)}` }])), 'KEY_WEAK'],
])('%s', (_name, file, expected) => {
  const reading = checkCardFile(file);
  expect(reading.ok ? null : reading.code).toBe(expected);
});

test('a card file is canonical JSON and nothing else', () => {
  const bytes = writeCardFile(tax.file);
  expect(readCardFile(bytes)).toEqual({ ok: true, file: tax.file });
  for (const other of [`${text(tax.file)}\n`, JSON.stringify(tax.file, null, 1), '', 'x'.repeat(70_000)]) {
    const reading = readCardFile(utf8(other));
    expect(reading.ok ? null : reading.code).toBe('KEY_CARD_DAMAGED');
  }
});

test('the fingerprint covers every field of the card', () => {
  const { card } = tax.file;
  const changed: readonly Partial<KeyCard>[] = [{ name: 'x' }, { version: 2 }, { practice: true }, { county: '211381' }, { revoked: [{ keyId: '0'.repeat(16), lastGoodSeq: {}, reason: 'x' }] }];
  const prints = new Set([card, ...changed.map((change) => ({ ...card, ...change }))].map(cardFingerprint));
  expect(prints.size).toBe(changed.length + 1);
  expect(judgeFingerprint(card, cardFingerprint(card).toLowerCase())).toBeNull();
  expect(judgeFingerprint(card, cardFingerprint({ ...card, version: 2 }))?.code).toBe('FINGERPRINT_WRONG');
  expect(judgeFingerprint(card, 'x')?.code).toBe('FINGERPRINT_FORMAT');
  const groups = cardFingerprint(card).split('-');
  const slipped = groups.map((group, index) => (index === 2 ? `${group.slice(0, 3)}${group.endsWith('7') ? '8' : '7'}` : group)).join(' ');
  expect(judgeFingerprint(card, slipped)).toEqual({ code: 'FINGERPRINT_WRONG', params: { groups: '第 3 组' } });
});

// Number 5 carries the card, number 6 is the first that the new key signs.
const rotated = second();
const [oldKey, newKey] = rotated.signing;
const revokedOld: KeyCard = { ...rotated, revoked: [{ keyId: oldKey?.keyId ?? '', lastGoodSeq: { finance: 2 }, reason: '遗失' }] };

test.each<readonly [string, Partial<KeyCard>, number, number, string | null]>([
  ['the newest key is good from number 1 of a later epoch', {}, 2, 1, null],
  ['a key changed in the second epoch counts its numbers there', { signing: [oldKey, { ...newKey, validFromEpoch: { finance: 2 } }].filter((key) => key !== undefined) as KeyCard['signing'] }, 1, 9, '尚未启用'],
  ['and is good from its number there', { signing: [oldKey, { ...newKey, validFromEpoch: { finance: 2 } }].filter((key) => key !== undefined) as KeyCard['signing'] }, 2, 6, null],
  ['a revoked key is not good again because numbers begin again', { revoked: [{ keyId: newKey?.keyId ?? '', lastGoodSeq: { finance: 9 }, reason: '遗失' }] }, 2, 1, '已撤销：遗失'],
])('C3 %s', (_name, change, epoch, seq, expected) => {
  if (newKey === undefined) throw new Error('the card has two keys');
  const card = { ...rotated, ...change };
  const key = card.signing.at(-1) ?? newKey;
  expect(retirement(card, key, { to: 'finance', epoch, seq, created_at: '2022-06-01T00:00:00.000Z' as Instant })).toBe(expected);
});

test.each<readonly [string, KeyCard, typeof oldKey, number, string, string | null]>([
  ['the old key before the change', rotated, oldKey, 5, '2022-06-01T00:00:00.000Z', null],
  ['the old key after the change', rotated, oldKey, 6, '2022-06-01T00:00:00.000Z', '已更换'],
  ['the new key before its number', rotated, newKey, 5, '2022-06-01T00:00:00.000Z', '尚未启用'],
  ['the new key from its number on', rotated, newKey, 6, '2022-06-01T00:00:00.000Z', null],
  ['a key on its last day in Shanghai', rotated, oldKey, 3, '2023-01-01T15:59:59.999Z', null],
  ['a key after its last day in Shanghai', rotated, oldKey, 3, '2023-01-01T16:00:00.000Z', '有效期至 2023-01-01'],
  ['a revoked key up to its last good number', revokedOld, oldKey, 2, '2022-06-01T00:00:00.000Z', null],
  ['a revoked key beyond its last good number', revokedOld, oldKey, 3, '2022-06-01T00:00:00.000Z', '已撤销：遗失'],
])('%s', (_name, card, key, seq, createdAt, expected) => {
  if (key === undefined) throw new Error('the card has two keys');
  expect(retirement(card, key, { to: 'finance', epoch: 1, seq, created_at: createdAt as Instant })).toBe(expected);
});

test('a card quotes the one before it', () => {
  expect(rotated.prevCardHash).toBe(cardHash(tax.file.card));
});
