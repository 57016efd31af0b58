/** An amendment in one office: two people, effect exactly with the second, hashes that follow, and a ledger that rebuilds to the same. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLedgerFile, type Database } from '../../../electron/platform/database.ts';
import { amend, draft2022, halfRate, laterWindow, propose } from '../../support/amendments.ts';
import { april, assess, countyAt, refundable, refusal, type County } from '../../support/exchange-offices.ts';
import { done, refused } from '../../support/practice.ts';

const start = '2022-04-14T09:00';

async function standing(county: County, key: string): Promise<{ text: string; hash: string; shippedHash: string; amendment: string | null; earlier: number }> {
  const { packs } = await done(county.offices.tax, 'policy.parameters', {}, 'audit');
  const pack = packs.find((one) => one.pack === 'mof-sta-2022-14');
  const parameter = pack?.parameters.find((one) => one.key === key);
  if (pack === undefined || parameter === undefined) throw new Error(key);
  return { text: parameter.standing.text, hash: pack.hash, shippedHash: pack.shippedHash, amendment: parameter.standing.amendment, earlier: parameter.earlier.length };
}

test('the value stands from the second confirmation on, not before, and the determination keeps the hash of what stood', async () => {
  const county = await countyAt(start);
  const { tax } = county.offices;
  expect(await assess(county, [refundable(1), refundable(2)])).toBe(2);
  const first = await county.call('tax', 'eligibility.explain', { uscc: refundable(1).uscc ?? '', period: april });
  const before = await standing(county, 'refundRate');
  expect(before).toMatchObject({ text: '1', amendment: null, earlier: 0, hash: before.shippedHash });
  expect(first.sources[0]).toEqual({ pack: 'mof-sta-2022-14', hash: before.shippedHash });

  const no = await propose(tax, halfRate);
  expect(no).toBe('ZC-2022-0001');
  expect(await standing(county, 'refundRate')).toEqual(before);
  expect(await county.call('tax', 'eligibility.assess', { period: april })).toMatchObject({ changed: false });

  const shown = await done(tax, 'policy.confirm', { no }, 'reviewer');
  expect(shown).toMatchObject({ state: 'in-force', place: 1, proposer: '演练经办', confirmer: '演练复核', changes: [{ label: '退还比例', before: '1', after: '0.5' }] });
  const after = await standing(county, 'refundRate');
  expect(after).toMatchObject({ text: '0.5', amendment: no, earlier: 1, shippedHash: before.shippedHash });
  expect(after.hash).toBe(shown.packHash);
  expect(after.hash).not.toBe(before.hash);

  const kept = await county.call('tax', 'eligibility.explain', { uscc: refundable(1).uscc ?? '', period: april });
  expect(kept).toEqual(first);
  expect(await county.call('tax', 'eligibility.assess', { period: april })).toMatchObject({ changed: true });
  const anew = await county.call('tax', 'eligibility.explain', { uscc: refundable(1).uscc ?? '', period: april });
  expect(anew.sources[0]).toEqual({ pack: 'mof-sta-2022-14', hash: after.hash });
  expect(anew.refundRate).toBe('0.5');
  expect(tax.verify('deep').faults).toEqual([]);
});

test('who proposed does not confirm, whatever duties one person holds, and the attempt is recorded', async () => {
  const county = await countyAt(start);
  const { tax } = county.offices;
  await done(tax, 'administration.addOperator', { username: 'both', name: '一人两岗' }, 'system');
  await done(tax, 'administration.setDuties', { username: 'both', duties: ['handler', 'reviewer', 'approver'] }, 'security');
  const people = ['handler', 'reviewer', 'approver', 'issuer', 'both', 'system', 'security', 'audit'];
  const outcomes: Record<string, string> = {};
  for (const proposer of people) {
    const reply = await tax.call('policy.propose', { draft: halfRate }, proposer);
    if (!reply.ok) {
      outcomes[proposer] = reply.error.code;
      continue;
    }
    const { no } = reply.value as { no: string };
    for (const confirmer of people) {
      // An approver's confirmation would take effect: here only the refusals are asked for.
      const may = ['reviewer', 'approver', 'both'].includes(confirmer);
      if (may && confirmer !== proposer) continue;
      const code = (await refused(tax, 'policy.confirm', { no }, confirmer)).code;
      outcomes[`${proposer}>${confirmer}`] = code;
    }
    await done(tax, 'policy.withdraw', { no, reason: '演练' }, 'handler');
  }
  const strangers = Object.fromEntries(['handler', 'reviewer', 'both'].flatMap((proposer) =>
    people.filter((one) => !['reviewer', 'approver', 'both'].includes(one)).map((one) => [`${proposer}>${one}`, 'DUTY_NOT_HELD'])));
  expect(outcomes).toEqual({
    approver: 'DUTY_NOT_HELD', issuer: 'DUTY_NOT_HELD', system: 'DUTY_NOT_HELD', security: 'DUTY_NOT_HELD', audit: 'DUTY_NOT_HELD',
    ...strangers,
    'reviewer>reviewer': 'AMENDMENT_SAME_PERSON', 'both>both': 'AMENDMENT_SAME_PERSON',
  });
  for (const confirmer of ['reviewer', 'approver', 'both']) {
    const no = await propose(tax, draft2022('refundRate', '倍数', `0.${String(4 + ['reviewer', 'approver', 'both'].indexOf(confirmer))}`, `2022-04-1${String(1 + ['reviewer', 'approver', 'both'].indexOf(confirmer))}`));
    expect(await done(tax, 'policy.confirm', { no }, confirmer)).toMatchObject({ state: 'in-force' });
  }
  expect(tax.verify('deep').faults).toEqual([]);
});

test('SQL refuses what the handlers refuse: one person twice, a state without its people, edits, deletions, a place out of turn', async () => {
  const county = await countyAt(start);
  const { tax } = county.offices;
  const inForce = await amend(tax, laterWindow);
  const open = await propose(tax, halfRate);
  tax.close();
  const db = openLedgerFile(join(county.folder, 'tax', 'ledger.db'), { mustExist: true });
  const confirm = (no: string, person: string, place = 2): (() => void) => () => {
    db.prepare("UPDATE policy_amendment SET state = 'in-force', place = @place, confirmer = @person, confirmed_at = 'x', pack_hash = @hash WHERE no = @no").run({ no, person, place, hash: 'a'.repeat(64) });
  };
  const sql = (text: string): (() => void) => () => { db.exec(text); };
  const refusals: readonly (readonly [string, () => void])[] = [
    ['CHECK', confirm(open, 'handler')],
    ['in turn', confirm(open, 'reviewer', 3)],
    ['CHECK', sql(`UPDATE policy_amendment SET state = 'in-force', place = 2 WHERE no = '${open}'`)],
    ['first person', sql(`UPDATE policy_amendment SET state = 'in-force', place = 2, proposer = 'someone', confirmer = 'handler', confirmed_at = 'x', pack_hash = '${'a'.repeat(64)}' WHERE no = '${open}'`)],
    ['first person', sql(`UPDATE policy_amendment SET proposer = 'reviewer' WHERE no = '${open}'`)],
    ['by a step', sql(`UPDATE policy_amendment SET confirmer = 'approver' WHERE no = '${inForce}'`)],
    ['CHECK', sql(`UPDATE policy_amendment SET state = 'withdrawn' WHERE no = '${inForce}'`)],
    ['CHECK', sql(`UPDATE policy_amendment SET state = 'proposed', confirmer = NULL WHERE no = '${inForce}'`)],
    ['never edited', sql(`UPDATE policy_amendment SET draft = '{}', state = 'withdrawn' WHERE no = '${open}'`)],
    ['never deleted', sql(`DELETE FROM policy_amendment WHERE no = '${open}'`)],
    ['unconfirmed and once', sql(`INSERT INTO policy_amendment (no, source, pack, draft, state, place, proposer, proposed_at, confirmer, confirmed_at, pack_hash)
      VALUES ('ZC-2022-0009', 'own', 'mof-sta-2022-14', '{}', 'in-force', 2, 'a', 'x', 'b', 'x', '${'a'.repeat(64)}')`)],
    ['unconfirmed and once', sql(`INSERT OR REPLACE INTO policy_amendment (no, source, pack, draft, state, proposer, proposed_at) VALUES ('${inForce}', 'own', 'mof-sta-2022-14', '{}', 'proposed', 'a', 'x')`)],
  ];
  for (const [says, act] of refusals) expect(act, says).toThrow(says);
  expect(rows(db)).toEqual([[inForce, 'in-force', 1n], [open, 'proposed', null]]);
  confirm(open, 'approver')();
  expect(rows(db)).toEqual([[inForce, 'in-force', 1n], [open, 'in-force', 2n]]);
  db.close();
});

test('withdrawn is withdrawn, in force is in force: what is wrong is amended by a later one', async () => {
  const county = await countyAt(start);
  const { tax } = county.offices;
  const no = await propose(tax, halfRate);
  expect(await done(tax, 'policy.withdraw', { no, reason: '文号有误' }, 'approver')).toMatchObject({ state: 'withdrawn', withdrawReason: '文号有误', withdrawnBy: '演练审批' });
  expect(await refusal(tax, 'policy.confirm', { no }, 'reviewer')).toBe('AMENDMENT_NOT_OPEN');
  expect(await refusal(tax, 'policy.withdraw', { no, reason: '再次' }, 'handler')).toBe('AMENDMENT_NOT_OPEN');
  const second = await propose(tax, halfRate);
  const rival = await propose(tax, { ...halfRate, title: '同一天的另一件' });
  await done(tax, 'policy.confirm', { no: second }, 'reviewer');
  expect(await refusal(tax, 'policy.withdraw', { no: second, reason: '有误' }, 'handler')).toBe('AMENDMENT_NOT_OPEN');
  expect(await refusal(tax, 'policy.confirm', { no: second }, 'approver')).toBe('AMENDMENT_NOT_OPEN');
  expect(await refusal(tax, 'policy.confirm', { no: rival }, 'reviewer')).toBe('AMENDMENT_NOT_LATER');
  expect(await refusal(tax, 'policy.confirm', { no: 'ZC-2022-0099' }, 'reviewer')).toBe('AMENDMENT_UNKNOWN');
  const correcting = await amend(tax, draft2022('refundRate', '倍数', '1', '2022-04-14'));
  const rate = await standing(county, 'refundRate');
  expect(rate).toMatchObject({ text: '1', amendment: correcting, earlier: 2 });
  expect(rate.hash).not.toBe(rate.shippedHash);
  const { amendments } = await done(tax, 'policy.amendments', {}, 'handler');
  expect(amendments.map((one) => [one.no, one.state, one.place])).toEqual([[correcting, 'in-force', 2], [rival, 'proposed', null], [second, 'in-force', 1], [no, 'withdrawn', null]]);
  expect(await refusal(tax, 'policy.propose', { draft: { ...halfRate, changes: [] } })).toBe('INPUT_INVALID');
  expect(tax.verify('deep').faults).toEqual([]);
});

function rows(db: Database): unknown[] {
  return db.prepare('SELECT no, state, place FROM policy_amendment ORDER BY no').all().map((row) => [row['no'], row['state'], row['place']]);
}
