/** Size and SHA-256 of a local file, piece by piece, for files too large to hold in memory. */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

const pieceBytes = 1_048_576;

/** @throws when the file cannot be read */
export function fileDigest(path: string): { readonly bytes: number; readonly sha256: string } {
  const file = openSync(path, 'r');
  try {
    const hash = createHash('sha256');
    const piece = new Uint8Array(pieceBytes);
    let bytes = 0;
    for (;;) {
      const count = readSync(file, piece, 0, piece.length, null);
      if (count === 0) return { bytes, sha256: hash.digest('hex') };
      hash.update(piece.subarray(0, count));
      bytes += count;
    }
  } finally {
    closeSync(file);
  }
}
