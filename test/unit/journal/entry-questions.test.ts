/**
 * D2: deep verification believes no entry because it is written: the maker's duty of that time, the signature of every stored package and each countersignature
 * are judged again. The forged ledgers are chained anew, so that the chain itself is unbroken.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalText, chainHash, emptyHead, leafHash, parseBody, readChunk, verifyDeep, type EntryBody, type LedgerFault } from '../../../electron/journal/index.ts';
import { entryMakers } from '../../../electron/office/entry-makers.ts';
import { entryKinds, entryQuestions, ledgerForm } from '../../../electron/office/joined.ts';
import { openLedgerFile } from '../../../electron/platform/database.ts';
import { hexOf, sha256Hex } from '../../../electron/platform/hash.ts';
import { isOperationName } from '../../../shared/contract.ts';
import type { Agency } from '../../../shared/kernel/office.ts';
import { buildRichLedgers, richLedger } from '../../support/tampering-ledger.ts';
import { runOutside } from '../../support/tampering.ts';
import { withTool } from '../../support/database-tool.ts';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'liudi-questions-'));
  await buildRichLedgers(folder);
});
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

type Body = EntryBody & { facts: Record<string, unknown> };

/** A copy of a ledger in which one entry says something else, chained anew from there on. @returns its number and what deep verification finds of it */
function forged(
  agency: Agency, of: (body: Body) => boolean, change: (body: Body) => object, also: () => string = () => '',
): { readonly seq: number; readonly faults: readonly LedgerFault[] } {
  const dir = mkdtempSync(join(folder, 'forged-'));
  const path = join(dir, 'ledger.db');
  copyFileSync(richLedger(folder, agency), path);
  let seq = 0;
  const updates: string[] = [];
  withTool(path, (tool) => {
    const rows = tool.prepare<[], { body: string }>('SELECT body FROM journal ORDER BY seq').all();
    let hash: string = emptyHead.hash;
    for (const [index, row] of rows.entries()) {
      const body = parseBody(row.body) as Body;
      const hit = seq === 0 && of(body);
      if (hit) seq = index + 1;
      const text = hit ? canonicalText({ ...body, ...change(body) }) : row.body;
      const before = hash;
      hash = chainHash(before, leafHash(text));
      if (seq > 0) updates.push(`UPDATE journal SET body = '${text.replaceAll("'", "''")}', prev_hash = '${before}', entry_hash = '${hash}' WHERE seq = ${String(index + 1)}`);
    }
  });
  runOutside(path, `DELETE FROM checkpoint; ${updates.join('; ')}; ${also()}`);
  const db = openLedgerFile(path, { mustExist: true });
  try {
    return { seq, faults: verifyDeep({ db, form: ledgerForm, questions: entryQuestions }).faults.filter((fault) => fault.where === 'entry') };
  } finally {
    db.close();
  }
}

const flipped = (hex: unknown): string => (String(hex).startsWith('0') ? '1' : '0') + String(hex).slice(1);

function countersignatureWith(facts: Record<string, unknown>, part: string): object {
  const before = facts['countersignature'] as Record<string, unknown>;
  return { countersignature: { ...before, [part]: flipped(before[part]) } };
}

function otherHead(facts: Record<string, unknown>): object {
  const ack = facts['ack'] as { readonly head: object };
  return { ack: { ...ack, head: { ...ack.head, hash: 'f'.repeat(64) } } };
}

describe('D2 完整校验重新核对每条记载', () => {
  test('每种条目都能说出由哪项操作写下', () => {
    const unknown = [...new Set([...entryKinds.values()].map(({ kind }) => kind))].filter((kind) => !isOperationName(kind) && !Object.hasOwn(entryMakers, kind));
    expect(unknown, 'name the operations that append these kinds in electron/office/entry-makers.ts').toEqual([]);
    expect(Object.keys(entryMakers).filter((kind) => !entryKinds.has(kind))).toEqual([]);
  });

  test.each([
    ['tax', 'refunds.approve', 'handler', '没有审批岗位'],
    ['tax', 'refunds.issueVoucher', 'reviewer', '没有'],
    ['treasury', 'treasury.pay', 'reviewer', '没有'],
    ['treasury', 'treasury.pay', 'nobody', '当时不在岗'],
    ['treasury', 'treasury.check', '#program', '没有经办人'],
    ['tax', 'administration.setProfile', 'handler', '没有'],
    ['finance', 'keys.trustCard', 'system', '没有'],
    ['treasury', 'exchange.receive', 'security', '没有'],
  ] as const)('%s %s 的经办人换成 %s：当时没有这个岗位，指出该条', (agency, kind, maker, says) => {
    const { seq, faults } = forged(agency, (body) => body.kind === kind, () => ({ maker }));
    expect(seq).toBeGreaterThan(0);
    expect(faults.find((fault) => fault.seq === seq)?.message).toContain(says);
  });

  test('岗位被收回以后所办的事项：指出该条；收回以前所办的不受影响', () => {
    // The approver's duty is taken away in the place of another change of duties, before the first approval.
    const { seq, faults } = forged('tax', (body) => body.kind === 'administration.setOperator' && body.subject === 'second', (body) => ({
      subject: 'approver', facts: { ...body.facts, operator: { username: 'approver', name: '审批', duties: ['handler'], active: true } },
    }));
    expect(seq).toBeGreaterThan(0);
    // The ledger's own hashes have changed with it, which the peers' countersignatures tell as well.
    const made = faults.filter((fault) => fault.message.includes('经办人'));
    expect(made.length).toBeGreaterThan(0);
    expect(made.filter((fault) => (fault.seq ?? 0) < seq || !fault.message.includes('approver'))).toEqual([]);
  });

  const changes: readonly (readonly [string, Agency, string, (facts: Record<string, unknown>) => object, string])[] = [
    ['收包登记换了清单摘要', 'treasury', 'exchange.receive', (facts) => ({ manifestHash: flipped(facts['manifestHash']) }), '登记与文件头不符'],
    ['收包登记换了包标识', 'treasury', 'exchange.receive', (facts) => ({ packageId: flipped(facts['packageId']) }), '登记与文件头不符'],
    ['发包登记换了清单摘要', 'tax', 'exchange.send', (facts) => ({ manifestHash: flipped(facts['manifestHash']) }), '登记与文件头不符'],
    ['会签换了一个字符', 'tax', 'exchange.receive', (facts) => countersignatureWith(facts, 'signature'), '会签不成立'],
    ['会签换了密钥', 'tax', 'exchange.receive', (facts) => countersignatureWith(facts, 'key_id'), '会签不成立'],
    ['对方看到的账本首换了摘要', 'tax', 'exchange.receive', otherHead, '与本账本不符'],
  ];
  test.each(changes)('%s：指出该条', (_name, agency, kind, change, says) => {
    const { seq, faults } = forged(agency, (body) => body.kind === kind && (kind === 'exchange.send' || body.facts['countersignature'] !== null), (body) => ({ facts: { ...body.facts, ...change(body.facts) } }));
    expect(seq).toBeGreaterThan(0);
    expect(faults.find((fault) => fault.seq === seq)?.message).toContain(says);
  });

  test.each(['exchange.send', 'exchange.receive'])('%s 存下的包换了一个签名字节（附件摘要一并改好）：指出该条', (kind) => {
    let blob = '';
    const { seq, faults } = forged('treasury', (body) => body.kind === kind, ({ facts }) => {
      const bytes = facts['bytes'] as { chunks: string[]; bytes: number; lines: number };
      const db = openLedgerFile(richLedger(folder, 'treasury'), { mustExist: true });
      const changed = readChunk(db, bytes.chunks[0] ?? '').slice();
      db.close();
      // magic, version, length of the header, header, count, algorithm, length of the signature
      const at = 14 + new DataView(changed.buffer, changed.byteOffset).getUint32(10) + 4;
      changed[at] = (changed[at] ?? 0) ^ 1;
      const hash = sha256Hex(changed);
      blob = `UPDATE blob SET hash = '${hash}', bytes = x'${hexOf(changed)}' WHERE hash = '${bytes.chunks[0] ?? ''}'`;
      return { facts: { ...facts, bytes: { ...bytes, hash, chunks: [hash] } } };
    }, () => blob);
    expect(faults.find((fault) => fault.seq === seq)?.message).toContain('签名按当时登记的密钥不成立');
  });
});
