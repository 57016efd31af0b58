/** The fault log 运行日志: one JSON line an event, no taxpayer data and no secrets, only what the program itself did wrong. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Appends a program fault. @param reference the number the clerk was told */
export function logFault(folder: string, reference: string, at: string, error: unknown): void {
  const event = {
    at,
    reference,
    fault: error instanceof Error ? { name: error.name, message: error.message, stack: error.stack } : { name: 'thrown', message: String(error) },
  };
  appendFileSync(join(folder, 'faults.jsonl'), `${JSON.stringify(event)}\n`, { mode: 0o600 });
}
