/** Zip files made by hand, right and wrong ones: each header field can be given, so that every lie a zip can tell can be told. */
import { crc32, deflateRawSync } from 'node:zlib';

export type ZipPart = {
  readonly name: string;
  readonly data: Uint8Array | string;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  readonly crc?: number;
  readonly unpackedSize?: number;
  readonly attributes?: number;
  readonly localName?: string;
  /** Points into another entry instead of its own header. */
  readonly offset?: number;
};

const unixMaker = 3 << 8;

/** @param given what the end record says instead of the truth */
export function zipOf(parts: readonly ZipPart[], given: { readonly count?: number } = {}): Uint8Array<ArrayBuffer> {
  const blocks: Buffer[] = [];
  const directory: Buffer[] = [];
  let position = 0;
  for (const part of parts) {
    const data = typeof part.data === 'string' ? Buffer.from(part.data) : Buffer.from(part.data);
    const packed = part.stored === true ? data : deflateRawSync(data);
    const method = part.method ?? (part.stored === true ? 0 : 8);
    const sizes = { crc: part.crc ?? crc32(data), packed: packed.length, unpacked: part.unpackedSize ?? data.length };
    const local = header(0x04034b50, 30, part.flags ?? 0x800, method, sizes, part.localName ?? part.name);
    const entry = centralHeader(part, method, sizes, part.offset ?? position);
    blocks.push(local, packed);
    directory.push(entry);
    position += local.length + packed.length;
  }
  const whole = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(given.count ?? (parts.length & 0xffff), 8);
  end.writeUInt16LE(given.count ?? (parts.length & 0xffff), 10);
  end.writeUInt32LE(whole.length, 12);
  end.writeUInt32LE(position, 16);
  return new Uint8Array(Buffer.concat([...blocks, whole, end]));
}

type Sizes = { readonly crc: number; readonly packed: number; readonly unpacked: number };

function header(signature: number, length: number, flags: number, method: number, sizes: Sizes, name: string): Buffer {
  const nameBytes = Buffer.from(name);
  const block = Buffer.alloc(length);
  block.writeUInt32LE(signature, 0);
  block.writeUInt16LE(20, 4);
  block.writeUInt16LE(flags, 6);
  block.writeUInt16LE(method, 8);
  block.writeUInt32LE(sizes.crc, 14);
  block.writeUInt32LE(sizes.packed, 18);
  block.writeUInt32LE(sizes.unpacked, 22);
  block.writeUInt16LE(nameBytes.length, 26);
  return Buffer.concat([block, nameBytes]);
}

function centralHeader(part: ZipPart, method: number, sizes: Sizes, offset: number): Buffer {
  const nameBytes = Buffer.from(part.name);
  const block = Buffer.alloc(46);
  block.writeUInt32LE(0x02014b50, 0);
  block.writeUInt16LE(unixMaker | 20, 4);
  block.writeUInt16LE(20, 6);
  block.writeUInt16LE(part.flags ?? 0x800, 8);
  block.writeUInt16LE(method, 10);
  block.writeUInt32LE(sizes.crc, 16);
  block.writeUInt32LE(sizes.packed, 20);
  block.writeUInt32LE(sizes.unpacked, 24);
  block.writeUInt16LE(nameBytes.length, 28);
  block.writeUInt32LE(part.attributes ?? 0, 38);
  block.writeUInt32LE(offset, 42);
  return Buffer.concat([block, nameBytes]);
}
