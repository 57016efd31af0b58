/** The closed table of reasons that freeze a channel 冻结通道: contradictions that only people can clear up. Keys are error keys. */
export const freezeReasons = {
  PACKAGE_FORK: '同一序号出现两份不同文件',
  CHAIN_BROKEN: '与上一包不衔接',
  OWN_LEDGER_OLDER: '本机数据早于对方已确认的状态',
  ACK_NEVER_SENT: '对方确认了从未发出的包',
  ACK_WENT_BACK: '对方的确认号退回或摘要不同',
  PEER_HISTORY_DIFFERS: '对方账本历史与先前出示的不一致',
  ROOT_REPLACED: '对方重装后更换了根密钥',
} as const;

export type FreezeCode = keyof typeof freezeReasons;

export const freezeCodes = Object.keys(freezeReasons) as [FreezeCode, ...FreezeCode[]]; // the keys of a closed table
