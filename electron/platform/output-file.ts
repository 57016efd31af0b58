/**
 * A file that is written piece by piece and appears under its name only when it is whole 写成才出现. Until then it stands beside it as `.part`; whoever
 * gives up takes that away. What is written is not known here.
 */
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { writeFaultOf, type WriteFault } from './text-file.ts';

/** Takes bytes in order. */
export type ByteSink = {
  /** Settles when more may be written. @throws OutputFault */
  write(bytes: Uint8Array): Promise<void>;
  /** @throws OutputFault */
  close(): void;
  /** Leaves nothing behind; after close it does nothing. */
  discard(): void;
};

/** Writing failed; `file` as the caller named it. */
export class OutputFault extends Error {
  override readonly name = 'OutputFault';
  readonly file: string;
  readonly fault: WriteFault | 'reader-left';
  constructor(file: string, fault: WriteFault | 'reader-left') {
    super(`${file}: ${fault}`);
    this.file = file;
    this.fault = fault;
  }
}

/** @throws OutputFault */
export function outputFile(path: string): ByteSink {
  const half = `${path}.part`;
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new OutputFault(path, writeFaultOf(error));
    }
  };
  const file = attempt(() => openSync(half, 'w'));
  let open = true;
  return {
    write(bytes) {
      return new Promise((done) => {
        for (let at = 0; at < bytes.length; ) at += attempt(() => writeSync(file, bytes, at));
        done();
      });
    },
    close() {
      open = false;
      attempt(() => {
        closeSync(file);
        renameSync(half, path);
      });
    },
    discard() {
      if (open) closeSync(file);
      open = false;
      rmSync(half, { force: true });
    },
  };
}

/** Whether two paths name one file, standing or still to be made. */
export function isSameFile(one: string, other: string): boolean {
  if (resolve(one) === resolve(other)) return true;
  const [first, second] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return first !== undefined && second !== undefined && first.dev === second.dev && first.ino === second.ino;
}
