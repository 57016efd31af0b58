/** A refund pending when one policy gives way to the next is finished under the policy of its filing period; a real office over both periods. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { civilDate } from '../../../shared/kernel/civil-date.ts';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import type { Office } from '../../../electron/office/office.ts';
import { regimeWarning } from '../../../electron/refunds/regime.ts';
import { shippedPolicy } from '../../golden/golden-policy.ts';
import { done, practiceOffice, temporaryFolder, testClock, type TestClock } from '../../support/practice.ts';
import { completeText } from '../../support/roster-rows.ts';

const august = taxPeriod('2025-08');
const september = taxPeriod('2025-09');
/** A wholesaler: under No. 14 one of seven industries and refunded in full, under No. 7 one of the others and refunded by 60 per cent of what is new. */
const wholesaler = {
  industryCode: 'F5111', salesByIndustry: 'F51=1000000', endingCredit: '900000', baseCredit: '100000', recentCredits: '200000;300000;400000;500000;600000;900000',
  prevYearEndCredit: '100000', exportRefundDue: '', vatArrears: '', existingRefundedOn: '', generalRefundedOn: '', immediateRefundRepaidOn: '', abnormalVouchers: '',
  deductedVehicle: '', deductedToll: '', deductedCustoms: '', deductedWithholding: '', deductedAir: '', deductedRail: '', yearDeductedQualified: '800', yearDeductedTotal: '1000',
};

function setTo(clock: TestClock, at: string): void {
  clock.now = Date.parse(`${at}:00+08:00`);
}

async function assessed(office: Office, file: string, period: typeof august): Promise<void> {
  await done(office, 'roster.import', { file, period }, 'handler');
  await done(office, 'eligibility.assess', { period }, 'handler');
  await done(office, 'refunds.openCandidates', { period }, 'handler');
}

async function pendingOffice(): Promise<{ office: Office; clock: TestClock; file: string; refund: string }> {
  const clock = testClock('2025-08-20T09:00');
  const office = await practiceOffice('tax', clock);
  const file = join(temporaryFolder(), '名册.csv');
  writeFileSync(file, completeText(wholesaler));
  await assessed(office, file, august);
  const { rows } = await done(office, 'refunds.list', {}, 'handler');
  return { office, clock, file, refund: rows[0]?.refund ?? '' };
}

describe('an application of the last filing period of No. 14', () => {
  test('accepted, reviewed and approved under No. 7 keeps its route and every fen', async () => {
    const { office, clock, file, refund } = await pendingOffice();
    await done(office, 'refunds.apply', { refunds: [refund] }, 'handler');
    const before = (await done(office, 'refunds.get', { refund }, 'handler')).refund;
    setTo(clock, '2025-09-10T09:00');
    await done(office, 'refunds.accept', { refunds: [refund] }, 'handler');
    await done(office, 'refunds.review', { refunds: [refund] }, 'reviewer');
    const again = await done(office, 'eligibility.assess', { period: august }, 'handler');
    expect(again).toMatchObject({ changed: false, packs: [{ pack: 'mof-sta-2022-14' }, { pack: 'mof-sta-gac-2019-39' }] });
    expect(await done(office, 'refunds.openCandidates', { period: august }, 'handler')).toMatchObject({ changed: false, unchanged: 1 });
    await done(office, 'refunds.approve', { refunds: [refund] }, 'approver');
    const after = (await done(office, 'refunds.get', { refund }, 'handler')).refund;
    expect(after).toMatchObject({ state: 'approved', route: '2022-14/2', existing: { approved: before.existing.determined }, incremental: { approved: before.incremental.determined } });
    expect([before.existing.determined, before.incremental.determined]).toEqual(['80000.00', '640000.00']);
    await assessed(office, file, september);
    const next = await done(office, 'eligibility.list', { period: september }, 'handler');
    expect(next.rows).toMatchObject([{ route: '2025-07/1(3)', existing: '0.00', incremental: '384000.00' }]);
    expect((await done(office, 'refunds.get', { refund }, 'handler')).refund).toMatchObject({ route: '2022-14/2', incremental: { approved: '640000.00' } });
  });

  test('made only after No. 7 began is entered with a warning that names both policies', async () => {
    const { office, clock, refund } = await pendingOffice();
    setTo(clock, '2025-09-01T09:00');
    const { warnings } = await done(office, 'refunds.apply', { refunds: [refund] }, 'handler');
    expect(warnings).toEqual([expect.stringMatching(/2025-09-01已在2025年9月申报期，.*2025年第7号；本笔是2025年8月申报期的退税，按.*2022年第14号.*办理到底/)]);
  });
});

test.each([
  ['2025-08', '2025-08-31', null],
  ['2025-08', '2025-09-01', '2025年第7号'],
  ['2022-03', '2022-03-31', null],
  ['2022-03', '2022-04-01', '2022年第14号'],
  ['2022-04', '2025-08-31', null],
  ['2022-04', '2022-03-31', null],
  ['2025-09', '2027-12-31', null],
])('a refund of %s applied for on %s is warned of %s', (period, on, document) => {
  const warning = regimeWarning(() => shippedPolicy, taxPeriod(period), civilDate(on));
  expect(document === null ? warning : warning?.includes(document)).toBe(document === null ? null : true);
});
