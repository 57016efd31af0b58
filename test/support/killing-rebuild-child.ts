/** The process that gets killed while it makes the state of a ledger anew. Started ahead; waits for one line with the file's path. */
import { readSync, writeSync } from 'node:fs';
import { bringUpToDate } from '../../electron/journal/index.ts';
import { ledgerForm } from '../../electron/office/joined.ts';
import { rebuildTerms, systemSurroundings } from '../../electron/office/office.ts';

writeSync(1, 'ready\n');
const bytes = Buffer.alloc(4096);
const path = bytes.toString('utf8', 0, readSync(0, bytes, 0, bytes.length, null)).trim();
if (path !== '') {
  writeSync(1, 'begin\n');
  const terms = rebuildTerms(systemSurroundings());
  bringUpToDate(path, ledgerForm, {
    ...terms,
    verify(fresh) {
      const fault = terms.verify(fresh);
      writeSync(1, 'verified\n');
      return fault;
    },
  });
  writeSync(1, 'done\n');
}
