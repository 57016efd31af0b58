/**
 * The opening of a large ledger after a clean close 打开大账本: checks of every opening, the deciding tables made anew, the rest of the chain. Beside it the plainest
 * walk over the same entries: every body hashed once, nothing parsed.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { foundOffice } from '../../electron/office/found-office.ts';
import { openOffice, systemSurroundings } from '../../electron/office/office.ts';
import { openLedgerFile } from '../../electron/platform/database.ts';
import { seededRandom, sha256Hex } from '../../electron/platform/hash.ts';
import { grow } from '../support/grown-ledger.ts';
import type { Subject } from './measure.ts';

/** @param folder for offices */
export function opening(folder: string): Subject {
  return {
    name: '打开账本（正常关闭以后）', baselineSays: '同样多条目的正文各算一次 SHA-256', unit: '条', warmUp: true,
    prepare: async (size) => {
      const dir = join(folder, `opening-${String(size)}`);
      rmSync(dir, { recursive: true, force: true });
      const around = systemSurroundings({ random: seededRandom('opening') });
      const office = await foundOffice(dir, { agency: 'tax', county: '211382', name: '凌源市税务局', practice: true }, around);
      // A refused act is an audit entry, which makes no state: repeated, it stands for years of work.
      await office.call('refunds.approve', { all: {} }, 'handler');
      office.close();
      const ledger = join(dir, 'ledger.db');
      const db = openLedgerFile(ledger, { mustExist: true });
      grow(db, size);
      db.close();
      // The first opening walks all of it, as after a power cut; its closing signs and marks the head.
      const first = performance.now();
      openOffice(dir, around).close();
      console.log(`  （没有检查点的第一次打开并关闭 ${String(size)} 条：${(performance.now() - first).toFixed(0)} ms）`);
      return {
        run: () => {
          const again = openOffice(dir, around);
          if (again.fault !== null) throw new Error(again.fault);
          again.close();
        },
        baseline: () => {
          const read = openLedgerFile(ledger, { mustExist: true });
          let bytes = 0;
          for (const row of read.prepare('SELECT body FROM journal').iterate()) bytes += sha256Hex(new TextEncoder().encode(String(row['body']))).length;
          read.close();
          if (bytes === 0) throw new Error('nothing read');
        },
      };
    },
  };
}
