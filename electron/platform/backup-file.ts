/**
 * The backup file 备份文件 on a disk: an age v1 file written as a stream, so that a ledger of any size needs no memory, and read back the same way. It
 * appears under its name only when the caller says so. What the head of the plaintext means is not known here; the form is told in
 * electron/administration/BACKUP.md.
 */
import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, fstatSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Decrypter, Encrypter, type Identity, type Recipient } from 'age-encryption';
import { DriveFault, driveFaultOf } from './drive.ts';
import { syncFolder } from './folders.ts';

/** The calls that a disk can fail; the fault tests give others. */
export type BackupCalls = { readonly write: (fd: number, bytes: Uint8Array) => number; readonly sync: (fd: number) => void };

const nodeCalls: BackupCalls = { write: (fd, bytes) => writeSync(fd, bytes), sync: fsyncSync };

/** Bytes told as they go by; may throw to stop the work. */
export type BytesTold = (bytes: number) => void;

/** The plaintext begins with these lines, each ended by a line feed; longer ones are no backup. */
const headBytesMax = 65_536;
const pieceBytes = 1_048_576;

/** The name under which a backup lies until it is proven. */
export function halfBackup(path: string): string {
  return `${path}.part`;
}

export type WrittenBackup = { readonly sha256: string; readonly bytes: number; /** Opens this one file; kept in memory for the rehearsal and nowhere else. */ readonly fileKey: Uint8Array };

/**
 * Writes head and ledger, encrypted, under the half name and puts it on the disk.
 * @param terms.recipients `age1…`
 * @throws DriveFault; then no half file is left, where the disk still lets it be removed
 */
export async function writeHalfBackup(
  terms: { readonly path: string; readonly head: string; readonly ledger: string; readonly recipients: readonly string[]; readonly told: BytesTold },
  calls: BackupCalls = nodeCalls,
): Promise<WrittenBackup> {
  const half = halfBackup(terms.path);
  const encrypter = new Encrypter();
  for (const recipient of terms.recipients) encrypter.addRecipient(recipient);
  const kept = keepsFileKey();
  encrypter.addRecipient(kept.recipient);
  try {
    const target = openSync(half, 'w', 0o600);
    const ledger = openSync(terms.ledger, 'r');
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      let done = 0;
      const plain = fileStream(ledger, (piece) => {
        done += piece.length;
        terms.told(done);
      }, new TextEncoder().encode(terms.head));
      for await (const piece of await encrypter.encrypt(plain)) {
        for (let offset = 0; offset < piece.length; ) offset += calls.write(target, piece.subarray(offset));
        hash.update(piece);
        bytes += piece.length;
      }
      calls.sync(target);
      return { sha256: hash.digest('hex'), bytes, fileKey: kept.fileKey() };
    } finally {
      closeSync(ledger);
      closeSync(target);
    }
  } catch (error) {
    dropHalfBackup(terms.path);
    throw driveFaultOf(error) ?? error;
  }
}

/** Removes a half file; a disk that is gone cannot be asked. */
export function dropHalfBackup(path: string): void {
  try {
    rmSync(halfBackup(path), { force: true });
  } catch (error) {
    if (driveFaultOf(error) === null) throw error;
  }
}

/**
 * Gives the proven file its name.
 * @param replace the person agreed that a file of that name is replaced; the old one stands until this moment
 * @throws DriveFault @returns false when a file of that name stands and may not be replaced; it is not touched
 */
export function nameBackup(path: string, replace: boolean): boolean {
  if (existsSync(path) && !replace) return false;
  try {
    renameSync(halfBackup(path), path);
    syncFolder(dirname(path));
    return true;
  } catch (error) {
    throw driveFaultOf(error) ?? error;
  }
}

export type ReadBackup = { readonly head: string; readonly sha256: string; readonly bytes: number; readonly ledger: { readonly sha256: string; readonly bytes: number } };

/** How a backup is opened: by age identities, or by the file key that its own writing kept. */
export type BackupKey = { readonly identities: readonly string[] } | { readonly fileKey: Uint8Array };

/** Why a backup could not be read; `key` = no given key fits, `damaged` = not an age file, cut short or altered. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
  readonly reason: 'key' | 'damaged' | 'head';
  constructor(reason: BackupFault['reason'], cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/**
 * Opens a backup file and writes the ledger in it to `into`, to the disk.
 * @param terms.headTaken is shown the head lines before anything is written and may throw
 * @throws BackupFault, DriveFault; a file begun at `into` is left for the caller to remove
 */
export async function readBackup(terms: { readonly path: string; readonly into: string; readonly key: BackupKey; readonly told: BytesTold; readonly headTaken: (head: string) => void }): Promise<ReadBackup> {
  const decrypter = new Decrypter();
  if ('fileKey' in terms.key) decrypter.addIdentity(holdsFileKey(terms.key.fileKey));
  else for (const identity of terms.key.identities) decrypter.addIdentity(identity);
  const source = openBackup(terms.path);
  const whole = { hash: createHash('sha256'), bytes: 0 };
  const sink = headThenLedger(terms.into, terms.headTaken);
  let stopped: Error | null = null;
  const cipher = fileStream(source, (piece) => {
    whole.hash.update(piece);
    whole.bytes += piece.length;
    try {
      terms.told(whole.bytes);
    } catch (error) {
      stopped = error instanceof Error ? error : new Error(String(error));
      throw stopped;
    }
  });
  // What age reports of the file becomes a fault of the file; a stop and the disk's own faults stay what they are.
  const fromAge = async <T>(step: Promise<T>): Promise<T> => {
    try {
      return await step;
    } catch (error) {
      if (stopped !== null) throw stopped;
      throw driveFaultOf(error) ?? new BackupFault(error instanceof Error && error.message.startsWith('no identity matched') ? 'key' : 'damaged', error);
    }
  };
  try {
    const plain = (await fromAge(decrypter.decrypt(cipher))).getReader();
    for (;;) {
      const { done, value } = await fromAge(plain.read());
      if (done) break;
      sink.take(value);
    }
    return { ...sink.end(), bytes: whole.bytes, sha256: whole.hash.digest('hex') };
  } catch (error) {
    throw driveFaultOf(error) ?? error;
  } finally {
    sink.close();
    closeSync(source);
  }
}

function openBackup(path: string): number {
  try {
    const posix: Partial<typeof constants> = constants;
    const file = openSync(path, constants.O_RDONLY | (posix.O_NONBLOCK ?? 0));
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
    throw new DriveFault('not-a-file');
  } catch (error) {
    throw driveFaultOf(error) ?? error;
  }
}

/** Takes the two head lines apart from the ledger bytes behind them. */
function headThenLedger(into: string, headTaken: (head: string) => void): { take(piece: Uint8Array): void; end(): Pick<ReadBackup, 'head' | 'ledger'>; close(): void } {
  let pending = new Uint8Array(0);
  let head: string | null = null;
  let target: number | null = null;
  const hash = createHash('sha256');
  let bytes = 0;
  const writeLedger = (piece: Uint8Array): void => {
    target ??= openSync(into, 'wx', 0o600);
    for (let offset = 0; offset < piece.length; ) offset += writeSync(target, piece, offset);
    hash.update(piece);
    bytes += piece.length;
  };
  return {
    take(piece) {
      if (head !== null) {
        writeLedger(piece);
        return;
      }
      const joined = new Uint8Array(pending.length + piece.length);
      joined.set(pending);
      joined.set(piece, pending.length);
      pending = joined;
      const end = pending.indexOf(10, pending.indexOf(10) + 1);
      if (pending.indexOf(10) < 0 || end < 0) {
        if (pending.length > headBytesMax) throw new BackupFault('head');
        return;
      }
      head = headText(pending.subarray(0, end));
      headTaken(head);
      writeLedger(pending.subarray(end + 1));
    },
    end() {
      if (head === null || target === null) throw new BackupFault('head');
      fsyncSync(target);
      return { head, ledger: { sha256: hash.digest('hex'), bytes } };
    },
    close() {
      if (target !== null) closeSync(target);
      target = null;
    },
  };
}

function headText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new BackupFault('head', error);
  }
}

/** A recipient that adds nothing to the file and keeps its key: the rehearsal opens the file without any key of the office. */
function keepsFileKey(): { readonly recipient: Recipient; fileKey(): Uint8Array } {
  let kept: Uint8Array | null = null;
  return {
    recipient: {
      wrapFileKey(fileKey) {
        kept = fileKey.slice();
        return [];
      },
    },
    fileKey() {
      if (kept === null) throw new Error('the file key was not shown');
      return kept;
    },
  };
}

function holdsFileKey(fileKey: Uint8Array): Identity {
  return { unwrapFileKey: () => fileKey };
}

/** The bytes of an open file, piece by piece as they are asked for. */
function fileStream(file: number, seen: (piece: Uint8Array) => void, before?: Uint8Array): ReadableStream<Uint8Array> {
  let first = before;
  return new ReadableStream({
    pull(controller) {
      if (first !== undefined) {
        controller.enqueue(first);
        first = undefined;
        return;
      }
      const piece = new Uint8Array(pieceBytes);
      const count = readSync(file, piece, 0, piece.length, null);
      if (count === 0) {
        controller.close();
        return;
      }
      seen(piece.subarray(0, count));
      controller.enqueue(piece.subarray(0, count));
    },
  }, { highWaterMark: 0 });
}
