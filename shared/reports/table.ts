/**
 * The closed table of reports 报表 and printed forms: identifier, title, the offices that print it, what must be named, the formats. A new
 * report is one row here and one file in electron/reports/paper. What stands on the page is not decided here.
 * @source shared spec forms.md 4.5, 4.6, 4.9, 4.10; headless.md `report`
 */
import { businessDuties, duties, type Agency, type Duty } from '../kernel/office.ts';

/** What a report is about; each is one field of its parameters. */
export const reportParameterNames = { period: '申报期或所属月', uscc: '统一社会信用代码', batch: '退库批次编号', voucher: '收入退还书号码', package: '交换包编号', amendment: '政策更正编号' } as const;
export type ReportParameter = keyof typeof reportParameterNames;

export const reportFormats = ['html', 'pdf', 'csv', 'xlsx'] as const;
export type ReportFormat = (typeof reportFormats)[number];

export const orientations = ['portrait', 'landscape'] as const;
export type Orientation = (typeof orientations)[number];

export type ReportRow = {
  readonly title: string;
  readonly agencies: readonly Agency[];
  /** Who may read it: what names taxpayers is for people with a business duty. */
  readonly may: readonly Duty[];
  /** Without one of these the newest is taken; `required` ones have no newest. */
  readonly parameters: readonly ReportParameter[];
  readonly required: readonly ReportParameter[];
  readonly formats: readonly ReportFormat[];
  readonly orientation: Orientation;
  /** What it is for, one Chinese sentence without the final 。 */
  readonly says: string;
};

const paper = ['html', 'pdf'] as const;
const table = ['html', 'pdf', 'csv', 'xlsx'] as const;
const everyone = ['tax', 'finance', 'treasury'] as const;

const rows = {
  explanation: {
    title: '留抵退税审核说明', agencies: ['tax'], may: businessDuties, parameters: ['period', 'uscc'], required: ['uscc'], formats: paper, orientation: 'portrait',
    says: '一户一页：结论、每条规则与依据条文、计算过程与金额，可交纳税人阅看',
  },
  'batch-list': {
    title: '收入退还书清单', agencies: ['tax', 'treasury'], may: businessDuties, parameters: ['batch'], required: [], formats: table, orientation: 'landscape',
    says: '一个退库批次的全部收入退还书，随批次送国库核对',
  },
  voucher: {
    title: '税收收入退还书数据单', agencies: ['tax', 'treasury'], may: businessDuties, parameters: ['voucher'], required: [], formats: paper, orientation: 'portrait',
    says: '一份收入退还书的全部要素，供填开、核对；不代替正式凭证',
  },
  'key-sheet': {
    title: '密钥指纹核对单', agencies: everyone, may: duties, parameters: [], required: [], formats: paper, orientation: 'portrait',
    says: '本单位密钥卡的 32 位指纹，当面交给另外两家逐字录入',
  },
  'epoch-sheet': {
    title: '开期确认单', agencies: everyone, may: duties, parameters: [], required: [], formats: paper, orientation: 'portrait',
    says: '重新开期的原因、双方末号、作废与无存的包和取舍规则，双方签章存档',
  },
  handover: {
    title: '交换包交接单', agencies: everyone, may: duties, parameters: ['package'], required: [], formats: paper, orientation: 'portrait',
    says: '随 U 盘交接：包序号、摘要、笔数与金额，双方签章',
  },
  monthly: {
    title: '月度退税与销号汇总表', agencies: ['tax'], may: businessDuties, parameters: ['period'], required: [], formats: table, orientation: 'portrait',
    says: '一个月的退库与销号，分划型、适用条款、存量增量，并列累计',
  },
  schedule: {
    title: '留抵退税进度安排表', agencies: everyone, may: duties, parameters: ['period'], required: [], formats: table, orientation: 'landscape',
    says: '各类企业的受理期与集中退还目标、全年逐月安排、县级方案与国家规定对照',
  },
  survey: {
    title: '退税底数表', agencies: everyone, may: businessDuties, parameters: ['period'], required: [], formats: table, orientation: 'portrait',
    says: '冻结的底数快照：户数与金额，分规模、行业、存量增量、起始月和两份清单',
  },
  'survey-small-micro': {
    title: '小微企业清单', agencies: everyone, may: businessDuties, parameters: ['period'], required: [], formats: table, orientation: 'landscape',
    says: '底数快照中的小微企业，逐户列出规模、条款、存量增量与起始月',
  },
  'survey-listed-industry': {
    title: '制造业等行业大中型企业清单', agencies: everyone, may: businessDuties, parameters: ['period'], required: [], formats: table, orientation: 'landscape',
    says: '底数快照中制造业等行业的大中型企业，逐户列出规模、条款、存量增量与起始月',
  },
  'survey-funnel': {
    title: '退税底数漏斗表', agencies: ['tax'], may: businessDuties, parameters: ['period'], required: [], formats: table, orientation: 'landscape',
    says: '从底数到销号各环节的户数与金额，每户所在及原因，与底数快照轧平',
  },
  'rule-change': {
    title: '规则更正影响清单', agencies: ['tax'], may: businessDuties, parameters: ['amendment', 'period'], required: [], formats: table, orientation: 'landscape',
    says: '一件政策更正改变了哪些纳税人的结论与金额、差多少、在办退税下一步怎么办；不填申报期为全部已测算的申报期',
  },
  separation: {
    title: '岗位分离表', agencies: everyone, may: duties, parameters: [], required: [], formats: table, orientation: 'portrait',
    says: '哪些手续不能由同一人办理、哪些岗位不能兼任，以及现有人员的岗位，供检查时对照',
  },
} as const satisfies Record<string, ReportRow>;

export type ReportId = keyof typeof rows;

export const reportTable: Readonly<Record<ReportId, ReportRow>> = rows;

/** In the order of the table. */
export const reportIds = Object.keys(rows) as readonly ReportId[];

/** Own keys only, so that `constructor` is no report. */
export function isReportId(word: string): word is ReportId {
  return Object.hasOwn(rows, word);
}
