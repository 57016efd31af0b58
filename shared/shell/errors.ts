/** Refusals of the shell 程序外壳: sessions, tokens, the bridge. Their sentences say that the ledger is as it was. */
import { defineErrors } from '../kernel/errors.ts';

export const shellErrors = defineErrors({
  BRIDGE_SILENT: { says: '程序没有应答，{found}', next: '请按 F5 {act}，仍无应答时重新启动程序' },
  ACT_HAS_NO_FORM: { says: '这一项不在这里办理，账本未变', next: '请到办理它的页面' },
  TABLE_TOO_LONG: { says: '共 {total} {counter}，一次最多导出 {limit} {counter}，没有写出文件', next: '请先筛选，分几次导出' },
  TABLE_MOVED: { says: '取数期间清单有变化，没有写出文件', next: '请重新导出' },
  SENDER_REFUSED: { says: '请求不是来自本程序的页面，未受理，账本未变', next: '请关闭并重新启动程序' },
  REQUEST_TOO_LARGE: { says: '提交的内容超过 {limit}，未受理，账本未变', next: '请分批办理，或改用文件导入' },
  REQUEST_MALFORMED: { says: '提交的内容不是可以传递的数据（{reason}），未受理，账本未变', next: '请刷新页面后重试' },
  OFFICE_NOT_OPEN: { says: '还没有打开单位，“{title}”未办理', next: '请先打开或建立单位' },
  OFFICE_ALREADY_OPEN: { says: '本窗口已打开{name}，未再打开别的单位', next: '请先关闭该单位，或另开窗口' },
  NOT_SIGNED_IN: { says: '还没有登录，“{title}”未办理', next: '请先登录' },
  SESSION_LOCKED: { says: '本窗口已锁定，“{title}”未办理，账本未变', next: '请输入口令解锁后重试' },
  CONFIRMATION_NEEDED: { says: '“{title}”须先再次核验本人，未办理，账本未变', next: '请输入本人口令后重试' },
  FILE_UNKNOWN: { says: '没有这个文件或选取已失效，未读取、未写入，账本未变', next: '请重新选取文件' },
  FOLDER_UNREACHABLE: { says: '目录“{name}”现在无法读取，未作任何改动', next: '请确认磁盘或 U 盘已连接后重试' },
  FOLDER_UNSUITABLE: { says: '目录“{name}”{reason}，没有在其中打开或建立单位', next: '请把账本放在本机固定磁盘的普通目录' },
  FOLDER_NOT_EMPTY: { says: '目录“{name}”不是空目录，没有在其中建立单位', next: '请选择空目录或新建目录' },
  WORK_STOPPED: { says: '已按要求停止“{title}”，已做的部分全部撤回，账本未变', next: '需要时可以重新办理' },
  OFFICE_STOPPED: { says: '办理进程意外停止，不能确定“{title}”是否已经入账', next: '请重新打开单位，核对该项后再办理' },
  WORK_STILL_RUNNING: { says: '“{title}”正在进行，单位未关闭', next: '请等待完成，或先停止该项' },
});
