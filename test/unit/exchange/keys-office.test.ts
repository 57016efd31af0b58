/** Keys in offices: the ceremony, rotation, expiry and revocation, and what peers make of packages signed around them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPeriods } from '../../../shared/kernel/tax-period.ts';
import { april, countyAt, refusal, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { done, practiceOffice, temporaryFolder, testClock } from '../../support/practice.ts';

const report = (month: number, to: 'finance' | 'treasury' = 'finance') => ({ kind: 'MONTHLY_REPORT', to, period: addPeriods(april, month - 4), allowEmpty: true }) as const;

async function cardOfTax(county: County): Promise<{ file: string; fingerprint: string }> {
  const { fileName, fingerprint } = await county.call('tax', 'keys.writeCard', { folder: county.stick });
  return { file: join(county.stick, fileName), fingerprint };
}

test('a card is believed only with the fingerprint from paper, typed by the security administrator', async () => {
  const folder = temporaryFolder();
  const clock = testClock('2022-04-01T09:00');
  const [tax, finance] = [await practiceOffice('tax', clock), await practiceOffice('finance', clock)];
  expect(await refusal(tax, 'keys.create', {}, 'system')).toBe('KEYS_EXIST');
  const { fileName, fingerprint } = await done(tax, 'keys.writeCard', { folder }, 'handler');
  const card = join(folder, fileName);
  const own = await done(finance, 'keys.writeCard', { folder }, 'handler');
  const swapped = `${fingerprint.slice(0, -2)}${fingerprint.at(-1) ?? ''}${fingerprint.at(-2) ?? ''}`;
  writeFileSync(join(folder, 'cut.kxc'), readFileSync(card).subarray(0, -1));
  for (const [input, code] of [
    [{ card, fingerprint: '' }, 'FINGERPRINT_FORMAT'],
    [{ card, fingerprint: own.fingerprint }, 'FINGERPRINT_WRONG'],
    ...(swapped === fingerprint ? [] : ([[{ card, fingerprint: swapped }, 'FINGERPRINT_WRONG']] as const)),
    [{ card: join(folder, own.fileName), fingerprint: own.fingerprint }, 'KEY_CARD_OWN'],
    [{ card: join(folder, 'cut.kxc'), fingerprint }, 'KEY_CARD_DAMAGED'],
    [{ card: join(folder, 'missing.kxc'), fingerprint }, 'STICK_UNAVAILABLE'],
  ] as const) {
    expect(await refusal(finance, 'keys.trust', input, 'security')).toBe(code);
  }
  expect(await refusal(finance, 'keys.trust', { card, fingerprint }, 'handler')).toBe('DUTY_NOT_HELD');
  expect((await done(finance, 'keys.show', {}, 'handler')).peers).toEqual([]);
  expect(await done(finance, 'keys.trust', { card, fingerprint: fingerprint.toLowerCase().replaceAll('-', ' ') }, 'security')).toMatchObject({ changed: true });
  expect(await done(finance, 'keys.trust', { card, fingerprint }, 'security')).toMatchObject({ changed: false });
  expect((await done(finance, 'keys.show', {}, 'handler')).peers).toMatchObject([{ agency: 'tax', version: 1, fingerprint }]);
  expect(await refusal(tax, 'exchange.exportPackage', report(4))).toBe('PEER_NOT_TRUSTED');
});

test.each([false, true])('a new card travels as a package before anything the new key signs (new root: %s)', async (root) => {
  const county = await countyAt('2022-06-05T09:00');
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  const rotated = await county.call('tax', 'keys.rotate', { root });
  expect(rotated.version).toBe(2);
  expect(await refusal(county.offices.tax, 'exchange.exportPackage', report(5))).toBe('KEY_CARD_FIRST');
  expect(await refusal(county.offices.tax, 'keys.rotate', {}, 'security')).toBe('KEY_CARD_FIRST');
  const card = await sendPackage(county, 'tax', { kind: 'KEYCARD', to: 'finance' });
  const next = await sendPackage(county, 'tax', report(5));
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file: next })).toBe('UNKNOWN_KEY');
  expect((await take(county, 'finance', card)).summary).toContain(rotated.fingerprint);
  expect(await take(county, 'finance', next)).toMatchObject({ outcome: 'accepted', seq: 3 });
  expect((await done(county.offices.finance, 'keys.show', {}, 'handler')).peers.find((peer) => peer.agency === 'tax')).toMatchObject({ version: 2, signingKeyId: rotated.signingKeyId });
  expect(await refusal(county.offices.tax, 'exchange.exportPackage', report(4, 'treasury'))).toBe('KEY_CARD_FIRST');
  await take(county, 'treasury', await sendPackage(county, 'tax', { kind: 'KEYCARD', to: 'treasury' }));
  expect(await take(county, 'treasury', await sendPackage(county, 'tax', report(4, 'treasury')))).toMatchObject({ seq: 2 });
  // Packages to the tax office are sealed to its new key from now on, and it opens those sealed to the old one too.
  expect(await take(county, 'tax', await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' }))).toMatchObject({ outcome: 'accepted' });
  for (const agency of ['tax', 'finance', 'treasury'] as const) expect(county.offices[agency].verify('deep').faults).toEqual([]);
});

test('a key that has expired signs nothing; its successor is introduced in person', async () => {
  const county = await countyAt('2022-04-05T09:00');
  county.at('2023-04-06T09:00');
  expect(await refusal(county.offices.tax, 'exchange.exportPackage', report(4))).toBe('SIGNING_KEY_EXPIRED');
  await county.call('tax', 'keys.rotate', {});
  const file = await sendPackage(county, 'tax', report(4));
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file })).toBe('UNKNOWN_KEY');
  const card = await cardOfTax(county);
  await county.call('finance', 'keys.trust', { card: card.file, fingerprint: card.fingerprint });
  expect(await take(county, 'finance', file)).toMatchObject({ outcome: 'accepted', seq: 1 });
});

test('a revoked key is good no more, and what it signed beyond its last good number is listed for review', async () => {
  const county = await countyAt('2022-07-05T09:00');
  const first = await cardOfTax(county);
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  await take(county, 'finance', await sendPackage(county, 'tax', report(5)));
  const keyId = (await done(county.offices.tax, 'keys.show', {}, 'handler')).own?.signingKeyId ?? '';
  expect(await refusal(county.offices.tax, 'keys.revoke', { keyId: '0'.repeat(16), reason: '遗失' }, 'security')).toBe('KEY_NOT_FOUND');
  const revoked = await county.call('tax', 'keys.revoke', { keyId, reason: '密钥U盘遗失', lastGoodSeq: { finance: 1 } });
  expect(revoked).toMatchObject({ version: 2, revokedKeyIds: [keyId] });
  const next = await sendPackage(county, 'tax', report(6));
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file: next })).toBe('UNKNOWN_KEY');
  const card = await cardOfTax(county);
  const trusted = await county.call('finance', 'keys.trust', { card: card.file, fingerprint: card.fingerprint });
  expect(trusted.review.map((one) => one.seq)).toEqual([2]);
  expect(await take(county, 'finance', next)).toMatchObject({ outcome: 'accepted', seq: 3 });
  expect(await refusal(county.offices.finance, 'keys.trust', { card: first.file, fingerprint: first.fingerprint }, 'security')).toBe('KEY_CARD_OLD');
  expect(await refusal(county.offices.tax, 'keys.revoke', { keyId, reason: '再次' }, 'security')).toBe('KEY_NOT_FOUND');
});
