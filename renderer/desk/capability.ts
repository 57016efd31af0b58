/** 工作台 in the window: its pages and its F1 说明. */
import { House } from '@element-plus/icons-vue';
import { everywhere, type Page } from '../capability.ts';

export const pages = {
  desk: { path: '/desk', title: '工作台', sign: House, place: everywhere(0), load: () => import('./DeskPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;
export const help = {};
