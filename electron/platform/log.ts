/** The fault log 运行日志: one JSON line an event, no taxpayer data and no secrets, only what the program itself did wrong. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Appends a program fault; where the log takes nothing it goes to standard error, for nobody may be refused by it. @param reference the number the clerk was told */
export function logFault(folder: string, reference: string, at: string, error: unknown): void {
  const event = {
    at,
    reference,
    fault: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'thrown', message: String(error) },
  };
  const line = `${JSON.stringify(event)}\n`;
  try {
    appendFileSync(join(folder, 'faults.jsonl'), line, { mode: 0o600 });
  } catch {
    // A full disk, or a file in the place of the folder: the fault is told all the same.
    process.stderr.write(line);
  }
}
