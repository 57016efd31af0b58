/** 账本名册的风险: the same lines as over the exported file, with and without a roster of twelve months earlier; at the command line and by the operation. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { taxPeriod } from '../../../shared/kernel/tax-period.ts';
import { errorOf, jsonOf, liudi } from '../../support/command-line.ts';
import { done, practiceOffice, refused, temporaryFolder, testClock } from '../../support/practice.ts';
import { completeText, testUscc, type Cells } from '../../support/roster-rows.ts';

const period = taxPeriod('2022-04');
const lastYear = taxPeriod('2021-04');

/** Firms with something of everything: shared accounts, look-alike names, blanks, a bankruptcy, a fallen rating. */
const rows: readonly Cells[] = [
  { uscc: testUscc(1), name: '凌源市未来机械厂', status: '破产' },
  { uscc: testUscc(2), name: '凌源市末来机械厂', creditRating: 'D', bankAccount: '6228480000000000001', accountName: '另一户' },
  { uscc: testUscc(3), name: '凌源市第三机械厂', recentCredits: '', deductedSpecial: '', bankAccount: '6228480000000000001' },
  { uscc: testUscc(4), name: '凌源市第四机械厂', registeredOn: '2021-11-01', deductedCustoms: '9000000', endingCredit: '5000000', recentCredits: '1;2;3;4;5;5000000' },
  { uscc: testUscc(5), name: '凌源市第五机械厂', phone: '' },
];
const earlier: readonly Cells[] = rows.map((row) => ({ ...row, creditRating: 'A', endingCredit: '10.00', registeredOn: '2015-03-04', recentCredits: '1;2;3;4;5;10.00' }));

async function county(withEarlier: boolean) {
  const folder = temporaryFolder();
  const office = await practiceOffice('tax', testClock('2022-05-11T09:00'), join(folder, 'tax'));
  for (const [of, cells] of withEarlier ? [[period, rows], [lastYear, earlier]] as const : [[period, rows]] as const) {
    const file = join(folder, `in-${of}.csv`);
    writeFileSync(file, completeText(...cells));
    await done(office, 'roster.import', { file, period: of, acceptWarnings: true }, 'handler');
    await done(office, 'roster.export', { file: join(folder, `out-${of}.csv`), period: of }, 'handler');
  }
  return { folder, office };
}

describe('账本中的名册与导出的文件判断相同', () => {
  test.each([[true], [false]])('有上年同期名册：%s，逐字节相同', async (withEarlier) => {
    const { folder, office } = await county(withEarlier);
    const answer = await done(office, 'risk.export', { period, file: join(folder, 'office.jsonl'), settings: { largeAmount: '1000.00' } }, 'handler');
    expect(answer).toMatchObject({ period, firms: 5, rejected: 0, previous: withEarlier ? lastYear : null, settings: { largeAmount: '1000.00', jumpFactor: '2' } });
    office.close();
    writeFileSync(join(folder, 'settings.json'), '{"largeAmount":"1000.00"}');
    const previous = withEarlier ? ['--previous', join(folder, `out-${lastYear}.csv`)] : [];
    const common = ['--period', period, '--settings', join(folder, 'settings.json'), '--json'];
    expect(liudi(['risk', join(folder, `out-${period}.csv`), ...common, ...previous, '--out', join(folder, 'file.jsonl')])).toMatchObject({ exit: 0 });
    const verb = liudi(['risk', ...common, '--out', join(folder, 'verb.jsonl'), '--office', join(folder, 'tax'), '--clock', '2022-05-11']);
    expect([verb.exit, jsonOf(verb)['previous']]).toEqual([0, withEarlier ? lastYear : null]);
    const file = readFileSync(join(folder, 'file.jsonl'), 'utf8');
    expect(readFileSync(join(folder, 'office.jsonl'), 'utf8')).toBe(file);
    expect(readFileSync(join(folder, 'verb.jsonl'), 'utf8')).toBe(file);
    for (const found of ['"status"', '"account-shared"', '"name-look-alike"', '"new-firm"', '"input-customs"', '"needsEvidence":[{"indicator"']) expect(file).toContain(found);
    expect(file.includes('"indicator":"rating"')).toBe(withEarlier);
  });

  test('没有名册、文件已在、另给名册文件：各说一句，什么也不写', async () => {
    const { folder, office } = await county(false);
    expect(await refused(office, 'risk.export', { period: '2022-05', file: join(folder, 'a.jsonl') }, 'handler')).toMatchObject({ code: 'RISK_ROSTER_MISSING' });
    expect(await refused(office, 'risk.export', { period: '2019-04', file: join(folder, 'a.jsonl') }, 'handler')).toMatchObject({ code: 'PERIOD_BEFORE_POLICY' });
    writeFileSync(join(folder, 'a.jsonl'), 'old');
    expect((await refused(office, 'risk.export', { period, file: join(folder, 'a.jsonl') }, 'handler')).message).toContain('已有同名文件');
    expect(readFileSync(join(folder, 'a.jsonl'), 'utf8')).toBe('old');
    office.close();
    const at = ['--period', period, '--out', join(folder, 'b.jsonl'), '--office', join(folder, 'tax'), '--clock', '2022-05-11', '--json'];
    expect(liudi(['risk', join(folder, `out-${period}.csv`), ...at]).exit).toBe(2);
    expect(errorOf(liudi(['risk', ...at.map((word) => (word === period ? '2022-05' : word))])).code).toBe('RISK_ROSTER_MISSING');
  });
});
