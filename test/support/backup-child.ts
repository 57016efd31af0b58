/** The process that is killed while it backs up: opens the office and makes one backup after the other, saying on standard output where it stands. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { openOffice, systemSurroundings } from '../../electron/office/office.ts';

const [dir = '', target = ''] = process.argv.slice(2);
const office = openOffice(dir, systemSurroundings());
for (let number = 1; ; number += 1) {
  writeSync(1, `begin ${String(number)}\n`);
  const reply = await office.call('administration.backup', { file: join(target, `${String(number)}.age`) }, 'system');
  writeSync(1, `${reply.ok ? 'done' : reply.error.message} ${String(number)}\n`);
}
