/**
 * The closed table of F1 说明: meaning 口径, basis 依据 and example 示例 of fields and figures. A test finds every key that a page names and every
 * row that no page uses. A basis names a document, or says that it is the product's own rule.
 */
export type HelpEntry = { readonly title: string; readonly meaning: string; readonly basis: string; readonly example: string };

const own = '本程序的规定，无外部文件';

export const helpTable = {
  'office.folder': {
    title: '数据文件夹', meaning: '保存本单位账本、密钥和收发文件的文件夹。须在本机硬盘上，不能放在U盘、网络盘或同步盘里。', basis: own,
    example: '一个新建的空文件夹，例如“文档”下的“留抵直达”。',
  },
  'office.agency': {
    title: '单位类别', meaning: '税务局认定资格、审核退税、开具收入退还书；财政局筹措和拨付资金；人民银行国库审核并退付。建立后不能更改。', basis: '工作方案，部门分工',
    example: '在县税务局的计算机上选“税务局”。',
  },
  'office.county': {
    title: '行政区划代码', meaning: '六位县级行政区划代码。三方的代码必须一致，否则交换包互不接收。', basis: 'GB/T 2260', example: '凌源市为 211382。',
  },
  'office.name': { title: '单位名称', meaning: '打印在表证和交换包上的全称。', basis: own, example: '国家税务总局凌源市税务局' },
  'office.practice': {
    title: '演练单位', meaning: '每个岗位一名操作员、无口令，每页标注【演练】。演练单位的密钥卡不被正式单位接受，数据不会混到一起。', basis: own,
    example: '新人培训、试用新版本时建立演练单位。',
  },
  'operator.username': { title: '用户名', meaning: '登录用，2–32 位小写字母、数字、下划线或短横，字母开头。建立后不能更改。', basis: own, example: 'wangxm' },
  'operator.name': { title: '姓名', meaning: '办理过程和表证上显示的姓名。', basis: own, example: '王小明' },
  'operator.duties': {
    title: '岗位', meaning: '经办、复核、审批、开具为业务岗位，一人可兼，但同一笔退税上不能一人办两道。系统、安全、审计管理员不兼业务岗位，也不互兼。',
    basis: '《关于严格执行税款退库办理制度的通知》，电子退库开具岗与复核岗分开', example: '三名业务人员可以办理：甲经办并开具，乙复核，丙审批。',
  },
  'operator.password': { title: '登录口令', meaning: '至少 12 个字符。连续 5 次错误锁定账户，由安全管理员解锁。口令不能找回，只能重设。', basis: own, example: '一句自己记得住的话，含空格也可以。' },
  'keys.passphrase': {
    title: '密钥口令', meaning: '解开本单位签名和解密密钥的口令，与登录口令不同，至少 12 个字符。遗失后不能解开旧的交换包，须重新核对密钥。', basis: own,
    example: '写在纸上，封存于保险柜。',
  },
  'keys.fingerprint': {
    title: '密钥指纹', meaning: '对方密钥卡的 32 位核对码，印在对方盖章的《密钥指纹核对单》上，当面交接。须由安全管理员照纸逐字输入，不能粘贴。', basis: own,
    example: '8 组，每组 4 位，只含数字和大写字母，不含 I、L、O、U。',
  },
  'backup.phrase': {
    title: '恢复口令', meaning: '打开备份文件的 40 个字符，制作时只显示一次，程序不保存。每组最后一个字符是校验位。遗失后，只有原计算机上的密钥还在时才能打开备份。', basis: own,
    example: '8 组，每组 5 个字符，抄在纸上封存于保险柜；字符中没有 I、L、O、U。',
  },
  'roster.file': {
    title: '名册文件', meaning: '每户每个申报期一行。表头次序不限；不认识的列作为备注保留并列出。空白表示不知道，不等于零。', basis: own,
    example: '从系统导出为 Excel 工作簿（xlsx），代码列设为文本；也可用 CSV。',
  },
  'roster.period': { title: '申报期', meaning: '办理申报的月份。4 月申报期申报的是 3 月所属期的税款。', basis: '增值税申报期次', example: '2022-04' },
  'assessment.verdict': {
    title: '测算结论', meaning: '可退、无应退税额、未到办理期、暂停办理、资料不足、不符合条件、不在适用范围七种，同时符合几种的，依次以不在适用范围、不符合条件、资料不足、暂停办理、未到办理期为先。', basis: '各政策包条款，见逐条依据',
    example: '信用级别为 M：不符合条件。',
  },
  'refund.clock': {
    title: '办理期限', meaning: '自受理之日起 10 个工作日内完成审核；免抵退未核准的自核准之日起算；暂停期间不计，疑点排除后 5 个工作日内继续办理。', basis: '国家税务总局公告2019年第20号',
    example: '4 月 11 日受理，期限按工作日历推算，受理当日不计。',
  },
  'refund.asked': { title: '申请退税额', meaning: '纳税人申请退还的金额，存量与增量分列，各不超过测算的应退额。', basis: '财政部 税务总局公告2022年第14号第十一条', example: '存量 80.00，增量 16.00。' },
  'refund.account': { title: '收款账户', meaning: '退税款汇入的账户，户名须与纳税人名称完全一致。', basis: '国家税务总局令第31号', example: '户名：凌源市某某有限公司' },
  'batch.blind': { title: '双人双录', meaning: '组批人不看屏幕合计，照纸质清单填写笔数和总金额；与系统不符的不组批。', basis: own, example: '12 笔，1,234,567.89 元。' },
  'profile.shares': {
    title: '分担比例', meaning: '退税在中央、省级、县级之间的分担，三项之和须为 1。省以下比例以本省文件为准。', basis: '国发〔2019〕21号（中央与地方五五分担）；省以下待取得文件', example: '0.5、0.35、0.15',
  },
  'profile.remainder': { title: '尾差计入', meaning: '按比例分到分时余下的一两分计入哪一级。没有查到统一规定。', basis: own, example: '计入县级' },
  'profile.day': { title: '月报截止日', meaning: '上月退税情况应在次月这一天以前报送。', basis: '工作方案二（五）', example: '10' },
  'schedule.target': {
    title: '集中办理与集中退还', meaning: '方案的集中办理期和公告的集中退还日期，是办理进度的目标。受理期只有起始，没有截止；在目标日期之前或之后申请的，同样办理。',
    basis: '财政部 税务总局公告2022年第14号第十五条；工作方案三', example: '中型企业存量2022年9月申请：已过6月30日，照常受理。',
  },
  'monthly.crossOff': { title: '销号', meaning: '只凭国库退付回单逐笔销号；撤销销号另记一笔，不改原记录。', basis: '工作方案二（五）', example: '每月 10 日前报送上月。' },
} as const satisfies Readonly<Record<string, HelpEntry>>;

export type HelpKey = keyof typeof helpTable;

export function isHelpKey(key: string | undefined): key is HelpKey {
  return key !== undefined && Object.hasOwn(helpTable, key);
}
