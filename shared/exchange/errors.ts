/**
 * Refusals of the exchange 交换包: frame, trust, content, rows, sticks, sequence and keys. Each sentence says what was not
 * changed and what to do next. Numbers are those of the exchange specification; E124, E144–E149 and E211–E215 were added beside
 * them for cases it describes without a number.
 * @source shared spec exchange.md 2.5, 2.8; decisions 14, 18, 19
 */
import { defineErrors } from '../kernel/errors.ts';
import { epochErrors } from './epoch-errors.ts';

export const exchangeErrors = defineErrors({
  ...epochErrors,

  // Frame: message only, nothing is kept.
  NOT_A_PACKAGE: {
    number: 'E101',
    says: '文件不完整或不是交换包，未导入，账本未变动',
    next: '请从对方原U盘重新复制后再导入',
  },
  HEADER_DAMAGED: {
    number: 'E102',
    says: '文件头损坏（{reason}），未导入，账本未变动',
    next: '请从对方原U盘重新复制；仍不行时请对方重新导出',
  },
  NEWER_PACKAGE_FORMAT: {
    number: 'E103',
    says: '该包由更高版本软件生成（格式 {version}），未导入，账本未变动',
    next: '请先升级本机软件，再导入同一文件',
  },
  PACKAGE_TOO_LARGE: {
    number: 'E104',
    says: '文件过大（上限 {limit} MB），未导入，账本未变动',
    next: '请核对是否选错文件，或请对方分批导出',
  },

  PACKAGE_READING_STOPPED: {
    says: '读取包内数据时{reason}，已停止读取，未导入，账本未变动',
    next: '请对方分批导出后重新提供；仍不行时请联系维护人员',
  },

  // Trust: the file goes to quarantine, an audit entry is written, nothing else changes.
  SIGNATURE_INVALID: {
    number: 'E110',
    says: '签名无效，文件可能被改动；文件已隔离，未入账',
    next: '请联系{agency}核对该文件，并请其重新提供',
  },
  UNKNOWN_KEY: {
    number: 'E111',
    says: '签名所用密钥未在本机登记；文件已隔离，未入账',
    next: '请与{agency}当面核对密钥指纹后登记，再导入同一文件；不可直接信任',
  },
  KEY_RETIRED: {
    number: 'E112',
    says: '签名所用密钥已停用、过期或撤销（{reason}）；文件已隔离，未入账',
    next: '请{agency}更换密钥并当面交来新密钥卡核对登记，再用新密钥导出；因此缺号的，双方重新开期',
  },
  WRONG_RECIPIENT: {
    number: 'E120',
    says: '该包的收件单位是{agency}，不是本单位；文件已隔离，未入账',
    next: '请将原文件交给{agency}，并向发件单位索取发给本单位的包',
  },
  OWN_PACKAGE: {
    number: 'E121',
    says: '该包由本单位发出，不能由本单位导入；文件已隔离，未入账',
    next: '请核对U盘上的文件，导入其他单位发来的包',
  },
  SENDER_NOT_ALLOWED: {
    number: 'E121',
    says: '{agency}无权向本单位发送{kind}；文件已隔离，未入账',
    next: '请联系{agency}核对文件种类',
  },
  WRONG_COUNTY: {
    number: 'E122',
    says: '该包属于县区 {county}，不属于本县区；文件已隔离，未入账',
    next: '请将文件退回发件单位',
  },
  PROFILE_MISMATCH: {
    number: 'E123',
    says: '密码算法档次（{profile}）与登记的不符；文件已隔离，未入账',
    next: '请{agency}用登记的算法档次重新导出',
  },
  PRACTICE_MIXED: {
    number: 'E124',
    says: '演练数据与正式数据不能混用；文件已隔离，未入账',
    next: '请在演练单位中导入演练包，在正式单位中导入正式包',
  },

  // Content.
  CIPHERTEXT_DAMAGED: {
    number: 'E130',
    says: '密文校验失败，多为复制出错；文件已隔离，未入账',
    next: '请换一只U盘，从{agency}重新复制后再导入',
  },
  READS_DIFFER: {
    number: 'E130',
    says: '两次读取U盘所得内容不同，该U盘可能已损坏；未导入，账本未变动',
    next: '请换一只U盘重新复制后再导入',
  },
  CANNOT_DECRYPT: {
    number: 'E131',
    says: '无法用本单位密钥解密；文件已隔离，未入账',
    next: '请{agency}核对其登记的本单位密钥指纹后重新导出',
  },
  MANIFEST_DIFFERS: {
    number: 'E140',
    says: '清单与文件头不一致（{field}）；文件已隔离，未入账，序号未占用',
    next: '请联系{agency}核对后重新导出',
  },
  SECTION_DIFFERS: {
    number: 'E142',
    says: '分段 {section} 的长度、次序或摘要与清单不符；整包未入账，已登记为拒收',
    next: '请{agency}更正后以新序号重新发送',
  },
  TOTALS_DIFFER: {
    number: 'E143',
    says: '{section} 的行数或合计与清单不符（清单 {a}，实得 {b}）；整包未入账，已登记为拒收',
    next: '请{agency}更正后以新序号重新发送',
  },
  SUPERSEDES_REFUSED: {
    number: 'E144',
    says: '该包声明更正的包不存在、已被接收或属于其他通道；整包未入账，已登记为拒收',
    next: '请{agency}核对所更正的包号后以新序号重新发送',
  },
  HEAD_DIFFERS: {
    number: 'E143',
    says: '{section} 的{field}与明细不符（{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}更正后以新序号重新发送',
  },
  PERIOD_DIFFERS: {
    number: 'E145',
    says: '{kind}的月份与内容不符（{section} 第 {line} 行 {field}：{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}核对月份后以新序号重新发送',
  },
  PEOPLE_DIFFER: {
    number: 'E146',
    says: '{kind}的{field}与清单不符（{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}核对复核、审批人员后以新序号重新发送',
  },
  DOCUMENT_NAME_DIFFERS: {
    number: 'E147',
    says: '{kind}的单据编号与内容不符（{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}核对单据编号后以新序号重新发送',
  },
  RECEIPT_MALFORMED: {
    number: 'E148',
    says: '回执自相矛盾（{field}：{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}重新导出回执',
  },
  CONTENT_NOT_TAKEN: {
    number: 'E149',
    says: '本机不能为该包的内容记账（故障编号 {reference}）；整包未入账，已登记为拒收',
    next: '请将故障编号告知维护人员，并与{agency}核对该包内容',
  },
  KIND_NOT_AVAILABLE: {
    says: '本版本软件尚不能收发{kind}；未入账，账本未变动',
    next: '请升级到支持该种类的版本后再办理',
  },

  // Rows: the package is rejected whole; the findings list every row.
  ROW_INVALID: {
    number: 'E150',
    says: '第 {line} 行 {field} {reason}；整包未入账，已登记为拒收',
    next: '请{agency}按明细更正后以新序号重新发送',
  },
  USCC_INVALID: {
    number: 'E151',
    says: '第 {line} 行统一社会信用代码校验位错误；整包未入账，已登记为拒收',
    next: '请{agency}核对代码后以新序号重新发送',
  },
  AMOUNT_FORMAT: {
    number: 'E152',
    says: '第 {line} 行 {field} 金额格式错误（应为整数分）；整包未入账，已登记为拒收',
    next: '请{agency}更正后以新序号重新发送',
  },
  NOT_UTF8: {
    number: 'E153',
    says: '分段 {section} 的编码不是 UTF-8；整包未入账，已登记为拒收',
    next: '请{agency}重新导出后以新序号发送',
  },
  POLICY_PACK_UNNAMED: {
    number: 'E160',
    says: '{kind}写明的政策包与内容不符（{reason}）；整包未入账，已登记为拒收',
    next: '请{agency}核对测算所用政策包后以新序号重新发送',
  },
  POLICY_PACK_DIFFERS: {
    number: 'E160',
    says: '双方政策包版本不同（对方 {theirs}，本机 {ours}）；整包未入账，已登记为拒收',
    next: '请先确认已收到的政策更正（政策参数页）或更新程序，使双方一致，再请对方重新发送',
  },

  // Machine.
  STICK_FULL: {
    number: 'E170',
    says: 'U盘空间不足（需 {megabytes} MB），未写出；已生成的包仍保存在本机',
    next: '请清理U盘空间或换一只U盘后重新导出，内容不会改变',
  },
  STICK_UNAVAILABLE: {
    number: 'E171',
    says: 'U盘已拔出、只读或无法读写（{reason}），操作未完成，账本未变动',
    next: '请检查U盘后重试；已生成的包仍保存在本机，再次写出内容不变',
  },

  STICK_NAME_TAKEN: {
    number: 'E171',
    says: 'U盘上已有同名而内容不同的文件，未写入，原文件未动，账本未变动',
    next: '请保留该文件，核对是否有另一台机器或旧账本用过同一包号；查明后换一个目录或U盘写入',
  },

  // Sequence of a channel.
  DUPLICATE_PACKAGE: {
    number: 'E201',
    says: '该包已于 {date} 接收，未重复入账',
    next: '不需处理；对方未收到回执的，请再次导出回执',
  },
  PACKAGE_FORK: {
    number: 'E202',
    says: '同一序号 {seq} 出现两份不同文件，该通道已冻结，两份文件均已留存，未入账',
    next: '请与{agency}共同核对两份文件，查明原因后双方重新开期；已登记的一份为准',
  },
  PACKAGE_GAP: {
    number: 'E203',
    says: '缺少第 {missing} 号包，本包（第 {seq} 号）已验证并暂存，未入账',
    next: '请向{agency}索取第 {missing} 号包，导入后本包自动接续',
  },
  CHAIN_BROKEN: {
    number: 'E204',
    says: '第 {seq} 号包与上一包不衔接，该通道已冻结，未入账',
    next: '请与{agency}核对双方最后一包的摘要，查明后双方重新开期',
  },
  OWN_LEDGER_OLDER: {
    number: 'E206',
    says: '本机数据早于{agency}已确认的状态，该通道已冻结，未入账',
    next: '请停止办理，找回原账本；找不回的，与各方重新开期',
  },
  DUPLICATE_DOCUMENT: {
    number: 'E207',
    says: '内容与第 {seq} 号包相同，未重复入账，已登记为拒收',
    next: '请{agency}核对是否重复发送；确需更正的，以新单据发送',
  },
  PACKAGE_OVERDUE: {
    number: 'W208',
    says: '{agency}的{kind}逾期未到，或对方长期未确认本单位的包；账本未变动',
    next: '请联系{agency}补送或核对U盘交接',
  },
  ACK_NEVER_SENT: {
    number: 'E210',
    says: '{agency}确认了本单位从未发出的第 {seq} 号包，该通道已冻结，未入账',
    next: '请与{agency}核对双方的收发记录，查明后双方重新开期',
  },
  PEER_HISTORY_DIFFERS: {
    number: 'E211',
    says: '{agency}的账本历史与其先前出示的不一致，该通道已冻结，未入账',
    next: '请与{agency}核对双方留存的账本摘要和纸质对账单，查明后双方重新开期',
  },
  ACK_WENT_BACK: {
    number: 'E212',
    says: '{agency}的确认号由 {before} 退回到 {after}，或确认的摘要与本单位所发不同，该通道已冻结，未入账',
    next: '请与{agency}核对其系统是否由旧备份恢复，查明后双方重新开期',
  },
  CHANNEL_FROZEN: {
    number: 'E213',
    says: '与{agency}的通道已于 {date} 冻结（{reason}），未办理，账本未变动',
    next: '请与{agency}查明原因，双方各两人重新开期；开期前该通道不收发',
  },
  HELD_FULL: {
    number: 'E214',
    says: '{agency}的暂存包已达 {limit} 个，本包未保存，账本未变动',
    next: '请先索取并导入缺少的第 {missing} 号包，再导入本包',
  },
  PACKAGE_ID_REPEATED: {
    number: 'E215',
    says: '包标识已用于另一个包（{agency}第 {seq} 号），整包未入账，已登记为拒收',
    next: '请对方核对其系统后以新序号重新发送',
  },

  // Keys.
  KEY_CARD_DAMAGED: {
    says: '密钥卡文件不完整或格式不符（{reason}），未登记，账本未变动',
    next: '请对方重新导出密钥卡',
  },
  KEY_CARD_SIGNATURE: {
    says: '密钥卡的根密钥签名无效，未登记，账本未变动',
    next: '请对方重新制作密钥卡并当面核对',
  },
  FINGERPRINT_WRONG: {
    says: '输入的指纹与密钥卡不符（{groups}），未登记，账本未变动',
    next: '请对照盖章的密钥指纹核对单逐字核对32位指纹；仍不符的，该密钥卡不可使用',
  },
  FINGERPRINT_FORMAT: {
    says: '指纹应为32位字母数字（8组，每组4位），未登记，账本未变动',
    next: '请对照纸质核对单完整输入',
  },
  KEY_CARD_OLD: {
    says: '密钥卡版本 {version} 不高于已登记的版本 {stored}，未登记，账本未变动',
    next: '请使用对方最新的密钥卡；对方重装后另起密钥的，由安全管理员核对重装单位的密钥卡',
  },
  KEY_CARD_CHAIN: {
    says: '密钥卡与已登记的上一版不衔接，未登记，账本未变动',
    next: '请按版本顺序登记密钥卡，或与对方重新当面核对',
  },
  ROOT_NOT_COUNTERSIGNED: {
    says: '新的根密钥未同时由原根密钥签名，未登记，账本未变动',
    next: '请对方用原根密钥和新根密钥共同签名；原根密钥遗失的，由安全管理员核对重装单位的密钥卡，再由审批人员复核',
  },
  KEY_IN_USE: {
    says: '密钥卡中的密钥已由{agency}使用，未登记，账本未变动',
    next: '请对方重新生成密钥',
  },
  KEY_WEAK: {
    says: '密钥卡中的密钥不符合安全要求（{reason}），未登记，账本未变动',
    next: '请对方重新生成密钥',
  },
  KEY_CARD_OWN: {
    says: '这是本单位的密钥卡，不需登记',
    next: '请导入其他单位的密钥卡',
  },
  KEY_CARD_COUNTY: {
    says: '密钥卡属于县区 {county}，不属于本县区，未登记，账本未变动',
    next: '请核对文件来源',
  },
  PRACTICE_CARD: {
    says: '演练单位与正式单位不能互认密钥，未登记，账本未变动',
    next: '演练请使用演练单位的密钥卡，正式办理请使用正式单位的密钥卡',
  },

  KEYS_EXIST: {
    says: '本单位密钥已经生成，未重复生成，账本未变动',
    next: '需要更换时，请由安全管理员办理“更换本单位密钥”',
  },
  KEYS_MISSING: {
    says: '本单位尚未生成密钥，未办理，账本未变动',
    next: '请先生成本单位密钥',
  },
  KEY_NOT_FOUND: {
    says: '本单位密钥卡中没有编号 {keyId} 的密钥或已撤销，账本未变动',
    next: '请在“密钥与指纹”中核对编号',
  },

  // Sending.
  PEER_NOT_TRUSTED: {
    says: '尚未登记{agency}的密钥，未导出，账本未变动',
    next: '请先与{agency}当面核对密钥指纹并登记',
  },
  KIND_NOT_SENT_HERE: {
    says: '本单位不能向{agency}发送{kind}，未导出，账本未变动',
    next: '请核对种类和收件单位',
  },
  DOCUMENT_TOO_LARGE: {
    says: '{kind}共 {rows} 行、{megabytes} MB，超过一个交换包的上限（{rowsMax} 行、{megabytesMax} MB），未导出，账本未变动',
    next: '请缩小范围分次导出；不能缩小的，请联系维护人员',
  },
  PACKAGE_EMPTY: {
    says: '{kind}（{period}）没有一笔业务，未制作，账本未变动',
    next: '请核对月份；确实要送空表的，确认后再制作',
  },
  NOTHING_TO_EXPORT: {
    says: '没有可导出的{kind}，未导出，账本未变动',
    next: '请先办理相应业务后再导出',
  },
  KEY_CARD_FIRST: {
    says: '密钥已更换，尚未向{agency}发送新密钥卡，未导出，账本未变动',
    next: '请先向{agency}导出密钥卡，再导出其他包',
  },
  SIGNING_KEY_EXPIRED: {
    says: '本单位签名密钥已于 {expiresOn} 到期，未导出，账本未变动',
    next: '请由安全管理员更换密钥，把新密钥卡和盖章的指纹核对单当面交另外两家登记，之后照常导出',
  },
  PACKAGE_NOT_FOUND: {
    says: '没有找到该交换包，账本未变动',
    next: '请在收发清单中核对包号',
  },
});

export type ExchangeErrorCode = keyof typeof exchangeErrors;
