/**
 * The process that gets killed: opens the office and runs acts one after the other, saying on standard output where it stands. It is
 * started ahead of time, loads everything, and waits for one line on standard input with its work.
 */
import { readSync, writeSync } from 'node:fs';
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';
import { openSteered } from './killing-acts.ts';
import { actSetOf } from './killing-sets.ts';

/** What the parent sends. */
export type KillingWork = {
  readonly acts: string;
  readonly folder: string;
  readonly dir: string;
  readonly from: number;
  /** The planted fault: every statement commits by itself, and after so many writes of its first act the child kills itself. Null = none planted. */
  readonly alone: number | null;
};

writeSync(1, 'ready\n');
const work = JSON.parse(readLine()) as KillingWork; // written by the harness itself
const acts = actSetOf(work.acts);
const steered = openSteered(work.dir, (path) => telling(openLedgerFile(path, { mustExist: true })));
for (let act = work.from; act < acts.count; act += 1) {
  steered.begin(act);
  writeSync(1, `begin ${String(act)}\n`);
  await acts.run(steered.office, work.folder, act);
  writeSync(1, `done ${String(act)}\n`);
}
steered.office.close();

/** Says when a transaction begins and when its COMMIT does, so that the parent can aim. */
function telling(db: Database): Database {
  let written = 0;
  let begun = false;
  return {
    ...db,
    prepare(sql) {
      const statement = db.prepare(sql);
      if (work.alone === null) return statement;
      return {
        ...statement,
        run(params) {
          const result = statement.run(params);
          if (begun) written += 1;
          if (written === work.alone) process.kill(process.pid, 'SIGKILL');
          return result;
        },
      };
    },
    exec(sql) {
      if (sql === 'COMMIT') writeSync(1, 'commit\n');
      if (work.alone === null || !/^(?:BEGIN|COMMIT|SAVEPOINT|RELEASE)/v.test(sql)) db.exec(sql); // a savepoint, too, begins a transaction
      if (sql !== 'BEGIN IMMEDIATE') return;
      begun = true;
      writeSync(1, 'transaction\n');
    },
  };
}

function readLine(): string {
  const bytes = Buffer.alloc(65_536);
  let text = '';
  while (!text.includes('\n')) {
    const count = readSync(0, bytes, 0, bytes.length, null);
    if (count === 0) process.exit(0);
    text += bytes.toString('utf8', 0, count);
  }
  return text;
}
