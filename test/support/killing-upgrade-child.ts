/** The process that gets killed while it brings a ledger to the newest schema. Started ahead; waits for one line with the file's path. */
import { readSync, writeSync } from 'node:fs';
import { entryKinds } from '../../electron/office/joined.ts';
import { verifyDeep } from '../../electron/journal/index.ts';
import { migrations } from '../../electron/migrations/index.ts';
import { bringUpToDate } from '../../electron/platform/migrations.ts';

writeSync(1, 'ready\n');
const bytes = Buffer.alloc(4096);
const path = bytes.toString('utf8', 0, readSync(0, bytes, 0, bytes.length, null)).trim();
if (path !== '') {
  writeSync(1, 'begin\n');
  bringUpToDate(path, migrations, (db) => verifyDeep({ db, kinds: entryKinds, migrations }).faults[0]?.message ?? null);
  writeSync(1, 'done\n');
}
