/**
 * Opening a channel anew 开期: why two offices do it, and how far they are. The rule that ends a fork is here in words because both offices sign it: in each
 * direction the receiver's record stands, number by number; what the sender has else under these numbers is void and is sent again.
 * @source shared spec exchange.md 2.5 (E205), decisions 8
 */
export const epochReasons = {
  fork: '同一包号出现两份文件',
  confirmation: '确认与收发记录不符，或与上一包不衔接',
  history: '账本历史与先前出示的不一致',
  restored: '由备份恢复，或放回了旧账本',
  reinstalled: '重装系统，原账本遗失',
  keys: '密钥遗失或停用，包号不能接续',
} as const;
export type EpochReason = keyof typeof epochReasons;
export const epochReasonNames = Object.keys(epochReasons) as [EpochReason, ...EpochReason[]]; // the keys of a closed table

/** The rule of a fork, as it stands on screen and on the sheet that both offices sign. */
export const epochRule = '同一包号有两份文件时，以收件一方已登记的为准；发件一方的另一份作废，内容在新一期重新发送。双方在新一期的包号都从第 1 号开始。';

/** How far an opening is, seen from one office; each names who acts next. */
export const epochStates = {
  none: '未开期',
  proposed: '已拟开期，待第二人确认',
  sent: '本单位开期文件已签发，待对方开期文件',
  received: '已收到对方开期文件，待本单位两人开期',
  open: '双方均已开期',
} as const;
export type EpochState = keyof typeof epochStates;
