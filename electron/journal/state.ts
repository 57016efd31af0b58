/** State as a projection 状态重建: what a capability declares of the tables its folds write. */

/** The tables of one capability. They hold nothing that the log does not say, and are made anew whenever they or their folds change. */
export type StateTables = {
  readonly capability: string;
  /** Raised when a fold of the capability gives the same entries another meaning. */
  readonly version: number;
  readonly tables: readonly string[];
  /** Tables, indexes and triggers. */
  readonly ddl: string;
};
