/** A stick that lies, vanishes, fills up or holds something that is no file. */
import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DriveFault, keepAsEvidence, listOnDrive, readFromDrive, writeToDrive, type StickCalls } from '../../../electron/platform/drive.ts';
import { temporaryFolder } from '../../support/practice.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);
const bytesMax = 1_048_576;

/** node's own calls, of which a test fails some. */
function calls(change: Partial<StickCalls> = {}): StickCalls {
  return {
    lstatSync: fs.lstatSync,
    openSync: fs.openSync,
    readSync: (fd, buffer) => fs.readSync(fd, buffer, 0, buffer.length, null),
    writeSync: (fd, content) => fs.writeSync(fd, content),
    fsyncSync: fs.fsyncSync,
    renameSync: fs.renameSync,
    ...change,
  };
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code, syscall: 'read', errno: -5 });
}

/** Reads with the last byte of each piece altered. */
function flippingRead(fd: number, buffer: Uint8Array): number {
  const got = fs.readSync(fd, buffer, 0, buffer.length, null);
  if (got > 0) buffer[got - 1] = (buffer[got - 1] ?? 0) ^ 1;
  return got;
}

function reasonOf(act: () => unknown): string {
  try {
    act();
    return 'done';
  } catch (error) {
    if (error instanceof DriveFault) return error.reason;
    throw error;
  }
}

function stickWith(name = 'a.kxp', content: Uint8Array = bytes): { stick: string; spool: string; file: string } {
  const stick = temporaryFolder();
  const file = join(stick, name);
  writeFileSync(file, content);
  return { stick, spool: temporaryFolder(), file };
}

test('a file is read by way of the spool, which is empty again afterwards', () => {
  const { file, spool } = stickWith();
  expect(readFromDrive(file, { bytesMax, spool })).toEqual(bytes);
  expect(readdirSync(spool)).toEqual([]);
});

test.each<readonly [string, (file: string) => void, string]>([
  ['a missing file', (file) => { fs.unlinkSync(file); }, 'missing'],
  ['an empty file', (file) => { truncateSync(file, 0); }, 'empty'],
  ['a folder', (file) => { fs.unlinkSync(file); mkdirSync(file); }, 'not-a-file'],
  ['a symbolic link', (file) => { fs.renameSync(file, `${file}.real`); symlinkSync(`${file}.real`, file); }, 'not-a-file'],
  ['a FIFO, without hanging', (file) => { fs.unlinkSync(file); execFileSync('mkfifo', [file]); }, 'not-a-file'],
  ['a sparse file of 5 GB, without reading it', (file) => { truncateSync(file, 5 * 1024 ** 3); }, 'too-large'],
  ['a file one byte over the limit', (file) => { truncateSync(file, bytesMax + 1); }, 'too-large'],
])('%s is refused in under a second', (_name, change, reason) => {
  const { file, spool } = stickWith();
  change(file);
  const started = performance.now();
  expect(reasonOf(() => readFromDrive(file, { bytesMax, spool }))).toBe(reason);
  expect(performance.now() - started).toBeLessThan(1_000);
  expect(readdirSync(spool)).toEqual([]);
});

test('a device is no file', () => {
  expect(reasonOf(() => readFromDrive('/dev/zero', { bytesMax, spool: temporaryFolder() }))).toBe('not-a-file');
});

test('a FIFO put in the place of the file after the look does not hang', () => {
  const { file, spool } = stickWith();
  const act = (): unknown =>
    readFromDrive(file, { bytesMax, spool }, calls({
      openSync: (path, flags, mode) => {
        if (path === file) {
          fs.unlinkSync(file);
          execFileSync('mkfifo', [file]);
        }
        return fs.openSync(path, flags, mode);
      },
    }));
  expect(reasonOf(act)).toBe('not-a-file');
});

test('a stick that is pulled at any read leaves nothing behind', () => {
  const { file, spool } = stickWith();
  for (const code of ['EIO', 'ENODEV']) {
    for (let good = 0; good < 8; good += 1) {
      let count = 0;
      const pulled = calls({
        readSync: (fd, buffer) => {
          count += 1;
          if (count > good) throw systemError(code);
          return fs.readSync(fd, buffer, 0, buffer.length, null);
        },
      });
      expect(['unreadable', 'missing']).toContain(reasonOf(() => readFromDrive(file, { bytesMax, spool }, pulled)));
      expect(readdirSync(spool)).toEqual([]);
    }
  }
});

test('two reads that differ are refused, whichever of them lies', () => {
  const { file, spool } = stickWith();
  const pieces = Math.ceil(bytes.length / 65_536) + 1;
  for (let lie = 0; lie < 2 * pieces; lie += 1) {
    let count = 0;
    const lying = calls({
      readSync: (fd, buffer) => {
        const got = fs.readSync(fd, buffer, 0, buffer.length, null);
        if (count === lie && got > 0) buffer[0] = (buffer[0] ?? 0) ^ 1;
        count += 1;
        return got;
      },
    });
    const ended = lie % pieces === pieces - 1; // the read that finds the end has no byte to lie about
    expect(reasonOf(() => readFromDrive(file, { bytesMax, spool }, lying))).toBe(ended ? 'done' : 'reads-differ');
  }
});

test('a short read is read on', () => {
  const { file, spool } = stickWith();
  const slow = calls({ readSync: (fd, buffer) => fs.readSync(fd, buffer, 0, Math.min(1_000, buffer.length), null) });
  expect(readFromDrive(file, { bytesMax, spool }, slow)).toEqual(bytes);
});

test('a written file appears under its name only when it has been read back', () => {
  const stick = temporaryFolder();
  writeToDrive(stick, 'a.kxp', bytes);
  expect(readdirSync(stick)).toEqual(['a.kxp']);
  expect(new Uint8Array(readFileSync(join(stick, 'a.kxp')))).toEqual(bytes);
  writeToDrive(stick, 'a.kxp', bytes);
  expect(new Uint8Array(readFileSync(join(stick, 'a.kxp')))).toEqual(bytes);
});

test.each<readonly [string, (path: string) => void]>([
  ['shorter', (path) => { writeFileSync(path, bytes.subarray(1)); }],
  ['of the same length', (path) => { writeFileSync(path, bytes.map((byte) => byte ^ 1)); }],
  ['a folder', (path) => { mkdirSync(path); }],
  ['a link, even to the same bytes', (path) => { writeFileSync(`${path}.other`, bytes); symlinkSync(`${path}.other`, path); }],
])('C8 what bears the name on the stick is never overwritten with other bytes: %s', (_name, make) => {
  const stick = temporaryFolder();
  const path = join(stick, 'a.kxp');
  make(path);
  const before = lstatSync(path);
  expect(reasonOf(() => { writeToDrive(stick, 'a.kxp', bytes); })).toBe('name-taken');
  expect([lstatSync(path).ino, lstatSync(path).size, existsSync(`${path}.part`)]).toEqual([before.ino, before.size, false]);
});

test.each<readonly [string, Partial<StickCalls>, string]>([
  ['a full stick', { writeSync: () => { throw systemError('ENOSPC'); } }, 'full'],
  ['a file too big for FAT', { writeSync: () => { throw systemError('EFBIG'); } }, 'full'],
  ['a stick pulled while writing', { writeSync: () => { throw systemError('EIO'); } }, 'unreadable'],
  ['a stick that fails to sync', { fsyncSync: () => { throw systemError('EIO'); } }, 'unreadable'],
  ['a read-only stick', { openSync: () => { throw systemError('EROFS'); } }, 'read-only'],
  ['a stick that keeps other bytes than it was given', { readSync: flippingRead }, 'written-differs'],
  ['a stick pulled before the renaming', { renameSync: () => { throw systemError('ENODEV'); } }, 'missing'],
])('%s leaves no file of that name', (_name, change, reason) => {
  const stick = temporaryFolder();
  expect(reasonOf(() => { writeToDrive(stick, 'a.kxp', bytes, calls(change)); })).toBe(reason);
  expect(existsSync(join(stick, 'a.kxp'))).toBe(false);
});

test('an older file of that name survives a failed writing', () => {
  const stick = temporaryFolder();
  writeToDrive(stick, 'a.kxp', bytes);
  expect(reasonOf(() => { writeToDrive(stick, 'a.kxp', bytes, calls({ fsyncSync: () => { throw systemError('EIO'); } })); })).toBe('unreadable');
  expect(new Uint8Array(readFileSync(join(stick, 'a.kxp')))).toEqual(bytes);
});

test('a short write is written on', () => {
  const stick = temporaryFolder();
  writeToDrive(stick, 'a.kxp', bytes, calls({ writeSync: (fd, content) => fs.writeSync(fd, content.subarray(0, 1_000)) }));
  expect(new Uint8Array(readFileSync(join(stick, 'a.kxp')))).toEqual(bytes);
});

test.each(['../a.kxp', 'a/b.kxp', 'a\\b.kxp', 'c:a.kxp', '', '.hidden', `a\u0000.kxp`, `${'a'.repeat(130)}.kxp`, 'a b.kxp'])('%j is never written: names are our own', (name) => {
  expect(() => { writeToDrive(temporaryFolder(), name, bytes); }).toThrow('a file name of our own');
});

test('a missing stick is missing', () => {
  const folder = join(temporaryFolder(), 'gone');
  expect(reasonOf(() => { writeToDrive(folder, 'a.kxp', bytes); })).toBe('missing');
  expect(reasonOf(() => listOnDrive(folder, '.kxp'))).toBe('missing');
});

test('only files of the ending are listed; nothing is opened and no folder is entered', () => {
  const stick = temporaryFolder();
  mkdirSync(join(stick, 'folder.kxp'));
  symlinkSync(join(stick, 'b.kxp'), join(stick, 'link.kxp'));
  for (const name of ['b.kxp', 'a.kxp', 'a.kxp.part', 'autorun.inf']) writeFileSync(join(stick, name), '');
  expect(listOnDrive(stick, '.kxp')).toEqual(['a.kxp', 'b.kxp']);
});

test('evidence is kept once, for the owner only', () => {
  const folder = join(temporaryFolder(), 'quarantine');
  keepAsEvidence(folder, 'abc.kxp', bytes);
  keepAsEvidence(folder, 'abc.kxp', bytes.subarray(1));
  expect(new Uint8Array(readFileSync(join(folder, 'abc.kxp')))).toEqual(bytes);
  expect(lstatSync(join(folder, 'abc.kxp')).mode & 0o777).toBe(0o600);
});
