/** 政策参数 in the window: its pages and its F1 说明. */
import { Calendar, Reading } from '@element-plus/icons-vue';
import { everywhere, type HelpEntry, type Page } from '../capability.ts';

export const pages = {
  schedule: { path: '/schedule', title: '进度安排', sign: Calendar, place: everywhere(30), byPeriod: true, load: () => import('./SchedulePage.vue') },
  policy: { path: '/policy', title: '政策参数', sign: Reading, place: everywhere(60), load: () => import('./PolicyPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'schedule.target': {
    title: '集中办理与集中退还', meaning: '方案的集中办理期和公告的集中退还日期，是办理进度的目标。受理期只有起始，没有截止；在目标日期之前或之后申请的，同样办理。',
    basis: '财政部 税务总局公告2022年第14号第十五条；工作方案三', example: '中型企业存量2022年9月申请：已过6月30日，照常受理。',
  },
} as const satisfies Readonly<Record<string, HelpEntry>>;
