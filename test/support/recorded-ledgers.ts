/** The recorded ledgers of test/logs, unpacked for a test; what stands in an office folder afterwards is a file of the program of that day. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const logs = fileURLToPath(new URL('../logs/', import.meta.url));
const ending = '.ledger.gz';

/** `2026-11-23/demo/tax` … every recorded ledger, oldest first. */
export function recordedLedgers(): string[] {
  const folders = (path: string): string[] => readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort();
  return folders(logs).flatMap((day) => folders(join(logs, day)).flatMap((story) => readdirSync(join(logs, day, story)).filter((name) => name.endsWith(ending)).sort()
    .map((name) => `${day}/${story}/${name.slice(0, -ending.length)}`)));
}

/** Lays a recorded ledger into an office folder that is made for it. @returns the path of the ledger file */
export function unpackRecorded(name: string, dir: string): string {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, 'ledger.db');
  writeFileSync(path, gunzipSync(readFileSync(join(logs, `${name}${ending}`))));
  return path;
}
