/**
 * What must always hold between the channels and their packages 通道恒等式, and the one fault that another office can prove: that this
 * ledger is older than what a peer has countersigned. Reading only.
 * @source shared spec ledger.md I4, I8; exchange.md 2.5 E206
 */
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { readEntryAt, type LedgerFault } from '../journal/index.ts';
import type { Database, Row } from '../platform/database.ts';
import { isAfter, type SignedNumbers } from '../platform/signed-numbers.ts';
import { readOutgoing } from './channel.sql.ts';

/** Rows for the table of ledger rules. */
export const exchangeRules = [{ name: '交换通道', check: checkChannels }] as const;

/** I8: numbers without gaps, the last one and its hash as the channel says; nothing acknowledged that was not sent. */
export function checkChannels(db: Database): LedgerFault[] {
  return [...brokenChannels(db, 'channel_in', 'package_in'), ...brokenChannels(db, 'channel_out', 'package_out')];
}

/**
 * Why this ledger must never be written to, or null: a head that a peer has countersigned, as this very ledger says, stands in it no longer. Such a
 * ledger was altered; one that is merely older stands still until its channels are opened anew (standstill.ts).
 */
export function staleLedgerFault(db: Database): LedgerFault | null {
  for (const row of db.prepare('SELECT peer, head_seq, head_hash FROM countersignature ORDER BY head_seq DESC').iterate()) {
    const seq = Number(row['head_seq']);
    if (readEntryAt(db, seq)?.entryHash !== row['head_hash']) {
      return { where: 'head', seq, message: `账本第 ${String(seq)} 条与${nameOf(row)}会签的摘要不符或已缺失` };
    }
  }
  return null;
}

/** What shows that this ledger is older than the packages it has signed, as the middle of a sentence, or null. @throws SignedNumbersFault */
export function olderThanSigned(db: Database, signed: SignedNumbers): string | null {
  for (const peer of agencies) {
    const noted = signed.highest(peer);
    if (noted === null) continue;
    const outgoing = readOutgoing(db, peer);
    const same = noted.epoch === outgoing.epoch && noted.seq === outgoing.lastSeq;
    const older = same ? outgoing.lastManifestHash !== noted.manifestHash : isAfter(noted, { epoch: outgoing.epoch, seq: outgoing.lastSeq });
    if (older) return `比本机已签发的包旧（发往${agencyNames[peer]}第 ${String(noted.epoch)} 期第 ${String(noted.seq)} 号包不在账内）`;
  }
  return null;
}

function brokenChannels(db: Database, channel: 'channel_in' | 'channel_out', packages: 'package_in' | 'package_out'): LedgerFault[] {
  const rows = db
    .prepare(
      `SELECT c.peer FROM ${channel} AS c LEFT JOIN ${packages} AS p ON p.peer = c.peer AND p.epoch = c.epoch
       GROUP BY c.peer
       HAVING count(p.seq) <> c.last_seq OR coalesce(max(p.seq), 0) <> c.last_seq
         OR (c.last_seq > 0 AND max(CASE WHEN p.seq = c.last_seq THEN p.manifest_hash END) IS NOT c.last_manifest_hash)`,
    )
    .all();
  return rows.map((row) => ({ where: 'rule', table: channel, key: String(row['peer']), message: `与${nameOf(row)}的通道：包号有缺、有重，或末号摘要不符` }));
}

function nameOf(row: Row): string {
  return agencyNames[String(row['peer']) as Agency]; // CHECK of the tables
}
