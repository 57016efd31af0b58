/**
 * One step of the log's own schema: literal SQL, numbered, frozen, naming no constant of the program. Only what cannot be rebuilt stands here;
 * every table that a fold writes is declared beside its folds (`<capability>/<x>.tables.ts`) and made anew from the log.
 */
export type LogStep = {
  /** `PRAGMA user_version` once it ran. */
  readonly version: number;
  readonly name: string;
  /** The tables it makes; listed in ARCHITECTURE.md. */
  readonly tables: readonly string[];
  readonly sql: string;
};
