/** Lines as UTF-8 bytes 行的字节, gathered into one buffer that can be handed to another thread or to a file without copying. */

/** A character of UTF-16 is at most three bytes of UTF-8. */
const bytesPerUnit = 3;

export class LineBytes {
  #capacity: number;
  #bytes: Buffer<ArrayBuffer> | null = null;
  #length = 0;

  /** @param capacity bytes to begin with */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Writes the next lines into a buffer that is no longer needed, if it is large enough. */
  lend(buffer: ArrayBuffer | undefined): void {
    if (this.#bytes === null && buffer !== undefined && buffer.byteLength >= this.#capacity) this.#bytes = Buffer.from(buffer);
  }

  /** Adds a line with its line feed. Lone surrogates become U+FFFD, as in any UTF-8 text. */
  add(line: string): void {
    const bytes = this.#room(line.length * bytesPerUnit + 1);
    this.#length += bytes.write(line, this.#length, 'utf8');
    bytes[this.#length] = 10;
    this.#length += 1;
  }

  /** Adds a part of a line; the line is ended by `end`. */
  part(text: string): void {
    const bytes = this.#room(text.length * bytesPerUnit);
    this.#length += bytes.write(text, this.#length, 'utf8');
  }

  /** Adds a part that is bytes already. */
  bytes(part: Uint8Array): void {
    this.#room(part.length).set(part, this.#length);
    this.#length += part.length;
  }

  /** Takes back the last byte, as the comma after the last member of a list. */
  back(): void {
    this.#length -= 1;
  }

  end(): void {
    this.#room(1)[this.#length] = 10;
    this.#length += 1;
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  /** The lines so far, copied; begins anew in the same buffer. */
  copied(): Uint8Array<ArrayBuffer> {
    const lines = new Uint8Array(this.#room(0).subarray(0, this.#length));
    this.#length = 0;
    return lines;
  }

  /** The lines so far, in a buffer of their own; begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.#room(0).subarray(0, this.#length);
    this.#bytes = null;
    this.#length = 0;
    return new Uint8Array(taken.buffer, taken.byteOffset, taken.length);
  }

  #room(more: number): Buffer<ArrayBuffer> {
    const standing = this.#bytes;
    if (standing !== null && this.#length + more <= standing.length) return standing;
    this.#capacity = Math.max(this.#capacity, (this.#length + more) * 2);
    // Not from the pool: the whole buffer moves to another thread.
    const wider = Buffer.allocUnsafeSlow(this.#capacity);
    standing?.copy(wider, 0, 0, this.#length);
    this.#bytes = wider;
    return wider;
  }
}
