/**
 * Records what an open ledger does to its disk: every write, truncation, sync, creation and removal of the ledger file and its rollback
 * journal, in order, with the moments at which an act was acknowledged. The acts run for real; nothing is simulated here.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { watchingFiles, type FileCall } from './wasm-database-files.ts';

/** `acts` = how many acts had been acknowledged from this moment on. */
export type TraceStep = FileCall | { readonly kind: 'acknowledged'; readonly acts: number };

export type Trace = {
  /** Contents of the files before the first step, all of them safely on the disk. */
  readonly before: ReadonlyMap<string, Uint8Array>;
  readonly steps: readonly TraceStep[];
};

/** The files that hold a ledger: the database and its rollback journal. */
export function ledgerFiles(ledger: string): readonly string[] {
  return [basename(ledger), `${basename(ledger)}-journal`];
}

/**
 * Runs `acts` and records their file calls.
 * @param acts is given the function to call at each acknowledgement
 */
export async function recordTrace(ledger: string, acts: (acknowledged: () => void) => Promise<void>): Promise<Trace> {
  const folder = dirname(ledger);
  const files = ledgerFiles(ledger);
  const before = new Map(files.filter((file) => existsSync(join(folder, file))).map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
  const steps: TraceStep[] = [];
  let count = 0;
  const after = (call: FileCall): void => {
    if (call.kind === 'syncFolder' || files.includes(call.file)) steps.push(call);
  };
  await watchingFiles(folder, { after }, () =>
    acts(() => {
      count += 1;
      steps.push({ kind: 'acknowledged', acts: count });
    }),
  );
  return { before, steps };
}
