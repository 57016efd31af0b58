/** A7 县区参数: its fields are judged together, two people set it, older ledgers keep opening, and each office says where the other's papers are split otherwise. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { countyProfileSchema, type CountyProfile } from '../../../shared/administration/model.ts';
import { profileChanges, profileFaults, profileRemarks, sharesFault } from '../../../shared/administration/profile-rules.ts';
import { knowsSubject, splitDifference } from '../../../shared/administration/profile-split.ts';
import { present } from '../../../shared/kernel/assert.ts';
import type { Fen } from '../../../shared/kernel/money.ts';
import { assess, countyAt, refundable, sendBatch, sendPackage, take } from '../../support/exchange-offices.ts';
import { done, practiceOffice, refused, setProfile, testClock } from '../../support/practice.ts';

const folder = new URL('../../../resources/county/', import.meta.url);
const shipped = readdirSync(folder).map((name) => countyProfileSchema.parse(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))));
const profile = present(shipped.find(({ code }) => code === '211382'), 'the profile of 凌源市');
const subject = (at: number, given: Partial<CountyProfile['subjectCodes'][number]>): CountyProfile['subjectCodes'] => profile.subjectCodes.map((row, index) => (index === at ? { ...row, ...given } : row));

describe('A7 rules across the fields', () => {
  test.each(shipped.map((one) => [one.name, one] as const))('the shipped profile of %s keeps them', (_name, one) => {
    expect([profileFaults(one, one), profileRemarks(one)]).toEqual([[], []]);
  });

  test.each<[string, Partial<CountyProfile>, RegExp]>([
    ['分担比例合计 0.95', { shares: { central: '0.50', province: '0.30', county: '0.15' } }, /合计不是 1/],
    ['分担比例合计略大于 1', { shares: { central: '0.50', province: '0.35', county: '0.15000000000000000001' } }, /合计不是 1/],
    ['外县的行政区划代码', { code: '211381' }, /211381 不是本单位的 211382/],
    ['少一个科目', { subjectCodes: profile.subjectCodes.slice(1) }, /小微企业原政策的预算科目须恰有一个/],
    ['两个科目管同一类', { subjectCodes: subject(1, { policy: 'original' }) }, /小微企业原政策的预算科目须恰有一个/],
    ['两类用一个科目', { subjectCodes: subject(1, { code: '101010139' }) }, /101010139 用了两次/],
    ['不是增值税科目', { subjectCodes: subject(1, { code: '101040140' }) }, /101040140 不在增值税/],
    ['旧科目停用日期不是日期', { subjectCodeBefore: { ...profile.subjectCodeBefore, from: '2022-02-30' } }, /2022-02-30”不是日期/],
    ['条款归属少一条', { policyOfRoute: { '2022-14/1': 'new' } }, /归属不齐/],
    ['条款归属多一条', { policyOfRoute: { ...profile.policyOfRoute, '1994-1/1': 'new' } }, /1994-1\/1 的原政策、新增政策归属不齐/],
  ])('%s', (_case, given, fault) => {
    expect(profileFaults({ ...profile, ...given }, profile).join('；')).toMatch(fault);
  });

  test('thirds that are written out do not sum to one; exact shares do, however they are written', () => {
    expect(sharesFault({ shares: { central: '0.3333', province: '0.3333', county: '0.3333' } })).toMatch(/合计不是 1/);
    expect(sharesFault({ shares: { central: '0.5', province: '0.125', county: '0.3750' } })).toBeNull();
  });

  test('what differs from the law is said and not refused', () => {
    const other = { ...profile, shares: { central: '0.4', province: '0.4', county: '0.2' }, monthlyReportDay: 15 };
    expect(profileFaults(other, profile)).toEqual([]);
    expect(profileRemarks(other)).toEqual(['中央分担 0.4 与国发〔2019〕21号的 0.5 不同', '月报截止日 15 日晚于工作方案二（五）的 10 日']);
    expect(profileChanges(profile, other).map(({ label, from, to }) => `${label} ${from} ${to}`)).toEqual([
      '中央分担比例 0.50 0.4', '省级分担比例 0.35 0.4', '县级分担比例 0.15 0.2', '月报截止日 次月 10 日 次月 15 日',
    ]);
  });
});

describe('A7 two people', () => {
  const halves: CountyProfile = { ...profile, shares: { central: '0.50', province: '0.25', county: '0.25' } };

  test('nothing changes until the second person confirms what was shown', async () => {
    const office = await practiceOffice('tax', testClock('2022-04-11T09:00'));
    await done(office, 'administration.proposeProfile', { profile: halves, reason: '省文件' }, 'system');
    expect((await done(office, 'administration.profile', {}, 'handler')).shares.county).toBe('0.15');
    const { lines } = await done(office, 'administration.desk', {}, 'reviewer');
    expect(lines.find(({ state }) => state === 'profile-proposed')).toMatchObject({ may: ['reviewer', 'approver'], count: 1 });
    const first = present((await done(office, 'administration.profileProposal', {}, 'approver')).proposal, 'the first proposal');
    await done(office, 'administration.proposeProfile', { profile: { ...halves, monthlyReportDay: 9 }, reason: '另一份' }, 'system');
    expect(await refused(office, 'administration.confirmProfile', { digest: first.digest }, 'approver')).toMatchObject({ code: 'STALE_STATE' });
    await done(office, 'administration.proposeProfile', { profile: halves, reason: '省文件' }, 'system');
    const { proposal } = await done(office, 'administration.profileProposal', {}, 'approver');
    const { digest, changes } = present(proposal, 'the proposal');
    expect(changes.map(({ label }) => label)).toEqual(['省级分担比例', '县级分担比例']);
    expect(await refused(office, 'administration.confirmProfile', { digest }, 'system')).toMatchObject({ code: 'DUTY_NOT_HELD' });
    await done(office, 'administration.confirmProfile', { digest }, 'approver');
    expect((await done(office, 'administration.profile', {}, 'handler')).shares.county).toBe('0.25');
    expect(await refused(office, 'administration.confirmProfile', { digest }, 'approver')).toMatchObject({ code: 'PROFILE_NOT_PROPOSED' });
    expect(await done(office, 'administration.proposeProfile', { profile: halves, reason: '再来一次' }, 'system')).toEqual({ changed: false });
  });

  test('a proposal is sent back with a reason, and one that does not hold together is not taken', async () => {
    const office = await practiceOffice('treasury', testClock('2022-04-11T09:00'));
    const unfit = { ...profile, shares: { central: '0.50', province: '0.30', county: '0.15' } };
    expect(await refused(office, 'administration.proposeProfile', { profile: unfit, reason: '笔误' }, 'system')).toMatchObject({
      code: 'PROFILE_UNFIT', message: expect.stringContaining('合计不是 1') as string,
    });
    await done(office, 'administration.proposeProfile', { profile: halves, reason: '省文件' }, 'system');
    await done(office, 'administration.rejectProfile', { reason: '文件尚未印发' }, 'reviewer');
    expect(await done(office, 'administration.profileProposal', {}, 'system')).toEqual({ proposal: null });
    expect((await done(office, 'administration.profile', {}, 'handler')).shares.county).toBe('0.15');
  });
});

test('A7 an older profile whose shares do not sum to one stops the voucher and is named, it is no program fault', () => {
  const old = { ...profile, shares: { central: '0.50', province: '0.30', county: '0.15' } };
  const voucher = { amountFen: 100n as Fen, centralFen: 50n as Fen, provinceFen: 35n as Fen, countyFen: 15n as Fen };
  expect(splitDifference(voucher, old)).toBe('本单位县区参数的分担比例 中央 0.50、省级 0.30、县级 0.15 合计不是 1');
  expect(splitDifference(voucher, profile)).toBeNull();
  expect([knowsSubject(profile, '101010136'), knowsSubject(profile, '101010137')]).toEqual([true, false]);
});

test('A7 finance and treasury say that a batch is split otherwise than their own parameters have it', async () => {
  const county = await countyAt('2022-04-11T09:00');
  await assess(county, [refundable(1), refundable(2)]);
  await setProfile(county.offices.finance, { ...profile, shares: { central: '0.50', province: '0.25', county: '0.25' } });
  expect((await take(county, 'treasury', await sendBatch(county))).summary).not.toContain('县区参数');
  const { summary } = await take(county, 'finance', await sendPackage(county, 'tax', { kind: 'REFUND_BATCH', to: 'finance' }));
  expect(summary).toMatch(/其中 2 份与本单位县区参数不同（退还书 00000001 的分担应为 [0-9.,]+ \/ [0-9.,]+ \/ [0-9.,]+ 元），请与税务局核对参数/);
});
