/** C3: no channel dies. Each way it can stop is walked back to normal work by clerks' acts alone, over real ledgers and real signatures. */
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Agency } from '../../../shared/kernel/office.ts';
import { addPeriods } from '../../../shared/kernel/tax-period.ts';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { openOffice, type Office } from '../../../electron/office/office.ts';
import { april, countyAt, refusal, restored, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { openAnew, openHalf } from '../../support/openings.ts';
import { done, refused, testClock, testEnv } from '../../support/practice.ts';

const report = (month: number, to: 'finance' | 'treasury' = 'finance') => ({ kind: 'MONTHLY_REPORT', to, period: addPeriods(april, month - 4), allowEmpty: true }) as const;

/** The office of a folder beside the county's own, at a moment of its own. */
function officeIn(dir: string, at: string, seed: string): Office {
  const office = openOffice(dir, testEnv(testClock(at), seed));
  onTestFinished(() => { office.close(); });
  return office;
}

async function send(office: Office, request: ReturnType<typeof report>, stick: string): Promise<string> {
  const { packageId } = await done(office, 'exchange.exportPackage', request, 'handler');
  const { fileName } = await done(office, 'exchange.writePackage', { packageId, folder: stick }, 'handler');
  return join(stick, fileName);
}

/** Packages go both ways again, and every ledger verifies to the last cell. */
async function expectNormalWork(county: County, offices: readonly Office[], from: Office, to: Office, month: number): Promise<void> {
  if (from.identity.agency !== 'tax') {
    const { packageId } = await done(from, 'exchange.exportPackage', { kind: 'RECEIPT', to: to.identity.agency }, 'handler');
    const { fileName } = await done(from, 'exchange.writePackage', { packageId, folder: county.stick }, 'handler');
    expect(await done(to, 'exchange.importPackage', { file: join(county.stick, fileName) }, 'handler')).toMatchObject({ outcome: 'accepted' });
    return;
  }
  const taken = await done(to, 'exchange.importPackage', { file: await send(from, report(month, to.identity.agency as 'finance'), county.stick) }, 'handler');
  expect(taken).toMatchObject({ outcome: 'accepted' });
  const receipt = await done(to, 'exchange.exportPackage', { kind: 'RECEIPT', to: from.identity.agency, ofSeq: taken.seq }, 'handler');
  const { fileName } = await done(to, 'exchange.writePackage', { packageId: receipt.packageId, folder: county.stick }, 'handler');
  expect(await done(from, 'exchange.importPackage', { file: join(county.stick, fileName) }, 'handler')).toMatchObject({ outcome: 'accepted' });
  for (const office of offices) expect([office.identity.agency, office.restored, office.verify('deep').faults]).toEqual([office.identity.agency, null, []]);
}

const stateOf = async (office: Office, peer: Agency) => (await done(office, 'exchange.openings', {}, 'handler')).channels.find((channel) => channel.peer === peer);

test('C3 a cloned machine forks the channel; the file registered first stands, the other is void and sent again', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, finance } = county.offices;
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  const cloneDir = join(county.folder, 'clone');
  mkdirSync(cloneDir);
  copyFileSync(join(county.folder, 'tax', 'ledger.db'), join(cloneDir, 'ledger.db'));
  const clone = officeIn(cloneDir, '2022-06-06T09:00', 'clone');
  const other = join(county.folder, 'stick of the clone');
  mkdirSync(other);
  await done(finance, 'exchange.importPackage', { file: await send(clone, report(5), other) }, 'handler');
  const own = await sendPackage(county, 'tax', report(6));
  expect(await take(county, 'finance', own)).toMatchObject({ outcome: 'frozen', refusal: { code: 'PACKAGE_FORK' } });
  expect(await refusal(finance, 'exchange.importPackage', { file: await sendPackage(county, 'tax', report(4, 'treasury')) })).toBe('WRONG_RECIPIENT');

  // One person of each office alone opens nothing.
  expect(await refusal(finance, 'exchange.confirmEpoch', { peer: 'tax' }, 'approver')).toBe('EPOCH_NOT_PROPOSED');
  await done(finance, 'exchange.proposeEpoch', { peer: 'tax', reason: 'fork', note: '两台机器' }, 'approver');
  expect(await refusal(finance, 'exchange.confirmEpoch', { peer: 'tax' }, 'approver')).toBe('EPOCH_SAME_PERSON');
  const [taken, answered] = await openAnew(finance, tax, 'fork', county.stick);
  expect(taken?.summary).toContain('对方登记的本单位末号为第 2 号；其中 1 个包本机无存');
  expect(answered?.summary).toContain('双方已开期，通道恢复收发');
  expect(await stateOf(tax, 'finance')).toMatchObject({
    state: 'open', epoch: 2, stop: null, continues: true, void: [{ epoch: 1, seq: 2, docId: 'MONTHLY_REPORT/2022-06' }], lost: [{ epoch: 1, seq: 2, docId: 'MONTHLY_REPORT/2022-05' }],
  });
  // What is void goes again, under a number of the new epoch; what stands is not sent twice.
  const again = await county.call('tax', 'exchange.exportPackage', report(6));
  expect(again).toMatchObject({ changed: true, epoch: 2, seq: 2 });
  expect(await county.call('tax', 'exchange.exportPackage', report(4))).toMatchObject({ changed: false, epoch: 1, seq: 1 });
  const { fileName } = await county.call('tax', 'exchange.writePackage', { packageId: again.packageId, folder: county.stick });
  expect(await take(county, 'finance', join(county.stick, fileName))).toMatchObject({ outcome: 'accepted', epoch: 2, seq: 2 });
  expect((await stateOf(tax, 'finance'))?.void).toEqual([]);
  await expectNormalWork(county, [tax, finance], tax, finance, 7);
  // The clone has no part in the new epoch.
  expect(await refusal(finance, 'exchange.importPackage', { file: await send(clone, report(8), other) })).toBe('EPOCH_ENDED');
});

test('C3 half a restore: an older copy of the tax office works again when both peers have opened with it, and says what it lacks', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const backup = restored(county, 'tax');
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  backup.copy();
  await take(county, 'finance', await sendPackage(county, 'tax', report(5)));
  await take(county, 'treasury', await sendPackage(county, 'tax', report(4, 'treasury')));
  await take(county, 'finance', await sendPackage(county, 'tax', report(6)));
  const toOld = await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' });
  await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' });
  county.offices.tax.close();
  const tax = backup.open('2022-06-20T09:00');
  const { finance, treasury } = county.offices;
  county.at('2022-06-20T09:00');
  // The first package of a peer shows it; from then on nothing is done but opening.
  expect(await done(tax, 'exchange.importPackage', { file: toOld }, 'handler')).toMatchObject({ outcome: 'frozen', refusal: { code: 'OWN_LEDGER_OLDER' } });
  expect(tax.restored).toContain('早于财政局已确认的状态');
  expect((await refused(tax, 'exchange.exportPackage', report(6), 'handler')).code).toBe('RESTORED_READ_ONLY');
  const [, answered] = await openAnew(tax, finance, 'restored', county.stick);
  expect(answered?.summary).toContain('其中 2 个包本机无存');
  expect(tax.restored).not.toBeNull();
  expect((await refused(tax, 'exchange.exportPackage', report(6), 'handler')).code).toBe('RESTORED_READ_ONLY');
  await openAnew(treasury, tax, 'restored', county.stick);
  expect(tax.restored).toBeNull();
  expect((await stateOf(finance, 'tax'))?.continues).toBe(false);
  expect((await stateOf(tax, 'finance'))?.lost.map(({ docId }) => docId)).toEqual(['MONTHLY_REPORT/2022-05', 'MONTHLY_REPORT/2022-06']);
  // Receipts of the old numbers are answered in the new epoch and contradict nothing, also for what the tax office lost.
  for (const ofSeq of [1, 2, 3]) {
    expect(await done(tax, 'exchange.importPackage', { file: await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax', ofSeq }) }, 'handler')).toMatchObject({ outcome: 'accepted' });
  }
  await expectNormalWork(county, [tax, finance, treasury], tax, finance, 7);
  await expectNormalWork(county, [tax, finance, treasury], tax, treasury, 7);
});

test('C3 a false confirmation: the channel stops, and both open it again', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, finance } = county.offices;
  const copy = restored(county, 'finance');
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  copy.copy();
  await take(county, 'finance', await sendPackage(county, 'tax', report(5)));
  await take(county, 'tax', await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' }));
  // An older copy of the finance office confirms less than it had confirmed.
  const old = copy.open('2022-06-06T09:00');
  const stick = join(county.folder, 'other stick');
  mkdirSync(stick);
  const { packageId } = await done(old, 'exchange.exportPackage', { kind: 'RECEIPT', to: 'tax' }, 'handler');
  const { fileName } = await done(old, 'exchange.writePackage', { packageId, folder: stick }, 'handler');
  const taken = await take(county, 'tax', join(stick, fileName));
  expect(taken.outcome).toBe('frozen');
  expect(await refusal(tax, 'exchange.exportPackage', report(6))).toBe('CHANNEL_FROZEN');
  old.close();
  await openAnew(tax, finance, 'confirmation', county.stick);
  await expectNormalWork(county, [tax, finance], tax, finance, 6);
});

test('C3 a reinstalled office: two people compare its new card with the paper, both open, and it gets what stands again', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, treasury } = county.offices;
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  await take(county, 'tax', await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' }));
  county.offices.finance.close();
  const clock = testClock('2022-06-20T09:00');
  county.at('2022-06-20T09:00');
  const finance = await foundOffice(join(county.folder, 'finance-anew'), { agency: 'finance', county: '211382', name: '凌源市财政局', practice: true }, testEnv(clock, 'anew'));
  onTestFinished(() => { finance.close(); });
  const anew = await done(finance, 'keys.writeCard', { folder: county.stick }, 'security');
  for (const peer of ['tax', 'treasury'] as const) {
    const theirs = await county.call(peer, 'keys.writeCard', { folder: county.stick });
    await done(finance, 'keys.trust', { card: join(county.stick, theirs.fileName), fingerprint: theirs.fingerprint }, 'security');
  }
  const card = join(county.stick, anew.fileName);
  expect(await refusal(tax, 'keys.trust', { card, fingerprint: anew.fingerprint })).toBe('KEY_CARD_OLD');
  expect(await refusal(tax, 'keys.confirmRoot', { agency: 'finance', fingerprint: anew.fingerprint })).toBe('ROOT_NOT_PROPOSED');
  for (const peer of [tax, treasury]) {
    expect(await refusal(peer, 'keys.proposeRoot', { card, fingerprint: anew.fingerprint.replace(/.$/, (last) => (last === '0' ? '1' : '0')) })).toBe('FINGERPRINT_WRONG');
    await done(peer, 'keys.proposeRoot', { card, fingerprint: anew.fingerprint }, 'security');
    expect((await done(peer, 'keys.show', {}, 'handler')).proposed).toEqual([{ agency: 'finance', proposedBy: '演练安全管理员' }]);
    await done(peer, 'keys.confirmRoot', { agency: 'finance', fingerprint: anew.fingerprint }, 'approver');
    expect(await stateOf(peer, 'finance')).toMatchObject({ state: 'none', stop: { code: 'ROOT_REPLACED' } });
    await openAnew(peer, finance, 'reinstalled', county.stick);
  }
  // The peer has nothing any more: what was sent before goes again as a new package, and is new there.
  const gone = (await stateOf(tax, 'finance'))?.void ?? [];
  expect(gone).toMatchObject([{ epoch: 1, seq: 1 }]);
  const again = await county.call('tax', 'exchange.resendVoid', { packageId: gone[0]?.packageId ?? '' });
  expect(await refusal(tax, 'exchange.resendVoid', { packageId: gone[0]?.packageId ?? '' })).toBe('PACKAGE_NOT_VOID');
  await county.call('tax', 'exchange.writePackage', { packageId: again.packageId, folder: county.stick });
  expect(await done(finance, 'exchange.importPackage', { file: join(county.stick, again.fileName) }, 'handler')).toMatchObject({ outcome: 'accepted', epoch: 2, seq: 2 });
  await expectNormalWork(county, [tax, finance, treasury], tax, finance, 5);
  await expectNormalWork(county, [tax, finance, treasury], finance, tax, 5);
});

test('C3 keys expired on all sides: each office changes its keys, hands its card over, and works on', async () => {
  const county = await countyAt('2022-04-05T09:00');
  const { tax, finance, treasury } = county.offices;
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  // A change was begun in time, and its card reached only one of the two: then all keys expired.
  county.at('2023-03-20T09:00');
  await county.call('tax', 'keys.rotate', {});
  await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'KEYCARD', to: 'finance' }));
  county.at('2024-04-06T09:00');
  for (const [agency, to] of [['tax', 'finance'], ['finance', 'tax']] as const) {
    const answer = await refused(county.offices[agency], 'exchange.exportPackage', agency === 'tax' ? report(5) : { kind: 'RECEIPT', to }, 'handler');
    expect([answer.code, answer.message]).toEqual(['SIGNING_KEY_EXPIRED', expect.stringContaining('当面交另外两家登记')]);
  }
  const cards = [];
  for (const agency of ['tax', 'finance', 'treasury'] as const) {
    await county.call(agency, 'keys.rotate', {});
    cards.push({ agency, ...(await county.call(agency, 'keys.writeCard', { folder: county.stick })) });
  }
  for (const { agency, fileName, fingerprint } of cards) {
    for (const peer of ['tax', 'finance', 'treasury'] as const) {
      if (peer !== agency) await county.call(peer, 'keys.trust', { card: join(county.stick, fileName), fingerprint });
    }
  }
  await expectNormalWork(county, [tax, finance, treasury], tax, finance, 5);
  await expectNormalWork(county, [tax, finance, treasury], tax, treasury, 5);
});

test('C3 what cannot open a channel: a copied, altered, lower or one-sided opening', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, finance } = county.offices;
  const opening = await openHalf(finance, 'tax', 'history', county.stick);
  expect(await refusal(finance, 'exchange.proposeEpoch', { peer: 'tax', reason: 'fork' })).toBe('EPOCH_WAITS_FOR_PEER');
  expect(await refusal(finance, 'exchange.exportPackage', { kind: 'RECEIPT', to: 'tax' })).toBe('EPOCH_OPENING');
  expect(await refusal(finance, 'exchange.importPackage', { file: await sendPackage(county, 'tax', report(4)) })).toBe('EPOCH_OPENING');
  expect(await refusal(county.offices.treasury, 'exchange.importPackage', { file: opening })).toBe('WRONG_RECIPIENT');
  expect(await county.call('finance', 'exchange.exportPackage', { kind: 'EPOCH_OPEN', to: 'tax' })).toMatchObject({ changed: false, epoch: 2, seq: 1 });
  expect(await refusal(tax, 'exchange.exportPackage', { kind: 'EPOCH_OPEN', to: 'finance' })).toBe('EPOCH_NOT_PROPOSED');
  await take(county, 'tax', opening);
  expect(await refusal(tax, 'exchange.importPackage', { file: opening })).toBe('DUPLICATE_PACKAGE');
  expect(await refusal(tax, 'exchange.exportPackage', report(5))).toBe('EPOCH_OPENING');
  const answer = await openHalf(tax, 'finance', 'history', county.stick);
  await take(county, 'finance', answer);
  // What was sent while finance had already opened is void there and goes again.
  expect(await county.call('tax', 'exchange.exportPackage', report(4))).toMatchObject({ changed: true, epoch: 2, seq: 2 });
});

test('C3 both offices begin at the same moment: the two halves are one agreement', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, finance } = county.offices;
  const [one, two] = [await openHalf(finance, 'tax', 'history', county.stick), await openHalf(tax, 'finance', 'history', county.stick)];
  expect(await take(county, 'tax', one)).toMatchObject({ outcome: 'accepted' });
  expect(await take(county, 'finance', two)).toMatchObject({ outcome: 'accepted' });
  await expectNormalWork(county, [tax, finance], tax, finance, 5);
});
