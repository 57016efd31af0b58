/** 退税底数 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { Files } from '@element-plus/icons-vue';
import type { Page } from '../capability.ts';

export const pages = {
  survey: { path: '/survey', title: '退税底数', sign: Files, place: { finance: 10, treasury: 20 }, may: businessDuties, byPeriod: true, load: () => import('./SurveyPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;
export const help = {};
