/** Refusals of backup 备份 and restore 恢复. Every sentence says that the ledger, the other files and other offices are as they were. */
import { defineErrors } from '../kernel/errors.ts';

export const backupErrors = defineErrors({
  RECOVERY_NOT_SET: { says: '本单位还没有恢复口令，未备份，账本未变', next: '请先在“系统管理—备份”制作恢复口令' },
  RECOVERY_PHRASE_LENGTH: { says: '恢复口令应为 40 个字符（8 组，每组 5 个），输入了 {count} 个，未作任何改动', next: '请照纸逐组重新输入' },
  RECOVERY_PHRASE_GROUPS: { says: '恢复口令第 {groups} 组与校验位不符，未作任何改动', next: '请照纸核对该组后重新输入；字符中没有 I、L、O、U' },
  RECOVERY_NOT_WRITTEN_DOWN: { says: '回填的第 {groups} 组与显示的恢复口令不同，恢复口令未启用，账本未变', next: '请核对抄写的内容后重新回填' },
  BACKUP_FILE_EXISTS: { says: '已有文件“{file}”，未覆盖，未备份', next: '请换一个文件名' },
  BACKUP_NOT_WRITTEN: { says: '备份文件没有写成（{reason}），未留下半份文件，账本未变', next: '请检查目标磁盘后重试，或换一个位置' },
  BACKUP_REHEARSAL_FAILED: { says: '备份文件读回校验未通过（{reason}），该文件已作废，未登记为备份', next: '请先校验账本，再换一个磁盘重新备份' },
  BACKUP_UNREADABLE: { says: '无法读取“{file}”（{reason}），未恢复，未建立任何目录', next: '请确认文件和磁盘后重试' },
  BACKUP_DAMAGED: { number: 'E180', says: '“{file}”不是完整的备份文件（{reason}），未恢复', next: '请改用另一份备份' },
  BACKUP_OTHER_FORMAT: { says: '“{file}”的备份格式是第 {found} 版，本程序只认第 {known} 版，未恢复', next: '请用制作该备份的程序版本恢复' },
  BACKUP_NOT_OPENED: { says: '所给的恢复口令或密钥打不开“{file}”，未恢复', next: '请核对恢复口令是否属于该单位、是否为制作该备份时的口令' },
  RESTORE_FOLDER_TAKEN: { says: '目录“{dir}”不是空目录，未恢复，其中的文件未改动', next: '请指定空目录或新目录' },
  RESTORE_FOLDER_REFUSED: { says: '无法在目录“{dir}”写入（{reason}），未恢复', next: '请检查磁盘后重试，或换一个目录' },
  RESTORE_FAULTY: { number: 'E180', says: '备份中的账本校验未通过（{fault}），未恢复', next: '请改用另一份备份，并保留这一份作为证据' },
  RESTORED_READ_ONLY: {
    says: '本单位账本{origin}，通道重新开期前只读，本次操作未写入',
    next: '查询、打印和校验照常可用；原账本仍在的，请回到原账本办理',
  },
});
