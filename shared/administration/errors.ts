/** Refusals of the office itself: sign-in, duties, the ledger file, and the general ones that any operation can answer. */
import { defineErrors } from '../kernel/errors.ts';

export const administrationErrors = defineErrors({
  UNKNOWN_OPERATION: { says: '没有名为“{name}”的操作，账本未变', next: '请核对操作名；可用 liudi operation 列出全部操作' },
  NOT_IN_THIS_OFFICE: { says: '“{title}”不在{agency}办理，账本未变', next: '请由{agencies}办理' },
  INPUT_INVALID: { says: '填写的内容有 {count} 处不符合要求（{first}），账本未变', next: '请按提示改正后重新提交' },
  DUTY_NOT_HELD: { number: 'E190', says: '{person}没有办理“{title}”的岗位（需要：{needed}），账本未变', next: '请由持有该岗位的人员办理，或由安全管理员调整岗位', audited: true },
  BULK_REFUSED: {
    says: '所选 {total} {counter}中有 {count} {counter}不能办理“{act}”，整批均未办理，账本未变', next: '请先办可办的，或按明细处理后重做',
  },
  SIGN_IN_NEEDED: { says: '“{title}”须先登录，账本未变', next: '请登录后重试' },
  UNKNOWN_OPERATOR: { says: '没有操作员“{username}”或已停用，账本未变', next: '请核对用户名，或由系统管理员建立操作员' },
  PASSWORD_WRONG: { says: '口令不正确，账本未变', next: '请重新输入；连续 5 次错误将锁定账户' },
  ACCOUNT_LOCKED: { number: 'E192', says: '口令连续错误，账户“{username}”锁定至 {until}，账本未变', next: '请稍后再试，或由安全管理员解锁' },
  PASSWORD_TOO_SHORT: { says: '口令少于 {min} 个字符，操作员未建立、口令未改', next: '请换用更长的口令' },
  OPERATOR_EXISTS: { says: '操作员“{username}”已存在，账本未变', next: '请换一个用户名' },
  DUTIES_INCOMPATIBLE: { says: '所选岗位不能由一人兼任（{duties}），账本未变', next: '管理员不得兼任业务岗位，也不得互兼；请分给不同的人' },
  LAST_SECURITY_ADMINISTRATOR: { says: '这是最后一名{duty}，未停用、岗位未改', next: '请先指定另一名{duty}' },
  LEDGER_READ_ONLY: { number: 'E180', says: '账本校验失败，已转为只读：{fault}。本次操作未写入', next: '请保留这份账本作为证据，从备份恢复，并联系维护人员' },
  DATABASE_NEWER: { number: 'E181', says: '账本由更高版本的软件写成（{found}），文件未改动', next: '请升级程序后再打开' },
  OFFICE_IN_USE: { number: 'E182', says: '该单位的账本正被另一个程序打开，未作任何改动', next: '请先关闭已打开的窗口或命令，再重试' },
  NOT_AN_OFFICE: { says: '目录“{dir}”中没有留抵直达账本，未作任何改动', next: '请核对所选的目录，或建立新单位' },
  NOT_A_LEDGER: { number: 'E180', says: '“{file}”不是可用的账本数据库或已损坏，文件未改动', next: '请从备份恢复' },
  RECOVERY_UNSOUND: {
    number: 'E180', says: '上次操作被中断；在副本上按“ledger.db-journal”撤销后，账本通不过校验（{fault}），因此未撤销、未打开，账本未改动；账本和日志已原样另存到“{evidence}”',
    next: '请保留全部文件；由维护人员核对日志是否属于这份账本，或从备份恢复',
  },
  COMPANION_FOREIGN: {
    number: 'E180', says: '账本旁边的“{file}”不是这份账本留下的完整文件（{why}），账本未打开、未改动；{kept}',
    next: '请保留全部文件；由维护人员核对来历，确认它不属于这份账本后移到别处，再打开',
  },
  LEDGER_NOT_OPENED: { says: '账本“{file}”不能打开（{reason}），账本未改动', next: '请检查磁盘与文件权限后重试' },
  OFFICE_EXISTS: { says: '目录“{dir}”已有账本，未覆盖', next: '请换一个空目录' },
  COMMIT_FAILED: { says: '写入磁盘失败，重新打开账本核对：本次操作未入账', next: '请检查磁盘空间与设备后重试' },
  COMMIT_UNKNOWN: {
    says: '写入磁盘时出错，账本暂时无法重新打开，本次操作是否入账尚不能确定（编号 {reference}）',
    next: '请关闭程序、检查磁盘后重新打开，先核对本次操作是否已在账内，再决定是否重做',
  },
  DISK_FULL: { number: 'E170', says: '磁盘空间不足，本次操作未入账', next: '请腾出空间后重试' },
  STALE_STATE: { number: 'E193', says: '状态已被他人更新，本次操作未入账', next: '请刷新后重做' },
  PROGRAM_FAULT: { says: '程序出现意外情况，本次操作未入账（编号 {reference}）', next: '请记下编号并联系维护人员' },
  CLOCK_ONLY_IN_PRACTICE: { says: '只有演练单位可以指定时间，未作任何改动', next: '请去掉 --clock' },
  CLOCK_WENT_BACK: { number: 'E209', says: '系统时间异常：早于账本最后一条记录 {minutes} 分钟以上，本次操作未入账', next: '请校正计算机时间后重试' },
  SECRET_NEEDED: { says: '缺少{what}，未作任何改动', next: '请给出{what}后重试' },
  KEY_LOCKED: { says: '本单位密钥未解锁，未签名、未解密，账本未变', next: '请给出密钥口令后重试' },
  KEY_PASSPHRASE_WRONG: { says: '密钥口令不正确，未签名、未解密，账本未变', next: '请重新输入密钥口令' },
  UNKNOWN_COUNTY: { says: '没有行政区划代码 {code} 的县区参数，未建立单位', next: '请用六位行政区划代码，或在 resources/county 中加入该县参数' },
});
