/**
 * Where a worker's file is 工作线程文件: the TypeScript beside the caller in a checkout, the built file of the same name in the program. The build puts
 * every entry and every shared piece into one folder, so the built file stands beside this one.
 */
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @param source `new URL('./x.ts', import.meta.url)` as the caller writes it */
export function workerUrl(source: URL): URL {
  return workerUrlFrom(import.meta.url, source);
}

/** @param here the URL of this module: `.ts` in a checkout, `.js` when built */
export function workerUrlFrom(here: string, source: URL): URL {
  if (here.endsWith('.ts')) return source;
  return new URL(`./${basename(fileURLToPath(source), '.ts')}.js`, here);
}
