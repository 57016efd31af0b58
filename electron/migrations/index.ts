/** The schema as numbered steps: the log's own, then each capability's tables. */
import { logSteps } from '../log-schema/index.ts';
import { stateTables } from '../office/joined.ts';
import type { Migration } from './migration.ts';

export const migrations: readonly Migration[] = [
  ...logSteps.map(({ version, name, tables, sql }) => ({ version, name, stateTables: [], localTables: tables, sql })),
  ...stateTables.map(({ capability, tables, ddl }, index) => ({
    version: logSteps.length + index + 1, name: capability, stateTables: tables, localTables: [], sql: ddl,
  })),
];
