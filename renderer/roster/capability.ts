/** 名册 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { Files } from '@element-plus/icons-vue';
import { ownRule, type HelpEntry, type Page } from '../capability.ts';

export const pages = {
  roster: {
    path: '/roster', title: '名册与底数', sign: Files, place: { tax: 10 }, may: businessDuties, byPeriod: true, load: () => import('./RosterPage.vue'),
    detail: { path: 'import', title: '导入名册', byPeriod: true, load: () => import('./RosterImport.vue') },
  },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'roster.file': {
    title: '名册文件', meaning: '每户每个申报期一行。表头次序不限；不认识的列作为备注保留并列出。空白表示不知道，不等于零。', basis: ownRule,
    example: '从系统导出为 Excel 工作簿（xlsx），代码列设为文本；也可用 CSV。',
  },
  'roster.period': { title: '申报期', meaning: '办理申报的月份。4 月申报期申报的是 3 月所属期的税款。', basis: '增值税申报期次', example: '2022-04' },
} as const satisfies Readonly<Record<string, HelpEntry>>;
