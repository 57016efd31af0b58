/**
 * Text packed for storage 压缩存放: lines of JSON shrink to a tenth. What was packed begins with the zlib header, which no JSON text begins with, so that
 * text stored before packing was known is read as it is. Only for bytes of our own whose hash was checked.
 */
import { constants, deflateSync, inflateSync } from 'node:zlib';

/** First byte of the zlib format (RFC 1950); a JSON text never begins with `x`. */
const zlibHeader = 0x78;

export function packText(bytes: Uint8Array): Uint8Array {
  return plain(deflateSync(bytes, { level: constants.Z_BEST_SPEED }));
}

/** @param bytesMax more than it is refused by zlib before it is made. @throws RangeError, or zlib's own error for other bytes */
export function unpackText(bytes: Uint8Array, bytesMax: number): Uint8Array {
  return bytes[0] === zlibHeader ? plain(inflateSync(bytes, { maxOutputLength: bytesMax })) : bytes;
}

/** The same bytes in the type that also comes back from a worker thread, where no Buffer does. */
function plain({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
