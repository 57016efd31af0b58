/** D3: the head that the office has signed at closing must stand in its ledger for ever; a history written anew before it is found at the opening. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalText, chainHash, leafHash, parseBody, readHead } from '../../../electron/journal/index.ts';
import { openOffice } from '../../../electron/office/office.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { withTool } from '../../support/database-tool.ts';
import { grow } from '../../support/grown-ledger.ts';
import { practiceOffice, temporaryFolder, testClock, testEnv } from '../../support/practice.ts';
import { realOffice } from '../../support/real-office.ts';
import { runOutside } from '../../support/tampering.ts';

const clock = testClock('2022-05-08T09:00');

/** A tax office with 2,100 audit entries since its founding, closed as a program closes it. @returns its data directory */
async function closedOffice(): Promise<string> {
  const dir = join(temporaryFolder(), 'tax');
  const office = await practiceOffice('tax', clock, dir);
  // A refused act is an audit entry, which makes no state.
  await office.call('refunds.approve', { all: {} }, 'handler');
  office.close();
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  grow(db, 2_100);
  db.close();
  openOffice(dir, testEnv(clock)).close();
  return dir;
}

function newestBody(dir: string): ReturnType<typeof parseBody> {
  let text = '';
  withTool(join(dir, 'ledger.db'), (tool) => { text = tool.prepare<[], string>('SELECT body FROM journal ORDER BY seq DESC LIMIT 1').pluck().get() ?? ''; });
  return parseBody(text);
}

function faultOf(dir: string): string | null {
  const office = openOffice(dir, testEnv(clock));
  office.close();
  return office.fault;
}

/** Writes entries anew from one on, each hashed onto the one before, and the checkpoint with them. */
function rewrite(dir: string, from: number, change: (body: ReturnType<typeof parseBody>) => object): void {
  const ledger = join(dir, 'ledger.db');
  const updates: string[] = [];
  withTool(ledger, (tool) => {
    const rows = tool.prepare<[number], { seq: number; body: string; prev_hash: string }>('SELECT seq, body, prev_hash FROM journal WHERE seq >= ? ORDER BY seq').all(from);
    let hash = rows[0]?.prev_hash ?? '';
    for (const { seq, body } of rows) {
      const text = seq === from ? canonicalText({ ...parseBody(body), ...change(parseBody(body)) }) : body;
      const before = hash;
      hash = chainHash(before, leafHash(text));
      updates.push(`UPDATE journal SET body = '${text.replaceAll("'", "''")}', prev_hash = '${before}', entry_hash = '${hash}' WHERE seq = ${String(seq)}`);
    }
    updates.push(`UPDATE checkpoint SET entry_hash = (SELECT entry_hash FROM journal WHERE journal.seq = checkpoint.seq)`);
  });
  runOutside(ledger, updates.join('; '));
}

test('D3 条目多了，关闭时签名账本首；重开不再逐条走，完整校验也认它', async () => {
  const dir = await closedOffice();
  const body = newestBody(dir);
  expect([body.kind, body.maker, (body.facts as { seq: number }).seq]).toEqual(['exchange.signHead', '#program', body.seq - 1]);
  const office = openOffice(dir, testEnv(clock));
  expect([office.fault, office.verify('deep').faults]).toEqual([null, []]);
  office.close();
  // Few entries since: not signed again.
  expect(newestBody(dir).seq).toBe(body.seq);
});

test('D3 签名以前的一条被改写、其后逐条重算摘要、检查点一并换过：打开时发现', async () => {
  const dir = await closedOffice();
  rewrite(dir, 1_000, () => ({ at: '2022-05-07T01:00:00Z' }));
  expect(faultOf(dir)).toMatch(/与本单位签名过的账本首不符/);
});

test('D3 把签名所指一并改成改写后的摘要：签名不成立', async () => {
  const dir = await closedOffice();
  rewrite(dir, 1_000, () => ({ at: '2022-05-07T01:00:00Z' }));
  const { seq, facts } = newestBody(dir);
  let hash = '';
  withTool(join(dir, 'ledger.db'), (tool) => { hash = tool.prepare<[number], string>('SELECT entry_hash FROM journal WHERE seq = ?').pluck().get(seq - 1) ?? ''; });
  rewrite(dir, seq, () => ({ facts: { ...(facts as object), hash } }));
  expect(faultOf(dir)).toMatch(/账本首的签名不成立/);
});

test('D3 密钥没有打开的，关闭时不签名，照常关闭', async () => {
  const dir = join(temporaryFolder(), 'office');
  const { office } = await realOffice('tax', dir, 5);
  office.close();
  const db = openLedgerFile(join(dir, 'ledger.db'), { mustExist: true });
  grow(db, 2_100);
  const before = readHead(db).seq;
  db.close();
  const again = openOffice(dir, testEnv(clock));
  again.close();
  expect(newestBody(dir).seq).toBe(before);
});
