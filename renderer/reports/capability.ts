/** 报表打印 in the window: its pages and its F1 说明. */
import { Printer } from '@element-plus/icons-vue';
import { everywhere, type Page } from '../capability.ts';

export const pages = {
  reports: { path: '/reports', title: '报表打印', sign: Printer, place: everywhere(80), load: () => import('./ReportsPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;
export const help = {};
