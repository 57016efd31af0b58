/** 退税资格 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { DataAnalysis } from '@element-plus/icons-vue';
import type { HelpEntry, Page } from '../capability.ts';

export const pages = {
  assessment: {
    path: '/assessment', title: '资格测算', sign: DataAnalysis, place: { tax: 20 }, may: businessDuties, byPeriod: true, load: () => import('./AssessmentPage.vue'),
    detail: { path: ':period/:uscc', title: '审核说明', load: () => import('./ExplanationPage.vue') },
  },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'assessment.verdict': {
    title: '测算结论', meaning: '可退、无应退税额、未到办理期、暂停办理、资料不足、不符合条件、不在适用范围七种，同时符合几种的，依次以不在适用范围、不符合条件、资料不足、暂停办理、未到办理期为先。', basis: '各政策包条款，见逐条依据',
    example: '信用级别为 M：不符合条件。',
  },
} as const satisfies Readonly<Record<string, HelpEntry>>;
