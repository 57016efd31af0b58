/** What a person is told when a roster file cannot be read 读不了名册文件. It opens none. */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import type { FileRefusal } from '../platform/byte-source.ts';
import { rosterFileBytesMax } from './roster-reader.ts';

/** The refusal of a roster file that could not be read, for all who read one. */
export function fileRefusal(file: string, reason: FileRefusal, bytesMax = rosterFileBytesMax): Refusal {
  return reason === 'too-large'
    ? refusal('ROSTER_FILE_TOO_LARGE', { file, limit: bytesMax / 1024 / 1024 })
    : refusal('ROSTER_FILE_UNREADABLE', { file, reason: unreadable[reason] });
}

const unreadable: Readonly<Record<Exclude<FileRefusal, 'too-large'>, string>> = {
  missing: '没有这个文件', 'not-a-file': '不是普通文件', denied: '没有读取权限', device: '磁盘读取出错或 U 盘已拔出', changed: '读取过程中文件被改动',
};
