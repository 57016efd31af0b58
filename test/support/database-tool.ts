/** Somebody with a database tool and a ledger file: guards dropped for the moment and put back word for word. */
import BetterSqlite3 from 'better-sqlite3';

export function withTool(ledger: string, work: (raw: BetterSqlite3.Database) => void): void {
  const raw = new BetterSqlite3(ledger);
  raw.exec('PRAGMA synchronous=OFF; PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON');
  const guards = raw.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all() as { name: string; sql: string }[]; // the columns asked for
  for (const { name } of guards) raw.exec(`DROP TRIGGER ${name}`);
  work(raw);
  for (const { sql } of guards) raw.exec(sql);
  raw.close();
}
