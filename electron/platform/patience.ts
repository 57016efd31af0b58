/**
 * Patience 稍候再试: a virus scanner or an indexer holds a file for a second or two just after it was written, and the call answers EPERM, EBUSY or EACCES. Such a
 * call is asked again for about three seconds; what still fails then is a fault like any other. The thread waits, nothing else runs meanwhile.
 */

const passing = new Set(['EPERM', 'EBUSY', 'EACCES']);
/** SQLite says so where the system would not let it open a file that is there and may be written. */
const passingInSqlite = new Set(['SQLITE_CANTOPEN', 'SQLITE_PERM']);
const pausesMs = [20, 50, 100, 200, 400, 800, 1500];

/** Opening a ledger: another program holds it for a moment. @param there whether the file stands and may be written; else it is asked once */
export function patientlyOpened<T>(open: () => T, there: () => boolean, pause: (ms: number) => void = sleep): T {
  for (const ms of pausesMs) {
    try {
      return open();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && typeof error.code === 'string' && passingInSqlite.has(error.code)) || !there()) throw error;
      pause(ms);
    }
  }
  return open();
}

/** @param pause how the waiting is done; tests give another */
export function patiently<T>(act: () => T, pause: (ms: number) => void = sleep): T {
  for (const ms of pausesMs) {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && typeof error.code === 'string' && passing.has(error.code))) throw error;
      pause(ms);
    }
  }
  return act();
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
