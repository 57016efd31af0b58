/**
 * A ledger whose acts can be taken back: between `begin` and `undo` every transaction of the office is a savepoint of one that is never committed, so
 * that thousands of foreign files meet the very same office, and no disk is waited for.
 */
import { openLedgerFile, type Database } from '../../electron/platform/database.ts';

export type Reversible = {
  /** For the surroundings of an office. */
  open(path: string): Database;
  begin(): void;
  undo(): void;
  /** The open database, to look into. */
  readonly db: Database;
};

const asSavepoint: Readonly<Record<string, string>> = { 'BEGIN IMMEDIATE': 'SAVEPOINT act', COMMIT: 'RELEASE act', ROLLBACK: 'ROLLBACK TO act; RELEASE act' };

export function reversibleDatabase(): Reversible {
  let raw: Database | null = null;
  let within = false;
  const standing = (): Database => {
    if (raw === null) throw new Error('no office has been opened');
    return raw;
  };
  return {
    open(path) {
      const opened = openLedgerFile(path, { mustExist: true });
      raw = opened;
      return {
        prepare: (sql) => opened.prepare(sql),
        exec: (sql) => {
          opened.exec(within ? (asSavepoint[sql] ?? sql) : sql);
        },
        close: () => {
          opened.close();
        },
      };
    },
    begin() {
      standing().exec('BEGIN IMMEDIATE');
      within = true;
    },
    undo() {
      within = false;
      standing().exec('ROLLBACK');
    },
    get db() {
      return standing();
    },
  };
}
