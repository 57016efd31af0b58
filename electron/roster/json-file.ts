/** Reads a JSON file 参数文件 that a person names to a command: whole, bounded, by a schema; every fault is a reason in words. */
import type { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { inputWords } from '../../shared/input-faults.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { fileNameOf, readBoundedFile } from '../platform/text-file.ts';
import { fileRefusal } from './file-refusal.ts';

const jsonBytesMax = 256 * 1024 * 1024;

/**
 * @param refused what the clerk is told when the content does not fit
 * @throws Refusal ROSTER_FILE_* or what `refused` makes
 */
export function readJsonFile<S extends z.ZodType>(
  path: string, schema: S, refused: (file: string, reason: string) => Refusal
): z.output<S> {
  const file = fileNameOf(path);
  const read = readBoundedFile(path, jsonBytesMax);
  if (read.kind === 'refused') throw fileRefusal(file, read.reason);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes));
  } catch {
    throw refused(file, '不是 UTF-8 的 JSON');
  }
  const parsed = schema.safeParse(value, { error: fileWords });
  if (parsed.success) return parsed.data;
  throw refused(
    file, parsed.error.issues.map(({ path: at, message }) => `${at.length === 0 ? '' : `${at.join('.')}：`}${message}`).slice(0, 3)
      .join('；'),
  );
}

/** Names in a file are those of its page, so one that is unknown is named as it stands; no word of a library reaches a person. */
const fileWords: z.core.$ZodErrorMap = (issue) => (
  issue.code === 'unrecognized_keys' ? `没有“${issue.keys.join('”、“')}”这一项` : inputWords(issue)
);

/** Settings of an engine, of which some may be given; another name or form is refused. @throws Refusal SETTINGS_INVALID */
export function readSettings<T extends object>(
  path: string | null, schema: z.ZodType<{ readonly [K in keyof T]?: T[K] | undefined }>, usual: T
): T {
  if (path === null) return usual;
  const known = Object.keys(usual).join('、');
  const some = readJsonFile(path, schema, (file, reason) => refusal('SETTINGS_INVALID', { file, reason, known }));
  return { ...usual, ...Object.fromEntries(Object.entries(some).filter(([, value]) => value !== undefined)) };
}
