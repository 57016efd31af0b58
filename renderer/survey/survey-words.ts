/** The words and columns of the survey's tables 底数用语: states with their tones, columns of the lines and of the funnel's places. Labels only. */
import type { PlaceStanding, SurveyVerdict } from '../../shared/survey/model.ts';
import { surveyListNames } from '../../shared/survey/model.ts';
import { sizeNames, verdictNames } from '../../shared/eligibility/terms.ts';
import { industrySections } from '../../shared/roster/industry-sections.ts';
import type { StateWord, TableColumn, Tone } from '../components/table/columns.ts';
import { optionsOf } from '../components/table/filter-values.ts';

export const sectionNames: Readonly<Record<string, string>> = { ...Object.fromEntries(industrySections.map(({ letter, name }) => [letter, `${letter} ${name}`])), '': '未填行业' };

export const standingWords: Readonly<Record<PlaceStanding, StateWord>> = {
  done: { label: '已办结', tone: 'good' }, working: { label: '税务、国库办理中', tone: 'active' }, waiting: { label: '等待', tone: 'wait' }, ended: { label: '不再继续', tone: 'plain' },
};

const verdictTones: Readonly<Partial<Record<SurveyVerdict, Tone>>> = { refundable: 'good', 'not-open': 'wait', suspended: 'wait', ineligible: 'bad', 'out-of-scope': 'bad' };
export const surveyVerdictNames: Readonly<Record<SurveyVerdict, string>> = { ...verdictNames, absent: '名册已无此户' };
export const surveyVerdictWords: Readonly<Record<string, StateWord>> = Object.fromEntries(
  Object.entries(surveyVerdictNames).map(([verdict, label]) => [verdict, { label, tone: verdictTones[verdict as SurveyVerdict] ?? 'plain' }]), // the keys of the table
);

const taxpayer: readonly TableColumn[] = [
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172, frozen: true, sortable: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 230, frozen: true, sortable: true, grows: true, filter: { kind: 'text' } },
];

export const surveyLineColumns: readonly TableColumn[] = [
  ...taxpayer,
  { key: 'list', title: '清单', kind: 'text', width: 200, filter: { kind: 'choice', options: [...optionsOf(surveyListNames), { value: 'none', label: '两份清单以外' }] } },
  { key: 'size', title: '规模', kind: 'text', width: 84, sortable: true, filter: { kind: 'choice', options: optionsOf(sizeNames) } },
  { key: 'industry', title: '划型行业', kind: 'code', width: 104, sortable: true, filter: { kind: 'choice', options: industrySections.map(({ letter, name }) => ({ value: letter, label: `${letter} ${name}` })) } },
  { key: 'verdict', title: '冻结时结论', kind: 'state', width: 116, states: surveyVerdictWords, filter: { kind: 'choice', options: optionsOf(surveyVerdictNames) } },
  { key: 'existing', title: '可退存量', kind: 'money', width: 148, sortable: true },
  { key: 'existingWindow', title: '存量起始月', kind: 'text', width: 112 },
  { key: 'incremental', title: '可退增量', kind: 'money', width: 148, sortable: true },
  { key: 'incrementalWindow', title: '增量起始月', kind: 'text', width: 112 },
  { key: 'total', title: '合计', kind: 'money', width: 156, sortable: true },
  { key: 'open', title: '其中办理期已到', kind: 'money', width: 156 },
];

export const placedColumns: readonly TableColumn[] = [
  { key: 'uscc', title: '统一社会信用代码', kind: 'code', width: 172, frozen: true },
  { key: 'name', title: '纳税人名称', kind: 'text', width: 230, frozen: true, grows: true },
  { key: 'stage', title: '到达环节', kind: 'text', width: 150 },
  { key: 'place', title: '所在', kind: 'text', width: 140 },
  { key: 'frozen', title: '底数金额', kind: 'money', width: 150 },
  { key: 'closed', title: '未到办理期部分', kind: 'money', width: 140 },
  { key: 'redetermined', title: '重新测算差额', kind: 'money', width: 140 },
  { key: 'notAsked', title: '申请少于应退', kind: 'money', width: 132 },
  { key: 'notApproved', title: '核准少于申请', kind: 'money', width: 132 },
  { key: 'actual', title: '现额', kind: 'money', width: 150 },
  { key: 'laterPeriod', title: '以后申报期', kind: 'period', width: 100 },
];
