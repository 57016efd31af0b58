/** 退库 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { FolderOpened, Money } from '@element-plus/icons-vue';
import type { Page } from '../capability.ts';
import { casePage, queuePage } from '../components/case/case-pages.ts';

const view = () => import('./payment-view.ts').then((of) => of.paymentView);

export const pages = {
  treasury: {
    path: '/treasury', title: '退库', sign: Money, place: { treasury: 10 }, may: businessDuties, load: () => queuePage(view),
    detail: { path: ':voucher', title: '收入退还书', load: () => casePage(view) },
  },
  received: { path: '/received', title: '收到的', sign: FolderOpened, place: { finance: 7 }, may: businessDuties, load: () => import('./ReceivedPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;
export const help = {};
