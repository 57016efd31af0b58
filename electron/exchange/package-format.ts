/**
 * KXP v1 framing 交换包格式: magic, version, header, signature block, ciphertext; and inside the ciphertext the manifest and the
 * sections, end to end. No names, no paths, no compression, no optional part. It says where things are, not whether they are true.
 * @source shared spec exchange.md 2.1; decisions 14; FORMAT.md
 */
import { assert } from '../../shared/kernel/assert.ts';
import { packageLimits } from './package-schema.ts';
import { signatureBytes } from './signature.ts';

/** As with PNG: a text-mode copy, a stripped high bit or a cut file shows at once. */
const magic = Uint8Array.of(0x89, 0x4b, 0x58, 0x50, 0x0d, 0x0a, 0x1a, 0x0a);
const versionMajor = 1;
const versionMinor = 0;
/** Signature algorithms; only Ed25519 is spoken, SM2 waits for a certified module. */
export const algorithms = { ed25519: 1, sm2sm3: 2 } as const;

const headerOffset = magic.length + 2 + 4;

export type Frame = {
  /** Views of the file's bytes, not copies. */
  readonly headerBytes: Uint8Array;
  readonly signature: Uint8Array;
  readonly ciphertext: Uint8Array;
};

export type FrameFault =
  | { readonly code: 'NOT_A_PACKAGE' }
  | { readonly code: 'HEADER_DAMAGED'; readonly reason: string }
  | { readonly code: 'NEWER_PACKAGE_FORMAT'; readonly version: string }
  | { readonly code: 'PACKAGE_TOO_LARGE' }
  | { readonly code: 'PROFILE_MISMATCH'; readonly profile: string };

export type FrameReading = { readonly ok: true; readonly frame: Frame } | { readonly ok: false; readonly fault: FrameFault };

/** Splits a file into its parts; allocates nothing and reads no length it has not checked. */
export function readFrame(bytes: Uint8Array): FrameReading {
  if (bytes.length > packageLimits.packageBytes) return fails({ code: 'PACKAGE_TOO_LARGE' });
  if (bytes.length < headerOffset || magic.some((byte, index) => bytes[index] !== byte)) return fails({ code: 'NOT_A_PACKAGE' });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const major = view.getUint8(magic.length);
  const minor = view.getUint8(magic.length + 1);
  if (major !== versionMajor || minor !== versionMinor) {
    return fails({ code: 'NEWER_PACKAGE_FORMAT', version: `${String(major)}.${String(minor)}` });
  }
  const headerLength = view.getUint32(magic.length + 2);
  if (headerLength < 2 || headerLength > packageLimits.headerBytes) return fails({ code: 'HEADER_DAMAGED', reason: '文件头长度不在范围内' });
  const block = headerOffset + headerLength;
  // count, algorithm, length of the signature
  if (bytes.length < block + 4) return fails({ code: 'NOT_A_PACKAGE' });
  if (view.getUint8(block) !== 1) return fails({ code: 'HEADER_DAMAGED', reason: '签名个数应为一' });
  const algorithm = view.getUint8(block + 1);
  if (algorithm !== algorithms.ed25519) return fails({ code: 'PROFILE_MISMATCH', profile: profileOf(algorithm) });
  if (view.getUint16(block + 2) !== signatureBytes) return fails({ code: 'HEADER_DAMAGED', reason: '签名长度不符' });
  const start = block + 4 + signatureBytes;
  if (bytes.length <= start) return fails({ code: 'NOT_A_PACKAGE' });
  return {
    ok: true,
    frame: {
      headerBytes: bytes.subarray(headerOffset, block),
      signature: bytes.subarray(block + 4, start),
      ciphertext: bytes.subarray(start),
    },
  };
}

/** The bytes of a package file. */
export function writeFrame(frame: Frame): Uint8Array {
  const { headerBytes, signature, ciphertext } = frame;
  assert(headerBytes.length >= 2 && headerBytes.length <= packageLimits.headerBytes, 'a header of 2..16384 bytes');
  assert(signature.length === signatureBytes, 'an Ed25519 signature');
  const block = headerOffset + headerBytes.length;
  const bytes = new Uint8Array(block + 4 + signatureBytes + ciphertext.length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint8(magic.length, versionMajor);
  view.setUint8(magic.length + 1, versionMinor);
  view.setUint32(magic.length + 2, headerBytes.length);
  bytes.set(headerBytes, headerOffset);
  view.setUint8(block, 1);
  view.setUint8(block + 1, algorithms.ed25519);
  view.setUint16(block + 2, signatureBytes);
  bytes.set(signature, block + 4);
  bytes.set(ciphertext, block + 4 + signatureBytes);
  return bytes;
}

export type Plaintext = { readonly manifestBytes: Uint8Array; /** All sections end to end. */ readonly body: Uint8Array };

/** Splits an opened ciphertext; null when the manifest's length does not fit. */
export function readPlaintext(bytes: Uint8Array): Plaintext | null {
  if (bytes.length < 4) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(0);
  if (length < 2 || length > packageLimits.manifestBytes || bytes.length < 4 + length) return null;
  return { manifestBytes: bytes.subarray(4, 4 + length), body: bytes.subarray(4 + length) };
}

/** @param sections bytes of the sections in the manifest's order */
export function writePlaintext(manifestBytes: Uint8Array, sections: readonly Uint8Array[]): Uint8Array {
  assert(manifestBytes.length >= 2 && manifestBytes.length <= packageLimits.manifestBytes, 'a manifest of at most 1 MiB');
  const total = sections.reduce((sum, section) => sum + section.length, 4 + manifestBytes.length);
  const bytes = new Uint8Array(total);
  new DataView(bytes.buffer).setUint32(0, manifestBytes.length);
  bytes.set(manifestBytes, 4);
  let offset = 4 + manifestBytes.length;
  for (const section of sections) {
    bytes.set(section, offset);
    offset += section.length;
  }
  return bytes;
}

function profileOf(algorithm: number): string {
  return algorithm === algorithms.sm2sm3 ? 'gm-1' : `算法 ${String(algorithm)}`;
}

function fails(fault: FrameFault): FrameReading {
  return { ok: false, fault };
}
