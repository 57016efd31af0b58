/**
 * The worker's end of foreign-worker.ts: answers each question with the next chunk. An entry module of a capability calls
 * `serveForeign` with its parser; it may import no database and no key store.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { assert } from '../../shared/kernel/assert.ts';
import type { ForeignAnswer } from './foreign-worker.ts';

/**
 * Serves the chunks of one request, then ends.
 * @param chunks makes them from the request that foreignChunks was given; runs only as far as chunks are asked for
 */
export function serveForeign(chunks: (request: unknown) => Iterator<unknown, unknown, void> | AsyncIterator<unknown, unknown, void>): void {
  const port = parentPort;
  assert(port !== null, 'serveForeign runs in a worker thread');
  const source = chunks(workerData);
  const answer = async (): Promise<void> => {
    const next = await source.next();
    const said: ForeignAnswer = next.done === true ? { kind: 'end' } : { kind: 'chunk', chunk: next.value };
    port.postMessage(said);
    if (next.done === true) port.close();
  };
  // A rejection is not handled here on purpose: it ends the worker, which is the answer `crash`.
  port.on('message', () => void answer());
}
