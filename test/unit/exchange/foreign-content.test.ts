/**
 * What another office may write and still be answered 外来内容: every field of every kind made null, left out, of another type or of another value, signed
 * again. Nothing of it is a fault of this program, and what is accepted is what was written.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { foreignCounty, sampledKinds, type ForeignCounty, type Receiver, type SampledKind } from '../../support/foreign-offices.ts';
import { forge, zeros, type Json, type Letter, type Mutation } from '../../support/exchange-packages.ts';
import { done } from '../../support/practice.ts';
import { absent, become, changed, others, placesOf } from '../../support/mutants.ts';
import { answerOf } from '../../support/mutant-run.ts';

let county: ForeignCounty;
beforeAll(async () => {
  county = await foreignCounty();
});
afterAll(() => {
  county.close();
});

async function receive(to: Receiver, letter: Letter, mutation: Mutation = {}): Promise<string> {
  return to.receive((await forge(letter, mutation)).bytes, answerOf);
}

test.each(sampledKinds)('C1 %s 由另一程序按 FORMAT.md 写成，照收', async (kind) => {
  const { to, letter } = county.of(kind);
  expect(await receive(to, letter)).toBe('accepted');
});

/** What stands for each place in the short run: nothing and null for every field, and one of the others in turn. `npm run mutants` asks all. */
function othersFor(path: readonly (string | number)[], index: number): readonly unknown[] {
  const inTurn = others[index % others.length];
  return path.length === 1 ? [absent, null, inTurn] : [inTurn];
}

/** Every answer to the changes of one row, with the changes that were a fault. */
async function answers(kind: SampledKind, make: (change: (of: Json) => Json) => { letter: Letter; mutation: Mutation }, of: Json): Promise<{ faults: string[]; seen: Set<string> }> {
  const { to } = county.of(kind);
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const [index, path] of placesOf(of).entries()) {
    for (const other of othersFor(path, index)) {
      const { letter, mutation } = make((same) => changed(same, path, other));
      const answer = await receive(to, letter, mutation);
      seen.add(answer);
      if (answer === 'PROGRAM_FAULT' || answer === 'CONTENT_NOT_TAKEN') faults.push(`${path.join('.')} = ${other === absent ? '（无）' : JSON.stringify(other)}`);
    }
  }
  return { faults, seen };
}

for (const kind of sampledKinds) {
  test(`C1 ${kind} 每一行的每个字段写成空、缺、另一类型、另一值，都不是程序故障`, async () => {
    const { letter } = county.of(kind);
    for (const [section, rows] of Object.entries(letter.rows ?? {})) {
      const first = rows[0] ?? {};
      const { faults } = await answers(kind, (change) => ({ letter: { ...letter, rows: { ...letter.rows, [section]: [change(first), ...rows.slice(1)] } }, mutation: {} }), first);
      expect(faults, section).toEqual([]);
    }
  }, 120_000);
}

test('C1 清单的每个字段写成空、缺、另一类型、另一值，都不是程序故障', async () => {
  const { letter } = county.of('REFUND_BATCH');
  let manifest: Json = {};
  await forge(letter, { manifest: (made) => { manifest = structuredClone(made); } });
  const { faults, seen } = await answers('REFUND_BATCH', (change) => ({
    letter,
    mutation: {
      manifest: (made) => {
        become(made, change(made));
      },
    },
  }), manifest);
  expect(faults).toEqual([]);
  expect([...seen]).toContain('MANIFEST_DIFFERS');
}, 120_000);

test.each(sampledKinds)('C1 %s 的月份写成空或写上，按种类拒收', async (kind) => {
  const { to, letter } = county.of(kind);
  const period = letter.period === null ? '2022-04' : null;
  expect(await receive(to, { ...letter, period })).toBe('PERIOD_DIFFERS');
});

test('C1 合计金额不是数字，是清单不符，不是程序故障', async () => {
  const { to, letter } = county.of('MONTHLY_REPORT');
  for (const sum of ['abc', '', '1.0', '-1', '0x10', '9'.repeat(40)]) {
    expect(await receive(to, letter, { manifest: (made) => { (made['control'] as Json)['sum_fen'] = sum; } }), sum).toBe('MANIFEST_DIFFERS');
  }
});

test('C1 更正内容带有不可见字符，拒收时照样能记下并出具回执', async () => {
  const { to, letter } = county.of('POLICY_AMENDMENT');
  const [row] = letter.rows?.['amendments'] ?? [];
  const rows = { amendments: [changed(row ?? {}, ['changes', 0, 'value'], '2022\u0000\u202e06')] };
  expect(await receive(to, { ...letter, rows })).toBe('AMENDMENT_VALUE_MALFORMED');
});

test('C1 包标识与已收或已发的包相同，整包拒收，不是程序故障', async () => {
  const { to, letter } = county.of('REFUND_BATCH');
  const same = (id: unknown): Mutation => ({ manifest: (made) => { made['pkg_id'] = id; }, header: (made) => { made['pkg_id'] = id; } });
  expect(await receive(to, letter, same(to.got.packageId))).toBe('PACKAGE_ID_REPEATED');
  const first = await forge(letter, same('5'.repeat(32)));
  await to.receive(first.bytes, async (reply) => {
    expect(answerOf(reply)).toBe('accepted');
    const rows = { ...letter.rows, batch: [{ ...letter.rows?.['batch']?.[0], note: '重新编制' }] };
    const second = await forge({ ...letter, rows, seq: 2, prev: first.manifestHash, docId: 'REFUND_BATCH/PC-2022-0001/2' }, same('5'.repeat(32)));
    expect(answerOf(await to.next(second.bytes))).toBe('PACKAGE_ID_REPEATED');
  });
});

test('C1 回执先为暂存、后为接收，两次都照收；不是暂存的包才算对方已接收', async () => {
  const { to, letter } = county.of('RECEIPT');
  const states = async (): Promise<unknown> => {
    const { rows } = await done(to.office, 'exchange.listPackages', { direction: 'out' }, 'handler');
    return rows.map(({ seq, state }) => [seq, state]);
  };
  const verdict = (given: Json, seq = 1, prev = zeros): Letter => ({ ...letter, seq, prev, docId: seq === 1 ? 'RECEIPT/finance/1/1' : `RECEIPT/finance/1/1/${String(seq)}`, rows: { receipt: [{ ...letter.rows?.['receipt']?.[0], stage: null, code: null, faults: 0, ...given }], faults: [] } });
  const first = await forge(verdict({ verdict: 'HELD', rowsSeen: 0 }));
  await to.receive(first.bytes, async (reply) => {
    expect(answerOf(reply)).toBe('accepted');
    expect(await states()).toEqual([[1, 'HELD']]);
    const second = await forge(verdict({ verdict: 'ACCEPTED' }, 2, first.manifestHash));
    expect(answerOf(await to.next(second.bytes))).toBe('accepted');
    expect(await states()).toEqual([[1, 'ACKED']]);
    const third = await forge(verdict({ verdict: 'HELD' }, 3, second.manifestHash));
    expect(answerOf(await to.next(third.bytes))).toBe('accepted');
    expect(await states()).toEqual([[1, 'DISPUTED']]);
  });
});

test.each([
  ['行数与所发不同', { rowsSeen: 2 }, '回执所见行数或金额与所发不同'],
  ['金额与所发不同', { sumSeenFen: '1' }, '回执所见行数或金额与所发不同'],
  ['包标识与所发不同', { ofPackageId: '7'.repeat(32) }, '回执所答的包标识与所发不同'],
])('C2 回执%s，是给人看的争议，不算已接收', async (_name, given, dispute) => {
  const { to, letter } = county.of('RECEIPT');
  const rows = { receipt: [{ ...letter.rows?.['receipt']?.[0], verdict: 'ACCEPTED', stage: null, code: null, faults: 0, ...given }], faults: [] };
  await to.receive((await forge({ ...letter, rows })).bytes, async (reply) => {
    expect(answerOf(reply)).toBe('accepted');
    expect((await done(to.office, 'exchange.listPackages', { direction: 'out' }, 'handler')).rows).toMatchObject([{ seq: 1, state: 'DISPUTED' }]);
    expect((await done(to.office, 'exchange.receipts', {}, 'handler')).got).toMatchObject([{ seq: 1, verdict: 'DISPUTED', dispute }]);
    const desk = await done(to.office, 'administration.desk', {}, 'handler');
    expect(desk.lines.filter(({ table }) => table === 'exchange').map(({ title, count }) => [title, count])).toContainEqual(['回执有争议、须与对方核对的交换包', 1]);
  });
});
