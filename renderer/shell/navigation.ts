/**
 * The pages as one table 页面: path, title, sign, and in which order each office sees them; its own work stands first. A page is listed only
 * where its office has the work. Loading is by page, so that the first paint does not wait for the others.
 */
import type { Component } from 'vue';
import { Calendar, Connection, DataAnalysis, Files, Finished, House, Money, Printer, Reading, Setting, Tickets } from '@element-plus/icons-vue';
import type { Agency } from '../../shared/kernel/office.ts';
import { casePage, queuePage } from '../components/case/case-pages.ts';

export type Page = {
  readonly path: string;
  readonly title: string;
  readonly sign: Component;
  /** The page itself, loaded when first shown. */
  readonly load: () => Promise<Component>;
  /** A page below it, by the rest of its address. */
  readonly detail?: { readonly path: string; readonly title: string; readonly load: () => Promise<Component>; /** Whether it looks at the filing period too. */ readonly byPeriod?: boolean };
  /** Whether the page looks at one filing period, which the head of the window then offers. */
  readonly byPeriod?: boolean;
};

const refundView = () => import('../refunds/refund-view.ts').then((of) => of.refundView);
const paymentView = () => import('../treasury/payment-view.ts').then((of) => of.paymentView);

export const pages = {
  desk: { path: '/desk', title: '工作台', sign: House, load: () => import('../desk/DeskPage.vue') },
  roster: {
    path: '/roster', title: '名册与底数', sign: Files, byPeriod: true, load: () => import('../roster/RosterPage.vue'),
    detail: { path: 'import', title: '导入名册', byPeriod: true, load: () => import('../roster/RosterImport.vue') },
  },
  survey: { path: '/survey', title: '退税底数', sign: Files, byPeriod: true, load: () => import('../survey/SurveyPage.vue') },
  assessment: {
    path: '/assessment', title: '资格测算', sign: DataAnalysis, byPeriod: true, load: () => import('../eligibility/AssessmentPage.vue'),
    detail: { path: ':period/:uscc', title: '审核说明', load: () => import('../eligibility/ExplanationPage.vue') },
  },
  schedule: { path: '/schedule', title: '进度安排', sign: Calendar, byPeriod: true, load: () => import('../policy/SchedulePage.vue') },
  policy: { path: '/policy', title: '政策参数', sign: Reading, load: () => import('../policy/PolicyPage.vue') },
  refunds: {
    path: '/refunds', title: '退税办理', sign: Tickets, byPeriod: true, load: () => queuePage(refundView),
    detail: { path: ':period/:uscc', title: '一笔退税', load: () => casePage(refundView) },
  },
  monthly: { path: '/monthly', title: '月报与销号', sign: Finished, byPeriod: true, load: () => import('../refunds/MonthlyPage.vue') },
  treasury: {
    path: '/treasury', title: '退库', sign: Money, load: () => queuePage(paymentView),
    detail: { path: ':voucher', title: '收入退还书', load: () => casePage(paymentView) },
  },
  exchange: { path: '/exchange', title: '交换', sign: Connection, load: () => import('../exchange/ExchangePage.vue') },
  reports: { path: '/reports', title: '报表打印', sign: Printer, load: () => import('../reports/ReportsPage.vue') },
  administration: { path: '/administration', title: '系统管理', sign: Setting, load: () => import('../administration/AdministrationPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export type PageKey = keyof typeof pages;

const order: Readonly<Record<Agency, readonly PageKey[]>> = {
  tax: ['desk', 'roster', 'assessment', 'schedule', 'refunds', 'monthly', 'policy', 'exchange', 'reports', 'administration'],
  finance: ['desk', 'survey', 'schedule', 'policy', 'exchange', 'reports', 'administration'],
  treasury: ['desk', 'treasury', 'survey', 'schedule', 'policy', 'exchange', 'reports', 'administration'],
};

/** The pages of an office, its own work first. */
export function pagesOf(agency: Agency): readonly (Page & { readonly key: PageKey })[] {
  return order[agency].map((key) => ({ key, ...pages[key] }));
}
