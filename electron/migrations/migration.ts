/**
 * The form of a migration 数据库升级. Numbered, additive, never edited after release. State tables are the fold of the journal and are
 * rebuilt and compared by `ledger verify --deep`; local tables cannot be rebuilt and are listed in ARCHITECTURE.md.
 */
export type Migration = {
  /** `PRAGMA user_version` after it ran; 1, 2, 3 … without gaps. */
  readonly version: number;
  readonly name: string;
  readonly sql: string;
  /** Tables it adds that only folds write. */
  readonly stateTables: readonly string[];
  /** Tables it adds that are no fold: the log itself, blobs, secrets, drafts, preferences. */
  readonly localTables: readonly string[];
};
