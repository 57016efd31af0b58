/** Packages on their way between real offices: recorded, held, refused, answered, and what each leaves behind. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { foundOffice } from '../../../electron/office/found-office.ts';
import { checkoutResources } from '../../../electron/platform/resources.ts';
import { agencies } from '../../../shared/kernel/office.ts';
import { addPeriods } from '../../../shared/kernel/tax-period.ts';
import { april, assess, countyAt, refundable, refusal, restored, sendBatch, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { done, testClock, testEnv } from '../../support/practice.ts';

const report = (month: number) => ({ kind: 'MONTHLY_REPORT', to: 'finance', period: addPeriods(april, month - 4), allowEmpty: true }) as const;

function ledgersAreWhole(county: County): void {
  for (const agency of agencies) expect(county.offices[agency].verify('deep').faults, agency).toEqual([]);
}

async function head(county: County, agency: 'tax' | 'finance' | 'treasury'): Promise<number> {
  return (await done(county.offices[agency], 'administration.status', {}, 'handler')).head.seq;
}

test('a batch goes to the treasury, its receipt comes back, and both ledgers have seen each other', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [1, 2, 3].map((number) => refundable(number)));
  const file = await sendBatch(county);
  expect(await take(county, 'treasury', file)).toMatchObject({ outcome: 'accepted', kind: 'REFUND_BATCH', seq: 1, rows: 4, receiptDue: true, heldNext: null });
  await county.call('treasury', 'treasury.check', { all: {} });
  await county.call('treasury', 'treasury.pay', { all: {} });
  const receipt = await sendPackage(county, 'treasury', { kind: 'RECEIPT', to: 'tax' });
  const paid = await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' });
  expect((await take(county, 'tax', receipt)).summary).toBe('人民银行国库回执：本单位第 1 号包已接收');
  expect((await take(county, 'tax', paid)).summary).toContain('登记 3 笔，待核对 0 笔，不符 0 笔');
  const { rows } = await done(county.offices.tax, 'exchange.listPackages', {}, 'handler');
  expect(rows.map((row) => [row.direction, row.seq, row.kind, row.state])).toEqual([
    ['in', 2, 'REFUND_RECEIPT', 'ACCEPTED'], ['in', 1, 'RECEIPT', 'ACCEPTED'], ['out', 1, 'REFUND_BATCH', 'ACKED'],
  ]);
  const [channel] = (await done(county.offices.tax, 'exchange.gaps', {}, 'handler')).channels.filter((one) => one.peer === 'treasury');
  expect(channel).toMatchObject({ lastReceived: 2, lastSent: 1, acknowledged: 1, missing: [], held: [], frozen: null });
  expect(channel?.peerHead.seq).toBeGreaterThan(5);
  const finance = await sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'finance' });
  expect((await take(county, 'finance', finance)).summary).toContain('PC-2022-0001，3 笔');
  ledgersAreWhole(county);
});

test('the same package again and again is one posting', async () => {
  const county = await countyAt('2022-05-05T09:00');
  const file = await sendPackage(county, 'tax', report(4));
  await take(county, 'finance', file);
  const before = await head(county, 'finance');
  for (let again = 0; again < 20; again += 1) expect(await refusal(county.offices.finance, 'exchange.importPackage', { file })).toBe('DUPLICATE_PACKAGE');
  expect(await head(county, 'finance')).toBe(before);
});

test('packages that arrive backwards wait for the first and follow in order', async () => {
  const county = await countyAt('2022-08-05T09:00');
  const files = [await sendPackage(county, 'tax', report(4)), await sendPackage(county, 'tax', report(5)), await sendPackage(county, 'tax', report(6))];
  const [first = '', second = '', third = ''] = files;
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file: third })).toBe('PACKAGE_GAP');
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file: third })).toBe('PACKAGE_GAP');
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file: second })).toBe('PACKAGE_GAP');
  const gaps = (await done(county.offices.finance, 'exchange.gaps', {}, 'handler')).channels.find((one) => one.peer === 'tax');
  expect(gaps).toMatchObject({ lastReceived: 0, missing: [1], held: [2, 3] });
  expect(await refusal(county.offices.finance, 'exchange.importHeld', { from: 'tax', seq: 3 })).toBe('PACKAGE_GAP');
  expect(await take(county, 'finance', first)).toMatchObject({ seq: 1, heldNext: 2 });
  expect(await county.call('finance', 'exchange.importHeld', { from: 'tax', seq: 2 })).toMatchObject({ outcome: 'accepted', seq: 2, heldNext: 3 });
  expect(await county.call('finance', 'exchange.importHeld', { from: 'tax', seq: 3 })).toMatchObject({ outcome: 'accepted', seq: 3, heldNext: null });
  expect(await refusal(county.offices.finance, 'exchange.importHeld', { from: 'tax', seq: 3 })).toBe('PACKAGE_NOT_FOUND');
  ledgersAreWhole(county);
});

test('a refused file is kept in quarantine with one audit entry, and nothing else changes', async () => {
  const county = await countyAt('2022-05-05T09:00');
  const mine = await sendPackage(county, 'tax', report(4));
  const strange = await strangersReport(county);
  const damaged = join(county.stick, 'damaged.kxp');
  const bytes = readFileSync(mine);
  writeFileSync(damaged, bytes.subarray(0, -1));
  writeFileSync(join(county.stick, 'text.kxp'), '这不是交换包');
  for (const [agency, file, code, kept] of [
    ['finance', join(county.stick, 'text.kxp'), 'NOT_A_PACKAGE', 0],
    ['finance', join(county.stick, 'missing.kxp'), 'STICK_UNAVAILABLE', 0],
    ['finance', damaged, 'CIPHERTEXT_DAMAGED', 1],
    ['treasury', mine, 'WRONG_RECIPIENT', 1],
    ['tax', mine, 'OWN_PACKAGE', 1],
    ['finance', strange, 'UNKNOWN_KEY', 1],
    ['finance', strange, 'UNKNOWN_KEY', 1],
  ] as const) {
    const office = county.offices[agency];
    const before = await head(county, agency);
    const channels = await done(office, 'exchange.gaps', {}, 'handler');
    expect(await refusal(office, 'exchange.importPackage', { file }), code).toBe(code);
    expect(await head(county, agency), code).toBe(before + kept);
    expect(await done(office, 'exchange.gaps', {}, 'handler')).toEqual(channels);
  }
  expect(readdirSync(county.offices.finance.folders.quarantine)).toHaveLength(2);
  const { files } = await done(county.offices.finance, 'exchange.quarantine', {}, 'handler');
  expect(files.map(({ code }) => code)).toEqual(['UNKNOWN_KEY', 'UNKNOWN_KEY', 'CIPHERTEXT_DAMAGED']);
  expect(files[0]).toMatchObject({ says: '签名所用密钥未在本机登记；文件已隔离，未入账', next: '请与…当面核对密钥指纹后登记，再导入同一文件；不可直接信任' });
  expect(readdirSync(county.offices.finance.folders.spool)).toEqual([]);
  expect(await take(county, 'finance', mine)).toMatchObject({ outcome: 'accepted' });
  ledgersAreWhole(county);
});

test('an office put back from an old copy forks the channel: it freezes on both sides, with the evidence', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const backup = restored(county, 'tax');
  backup.copy();
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  const receipt = await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' });
  const old = backup.open('2022-06-06T09:00');
  const forked = await done(old, 'exchange.exportPackage', report(5), 'handler');
  await done(old, 'exchange.writePackage', { packageId: forked.packageId, folder: county.folder }, 'handler');
  const file = join(county.folder, forked.fileName);

  const frozen = await take(county, 'finance', file);
  expect(frozen).toMatchObject({ outcome: 'frozen', refusal: { code: 'PACKAGE_FORK' } });
  expect(await refusal(county.offices.finance, 'exchange.importPackage', { file })).toBe('PACKAGE_FORK');
  expect(await refusal(county.offices.finance, 'exchange.exportPackage', { kind: 'RECEIPT', to: 'tax', ofSeq: 1 })).toBe('CHANNEL_FROZEN');
  expect((await done(county.offices.finance, 'exchange.gaps', {}, 'handler')).channels.find((one) => one.peer === 'tax')?.frozen).toMatchObject({ code: 'PACKAGE_FORK' });

  const seen = await done(old, 'exchange.importPackage', { file: receipt }, 'handler');
  expect(seen).toMatchObject({ outcome: 'frozen', refusal: { code: 'OWN_LEDGER_OLDER' } });
  ledgersAreWhole(county);
  expect(old.verify('deep').faults).toEqual([]);
});

test('a list that has changed is another document, one that has not is the same package', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2, { prevYearSales: '800000000', prevYearAssets: '900000000' })]);
  const file = await sendPackage(county, 'tax', { kind: 'ENTERPRISE_LIST', to: 'finance', period: april });
  expect(await take(county, 'finance', file)).toMatchObject({ outcome: 'accepted', rows: 2 });
  const again = await done(county.offices.tax, 'exchange.exportPackage', { kind: 'ENTERPRISE_LIST', to: 'finance', period: april }, 'handler');
  expect(again).toMatchObject({ changed: false, seq: 1 });
  await assess(county, [1, 2, 3].map((number) => refundable(number)));
  const changed = await done(county.offices.tax, 'exchange.exportPackage', { kind: 'ENTERPRISE_LIST', to: 'finance', period: april }, 'handler');
  expect(changed).toMatchObject({ changed: true, seq: 2, rows: 3 });
  const { rows } = await done(county.offices.tax, 'exchange.listPackages', { kind: 'ENTERPRISE_LIST' }, 'handler');
  expect(rows.map((row) => row.docId)).toEqual(['ENTERPRISE_LIST/2022-04/2', 'ENTERPRISE_LIST/2022-04']);
  ledgersAreWhole(county);
});

test('a rejected document is answered with its reason, and what is sent instead names it', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1)]);
  const backup = restored(county, 'finance');
  backup.copy();
  const otherPolicy = (path: string): string | null => {
    const text = checkoutResources(path);
    return text === null || !path.startsWith('policy/') ? text : `${text} `;
  };
  const finance = backup.open('2022-04-12T09:00', { resources: otherPolicy });
  const list = { kind: 'ENTERPRISE_LIST', to: 'finance', period: april } as const;
  const rejected = await done(finance, 'exchange.importPackage', { file: await sendPackage(county, 'tax', list) }, 'handler');
  expect(rejected).toMatchObject({ outcome: 'rejected', seq: 1, rows: 1, receiptDue: true, refusal: { code: 'POLICY_PACK_DIFFERS' } });
  const due = await done(finance, 'exchange.receipts', {}, 'handler');
  expect(due.due).toMatchObject([{ seq: 1, verdict: 'REJECTED', code: 'POLICY_PACK_DIFFERS' }]);
  const receipt = await done(finance, 'exchange.exportPackage', { kind: 'RECEIPT', to: 'tax' }, 'handler');
  const written = await done(finance, 'exchange.writePackage', { packageId: receipt.packageId, folder: county.stick }, 'handler');
  county.at('2022-04-13T09:00');
  expect((await take(county, 'tax', join(county.stick, written.fileName))).summary).toContain('拒收（POLICY_PACK_DIFFERS）');
  expect((await done(county.offices.tax, 'exchange.receipts', {}, 'handler')).got).toMatchObject([{ seq: 1, verdict: 'REJECTED' }]);
  const second = await done(county.offices.tax, 'exchange.exportPackage', list, 'handler');
  expect(second).toMatchObject({ changed: true, seq: 2 });
  expect(second.manifestHash).not.toBe(rejected.packageId);
  await done(county.offices.tax, 'exchange.writePackage', { packageId: second.packageId, folder: county.stick }, 'handler');
  const again = await done(finance, 'exchange.importPackage', { file: join(county.stick, second.fileName) }, 'handler');
  expect(again).toMatchObject({ outcome: 'rejected', seq: 2, refusal: { code: 'POLICY_PACK_DIFFERS' } });
  expect(finance.verify('deep').faults).toEqual([]);
  ledgersAreWhole(county);
});

test('the bytes of a package never change, however often it is written', async () => {
  const county = await countyAt('2022-05-05T09:00');
  const sent = await done(county.offices.tax, 'exchange.exportPackage', report(4), 'handler');
  expect(await refusal(county.offices.tax, 'exchange.writePackage', { packageId: sent.packageId, folder: join(county.stick, 'gone') })).toBe('STICK_UNAVAILABLE');
  expect((await done(county.offices.tax, 'exchange.listPackages', {}, 'handler')).rows[0]?.state).toBe('SIGNED');
  const contents: string[] = [];
  for (let times = 1; times <= 2; times += 1) {
    expect(await done(county.offices.tax, 'exchange.exportPackage', report(4), 'handler')).toMatchObject({ changed: times === 0, packageId: sent.packageId });
    expect(await done(county.offices.tax, 'exchange.writePackage', { packageId: sent.packageId, folder: county.stick }, 'handler')).toMatchObject({ written: times });
    contents.push(readFileSync(join(county.stick, sent.fileName)).toString('base64'));
  }
  expect(new Set(contents).size).toBe(1);
  expect((await done(county.offices.tax, 'exchange.listPackages', {}, 'handler')).rows[0]?.state).toBe('WRITTEN');
  expect(await refusal(county.offices.tax, 'exchange.writePackage', { packageId: '0'.repeat(32), folder: county.stick })).toBe('PACKAGE_NOT_FOUND');
});

test('each package shows the ledger it came from, and the next one back countersigns it', async () => {
  const county = await countyAt('2022-05-05T09:00');
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  await take(county, 'tax', await sendPackage(county, 'finance', { kind: 'RECEIPT', to: 'tax' }));
  county.at('2022-06-05T09:00');
  const second = await sendPackage(county, 'tax', report(5));
  expect(await take(county, 'finance', second)).toMatchObject({ outcome: 'accepted', seq: 2 });
  const [toFinance] = (await done(county.offices.tax, 'exchange.gaps', {}, 'handler')).channels.filter((one) => one.peer === 'finance');
  expect(toFinance).toMatchObject({ acknowledged: 1, lastSent: 2 });
  const inspected = await done(county.offices.finance, 'exchange.inspectPackage', { file: second }, 'handler');
  expect(inspected).toMatchObject({ code: 'DUPLICATE_PACKAGE', header: { from: 'tax', seq: 2 } });
  ledgersAreWhole(county);
});

test('of two imports, or two exports, at the same moment one is done and the other is asked to try again', async () => {
  const county = await countyAt('2022-06-05T09:00');
  const { tax, finance } = county.offices;
  const file = await sendPackage(county, 'tax', report(4));
  const imports = await Promise.all([1, 2].map(() => finance.call('exchange.importPackage', { file }, 'handler')));
  expect(imports.map((reply) => (reply.ok ? 'done' : reply.error.code)).sort()).toEqual(['STALE_STATE', 'done']);
  const exports = await Promise.all([5, 6].map((month) => tax.call('exchange.exportPackage', report(month), 'handler')));
  expect(exports.map((reply) => (reply.ok ? 'done' : reply.error.code)).sort()).toEqual(['STALE_STATE', 'done']);
  expect((await done(tax, 'exchange.listPackages', {}, 'handler')).total).toBe(2);
  ledgersAreWhole(county);
});

test('a look into a file changes nothing', async () => {
  const county = await countyAt('2022-05-05T09:00');
  const file = await sendPackage(county, 'tax', report(4));
  const before = await head(county, 'finance');
  expect(await done(county.offices.finance, 'exchange.inspectPackage', { file }, 'handler')).toMatchObject({ kind: 'MONTHLY_REPORT', period: '2022-04', code: null, stage: 'S10' });
  expect(await done(county.offices.treasury, 'exchange.inspectPackage', { file }, 'handler')).toMatchObject({ code: 'WRONG_RECIPIENT', stage: 'S4' });
  expect(await head(county, 'finance')).toBe(before);
  expect(existsSync(join(county.offices.treasury.folders.quarantine, 'x'))).toBe(false);
});

test('what this office may not send, or cannot yet, is refused before a number is used', async () => {
  const county = await countyAt('2022-05-05T09:00');
  const { tax, finance } = county.offices;
  for (const [office, input, code] of [
    [finance, { kind: 'REFUND_BATCH', to: 'treasury' }, 'KIND_NOT_SENT_HERE'],
    [tax, { kind: 'MONTHLY_REPORT', to: 'tax' }, 'KIND_NOT_SENT_HERE'],
    [tax, { kind: 'PROBLEM', to: 'finance' }, 'KIND_NOT_AVAILABLE'],
    [tax, { kind: 'SURVEY', to: 'finance' }, 'NOTHING_TO_EXPORT'],
    [tax, { kind: 'REFUND_BATCH', to: 'treasury' }, 'NOTHING_TO_EXPORT'],
    [tax, { kind: 'REFUND_BATCH', to: 'treasury', batchNo: 'PC-2022-0009' }, 'NOTHING_TO_EXPORT'],
    [tax, { kind: 'ENTERPRISE_LIST', to: 'finance', period: april }, 'NOTHING_TO_EXPORT'],
    [tax, { kind: 'RECEIPT', to: 'finance' }, 'NOTHING_TO_EXPORT'],
    [tax, { kind: 'KEYCARD', to: 'finance' }, 'NOTHING_TO_EXPORT'],
  ] as const) {
    expect(await refusal(office, 'exchange.exportPackage', input)).toBe(code);
  }
  expect((await done(tax, 'exchange.listPackages', {}, 'handler')).total).toBe(0);
});

test('a report that has not come by its day, and a package nobody acknowledges, are overdue', async () => {
  const county = await countyAt('2022-04-20T09:00');
  const overdue = async (agency: 'tax' | 'finance'): Promise<(string | null)[][]> => (await done(county.offices[agency], 'exchange.gaps', {}, 'handler')).overdue.map((late) => [late.peer, late.kind, late.period]);
  expect(await overdue('finance')).toEqual([]);
  county.at('2022-05-10T18:00');
  expect(await overdue('finance')).toEqual([]);
  county.at('2022-05-11T09:00');
  expect(await overdue('finance')).toEqual([['tax', '退税月报', '2022-04']]);
  await take(county, 'finance', await sendPackage(county, 'tax', report(4)));
  expect(await overdue('finance')).toEqual([]);
  county.at('2022-07-10T09:00');
  expect(await overdue('tax')).toEqual([]);
  county.at('2022-07-11T10:00');
  expect(await overdue('tax')).toEqual([['finance', '退税月报', '2022-04']]);
});

/** A report signed by a tax office that nobody here has met, for this county's finance office. @returns its file */
async function strangersReport(county: County): Promise<string> {
  const stranger = await foundOffice(join(county.folder, 'stranger'), { agency: 'tax', county: '211382', name: '不相识的税务局', practice: true }, testEnv(testClock('2022-05-05T09:00'), 'stranger'));
  onTestFinished(() => {
    stranger.close();
  });
  const card = await county.call('finance', 'keys.writeCard', { folder: county.stick });
  await done(stranger, 'keys.trust', { card: join(county.stick, card.fileName), fingerprint: card.fingerprint }, 'security');
  const sent = await done(stranger, 'exchange.exportPackage', report(4), 'handler');
  await done(stranger, 'exchange.writePackage', { packageId: sent.packageId, folder: county.folder }, 'handler');
  return join(county.folder, sent.fileName);
}
