/** Faults A1 and A2: what this ledger has paid or has under way, and what its newest determination says, are facts of every later act. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { taxPeriod, type TaxPeriod } from '../../../shared/kernel/tax-period.ts';
import { april, countyAt, refundable, refusal, sendBatch, sendPackage, take, type County } from '../../support/exchange-offices.ts';
import { rosterText, testUscc, type Cells } from '../../support/roster-rows.ts';

const may = taxPeriod('2022-05');
const all = { all: {} };

async function roster(county: County, period: TaxPeriod, ...rows: readonly Cells[]) {
  const file = join(county.folder, `名册-${period}.csv`);
  writeFileSync(file, rosterText(rows));
  return county.call('tax', 'roster.import', { file, period });
}

async function assessed(county: County, period: TaxPeriod, ...rows: readonly Cells[]) {
  const imported = await roster(county, period, ...rows);
  return { imported, ...(await county.call('tax', 'eligibility.assess', { period })) };
}

/** Assesses April, pays what is due and crosses it off. */
async function aprilPaid(county: County, ...rows: readonly Cells[]): Promise<void> {
  await assessed(county, april, ...rows);
  await take(county, 'treasury', await sendBatch(county));
  await county.call('treasury', 'treasury.check', all);
  await county.call('treasury', 'treasury.pay', all);
  await take(county, 'tax', await sendPackage(county, 'treasury', { kind: 'REFUND_RECEIPT', to: 'tax' }));
  await county.call('tax', 'refunds.crossOff', all);
}

const explained = (county: County, n: number) => county.call('tax', 'eligibility.explain', { uscc: testUscc(n), period: may });

describe('A1 已退付的存量', () => {
  test('名册空白、留抵未降：五月测算列为资料不足，写明退还书号和金额；核实冲减后只按增量', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await aprilPaid(county, refundable(1, { baseCredit: '3000.00' }));
    county.at('2022-05-12T09:00');
    const again = await assessed(county, may, refundable(1, { baseCredit: '3000.00' }));
    expect(again.imported.warnings.find(({ code }) => code === 'WARN_CREDIT_NOT_FALLEN')).toMatchObject({ column: '当期期末留抵税额', value: '5001.50', message: expect.stringContaining('凭退还书 00000001 退付') as string });
    expect(again.counts).toMatchObject({ refundable: 0, 'needs-evidence': 1 });
    const told = await explained(county, 1);
    expect([told.existingCredit, told.refundableExisting]).toEqual(['0.00', '0.00']);
    expect(told.findings.at(-1)).toMatchObject({ rule: 'paid-here', outcome: 'needsEvidence' });
    expect(told.findings.at(-1)?.text).toMatch(/存量2,[0-9,.]+元已于2022-04-11凭退还书00000001退付.*期末留抵税额5,001\.50元没有低于退付时的5,001\.50元/);
    expect(await refusal(county.offices.tax, 'refunds.openCandidates', { period: may })).toBe('NOTHING_DETERMINED');

    await county.call('tax', 'refunds.confirmReduced', { refunds: [`2022-04/${testUscc(1)}`], reason: '已见五月申报表附列资料二第22栏' });
    const confirmed = await county.call('tax', 'eligibility.assess', { period: may });
    expect([confirmed.counts.refundable, (await explained(county, 1)).refundableExisting]).toEqual([1, '0.00']);
  });

  test('留抵已按退税冲减的：存量为零，增量按全部留抵，认定上写明已退付', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await aprilPaid(county, refundable(1));
    county.at('2022-05-12T09:00');
    const { imported } = await assessed(county, may, refundable(1, { endingCredit: '800.00', recentCredits: '1;2;3;4;5;800.00' }));
    const told = await explained(county, 1);
    expect(imported.warnings.some(({ code }) => code === 'WARN_CREDIT_NOT_FALLEN')).toBe(false);
    expect([told.verdict, told.existingCredit, told.incrementalCredit]).toEqual(['refundable', '0.00', '800.00']);
    expect(told.findings.at(-1)).toMatchObject({ rule: 'paid-here', outcome: 'met' });
  });

  test('在办未退的同一种留抵：列名单时留下不列，登记申请时拒绝', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await assessed(county, april, refundable(1), refundable(2));
    await sendBatch(county);
    county.at('2022-05-12T09:00');
    await assessed(county, may, refundable(1), refundable(2));
    const listed = await county.call('tax', 'refunds.openCandidates', { period: may });
    expect(listed).toMatchObject({ opened: 0, held: [{ kind: 'existing' }, { kind: 'incremental' }, { kind: 'existing' }, { kind: 'incremental' }] });
    expect(listed.held[0]?.message).toContain('在办（已送国库');
  });

  test('先列入五月名单、后核准四月的：五月不能再申请、不能再核准', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await assessed(county, april, refundable(1));
    await county.call('tax', 'refunds.openCandidates', { period: april });
    county.at('2022-05-12T09:00');
    await assessed(county, may, refundable(1));
    expect(await county.call('tax', 'refunds.openCandidates', { period: may })).toMatchObject({ opened: 1, held: [] });
    const [first, second] = [`2022-04/${testUscc(1)}`, `2022-05/${testUscc(1)}`];
    for (const refund of [first, second]) for (const act of ['apply', 'accept', 'review'] as const) await county.call('tax', `refunds.${act}`, { refunds: [refund] });
    await county.call('tax', 'refunds.approve', { refunds: [first] });
    expect(await refusal(county.offices.tax, 'refunds.approve', { refunds: [second] }, 'approver')).toBe('KIND_UNDER_WAY');
  });
});

describe('A2 核准后重新测算', () => {
  const fallen = refundable(1, { fraud36: '是' });

  test('名册改为骗税后：开具、复核、组批、发送都拒绝；审批人维持核准后放行，再变再拒', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await assessed(county, april, refundable(1), refundable(2));
    await county.call('tax', 'refunds.openCandidates', { period: april });
    for (const act of ['apply', 'accept', 'review', 'approve'] as const) await county.call('tax', `refunds.${act}`, all);
    await county.call('tax', 'refunds.addVoucherRange', { first: '00000001', last: '00000099' });
    await assessed(county, april, fallen, refundable(2));
    const [one, other] = [`2022-04/${testUscc(1)}`, `2022-04/${testUscc(2)}`];
    expect(await refusal(county.offices.tax, 'refunds.issueVouchers', { refunds: [one] }, 'issuer')).toBe('DETERMINATION_FALLEN');
    expect((await county.call('tax', 'refunds.list', { fallen: true })).rows.map(({ refund }) => refund)).toEqual([one]);
    await county.call('tax', 'refunds.issueVouchers', { refunds: [other] });
    expect(await refusal(county.offices.tax, 'refunds.keepApproval', { refunds: [other], reason: '不需要' }, 'approver')).toBe('NOTHING_TO_KEEP');

    await county.call('tax', 'refunds.keepApproval', { refunds: [one], reason: '骗税记录系同名企业，已书面核实' });
    expect((await county.call('tax', 'refunds.list', { fallen: true })).rows).toEqual([]);
    await county.call('tax', 'refunds.issueVouchers', { refunds: [one] });
    await county.call('tax', 'refunds.checkVouchers', all);
    const { batch } = await county.call('tax', 'refunds.formBatch', all);
    await assessed(county, april, refundable(1, { baseCredit: '0', endingCredit: '10.00', recentCredits: '1;2;3;4;5;10.00' }), refundable(2));
    expect(await refusal(county.offices.tax, 'exchange.exportPackage', { kind: 'REFUND_BATCH', to: 'treasury', batchNo: batch?.batchNo }, 'issuer')).toBe('DETERMINATION_FALLEN');
    expect((await county.call('tax', 'refunds.get', { refund: one })).fallen).toMatchObject({ verdict: '可退' });
    expect(county.offices.tax.verify('deep').faults).toEqual([]);
  });

  test('名册里没有了这一户也算下降', async () => {
    const county = await countyAt('2022-04-11T09:00');
    await assessed(county, april, refundable(1), refundable(2));
    await county.call('tax', 'refunds.openCandidates', { period: april });
    for (const act of ['apply', 'accept', 'review', 'approve'] as const) await county.call('tax', `refunds.${act}`, all);
    await assessed(county, april, refundable(2));
    expect((await county.call('tax', 'refunds.get', { refund: `2022-04/${testUscc(1)}` })).fallen).toMatchObject({ verdict: '名册已无该户', existing: '0.00' });
    const desk = await county.call('tax', 'administration.desk', {});
    expect(desk.lines.some(({ title, count }) => title === '核准后测算下降' && count === 1)).toBe(true);
  });
});
