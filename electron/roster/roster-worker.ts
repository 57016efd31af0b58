/** Entry of the worker thread that parses a roster file. It is given the bytes and imports neither database nor keys. */
import { assert } from '../../shared/kernel/assert.ts';
import { serveForeign } from '../platform/worker-line.ts';
import { rosterChunks, type RosterRequest } from './roster-chunks.ts';

serveForeign((request) => {
  assert(isRosterRequest(request), 'a roster request holds bytes');
  return rosterChunks(request);
});

function isRosterRequest(request: unknown): request is RosterRequest {
  if (typeof request !== 'object' || request === null || !('bytes' in request && 'filingPeriod' in request && 'assignments' in request)) return false;
  return request.bytes instanceof Uint8Array && request.bytes.buffer instanceof ArrayBuffer;
}
