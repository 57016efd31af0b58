/** The Chinese name of every field that an operation may be given 填写项名称, wherever it stands; the completeness test finds what lacks one. */
import { riskSettingNames } from './risk/words.ts';

export const fieldWords: Readonly<Record<string, string>> = {
  about: '对象', acceptValid: '只导入无误的行', allowEmpty: '空表也制作', acceptWarnings: '已看过提醒', account: '账号', accountName: '户名', active: '是否在用', administrator: '首位系统管理员', agency: '单位类别',
  against: '对比的版本', all: '全部', amendment: '政策更正编号', answer: '回单所说', approvedOn: '批准日期', assigned: '列的对应', bank: '开户银行', bankCode: '行号', batch: '退库批次编号',
  batchNo: '退库批次编号', before: '早于', card: '密钥卡', central: '中央分担', certainty: '把握程度', changes: '改动', channel: '渠道', cites: '依据', code: '代码', column: '名册的列', columns: '列', count: '份数',
  county: '行政区划代码', current: '原口令', date: '日期', depth: '校验深度', descending: '降序', digest: '校验码', direction: '方向', document: '文件', documentNo: '文号', draft: '草稿', dryRun: '只预览', dueBy: '截止日期',
  duties: '岗位', except: '除外的各笔', existing: '存量退税额', expected: '预期金额', exportRefundPending: '免抵退待核准', fallen: '信用下降', file: '文件', filingDeadlines: '申报期限',
  finance: '财政局', fingerprint: '密钥指纹', first: '起号', folder: '目录', format: '格式', from: '起始', ground: '理由', group: '分组', hash: '对账单摘要', header: '文件的表头', holidays: '放假日', id: '报表', incremental: '增量退税额',
  issuedOn: '发文日期', key: '参数', keyId: '密钥编号', keyPassphrase: '密钥口令', kind: '类别', last: '止号', lastGoodSeq: '最后无误的序号', limit: '条数', line: '业务', list: '清单', maker: '办理人',
  makeUpWorkdays: '调休上班日', monthlyReportDay: '月报截止日', name: '名称', needsEvidence: '待取得文件', no: '编号', note: '备注', notes: '备注', of: '对象', ofEpoch: '期次', ofSeq: '序号',
  office: '单位', offset: '起始行', on: '日期', opinion: '意见', pack: '政策依据', package: '交换包', packageId: '交换包', paidFrom: '退付起日', paidTo: '退付止日', params: '报表条件',
  passphrase: '密钥口令', password: '口令', peer: '对方单位', period: '申报期', phrase: '恢复口令', place: '位置', policy: '政策类别', policyOfRoute: '条款对应的政策', practice: '演练',
  profile: '县区参数', province: '省级分担', purpose: '用途', rating: '信用级别', reason: '原因', reasonCode: '原因代码', recent: '最近打开的单位', refund: '退税', refunds: '各笔退税', root: '根密钥',
  route: '适用条款', rows: '行', search: '搜索', section: '部分', seq: '序号', shareRemainderTo: '尾差计入', shares: '分担比例', size: '划型', smallMicro: '小微企业', sort: '排序', source: '来源',
  stage: '环节', state: '状态', states: '状态', status: '状态', stream: '类别', subjectCodeBefore: '原预算科目', subjectCodes: '预算科目', suggestedName: '建议的文件名', tax: '税务局', text: '内容',
  through: '完整至', title: '名称', to: '收件单位', total: '金额合计', totals: '合计', treasury: '国库', typedBack: '抄录核对', unanswered: '仍要退付', unit: '单位', until: '止', uscc: '统一社会信用代码', username: '用户名', value: '值',
  verdict: '结论', version: '版本', voucher: '收入退还书号码', vouchers: '各份退还书', width: '列宽', window: '退还时段', without: '缺少的列', work: '办理编号', year: '年份',
  // Beside the alphabet: the thresholds of the risk indicators have their words from there.
  evidence: '依据资料', hit: '疑点', hits: '各条疑点', indicator: '风险指标', settings: '风险参数', ...riskSettingNames,
};
