/** What a stick did wrong, as a refusal the clerk can act on 优盘故障. The stick itself is platform/drive.ts. */
import type { ErrorKey } from '../../shared/error-table.ts';
import type { ErrorParams } from '../../shared/kernel/errors.ts';
import { assertNever } from '../../shared/kernel/assert.ts';
import { DriveFault, type DriveReason } from '../platform/drive.ts';

export type DriveRefusal = { readonly code: ErrorKey; readonly params: ErrorParams };

/** Runs work on a stick. @returns its value, or the refusal; errors that are not the stick's pass through */
export function onDrive<T>(bytes: number, work: () => T): { readonly ok: true; readonly value: T } | ({ readonly ok: false } & DriveRefusal) {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (!(error instanceof DriveFault)) throw error;
    return { ok: false, ...refusalOf(error.reason, megabytes(bytes)) };
  }
}

function refusalOf(reason: DriveReason, size: number): DriveRefusal {
  switch (reason) {
    case 'not-a-file':
    case 'empty':
      return { code: 'NOT_A_PACKAGE', params: {} };
    case 'too-large':
      return { code: 'PACKAGE_TOO_LARGE', params: { limit: size } };
    case 'reads-differ':
      return { code: 'READS_DIFFER', params: {} };
    case 'full':
      return { code: 'STICK_FULL', params: { megabytes: size } };
    case 'missing':
      return { code: 'STICK_UNAVAILABLE', params: { reason: '找不到文件或目录' } };
    case 'read-only':
      return { code: 'STICK_UNAVAILABLE', params: { reason: '没有读写权限' } };
    case 'unreadable':
      return { code: 'STICK_UNAVAILABLE', params: { reason: '读写出错' } };
    case 'written-differs':
      return { code: 'STICK_UNAVAILABLE', params: { reason: '写入后读回的内容不同，该U盘可能已损坏' } };
    case 'spool-full':
      return { code: 'DISK_FULL', params: {} };
    case 'spool-unusable':
      return { code: 'FOLDER_UNUSABLE', params: { dir: '数据目录中的暂存文件夹 spool', reason: '不能写入' } };
    case 'name-taken':
      return { code: 'STICK_NAME_TAKEN', params: {} };
    default:
      return assertNever(reason);
  }
}

function megabytes(bytes: number): number {
  return Math.max(1, Math.ceil(bytes / 1_048_576));
}
