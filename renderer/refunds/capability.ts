/** 退税办理与销号 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { Finished, Tickets } from '@element-plus/icons-vue';
import { ownRule, type HelpEntry, type Page } from '../capability.ts';
import { casePage, queuePage } from '../components/case/case-pages.ts';

const view = () => import('./refund-view.ts').then((of) => of.refundView);

export const pages = {
  refunds: {
    path: '/refunds', title: '退税办理', sign: Tickets, place: { tax: 40 }, may: businessDuties, byPeriod: true, load: () => queuePage(view),
    detail: { path: ':period/:uscc', title: '一笔退税', load: () => casePage(view) },
  },
  monthly: { path: '/monthly', title: '月报与销号', sign: Finished, place: { tax: 50 }, may: businessDuties, byPeriod: true, load: () => import('./MonthlyPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'refund.clock': {
    title: '办理期限', meaning: '自受理之日起 10 个工作日内完成审核；免抵退未核准的自核准之日起算；暂停期间不计，疑点排除后 5 个工作日内继续办理。', basis: '国家税务总局公告2019年第20号',
    example: '4 月 11 日受理，期限按工作日历推算，受理当日不计。',
  },
  'refund.asked': { title: '申请退税额', meaning: '纳税人申请退还的金额，存量与增量分列，各不超过测算的应退额。', basis: '财政部 税务总局公告2022年第14号第十一条', example: '存量 80.00，增量 16.00。' },
  'refund.account': { title: '收款账户', meaning: '退税款汇入的账户，户名须与纳税人名称完全一致。', basis: '国家税务总局令第31号', example: '户名：凌源市某某有限公司' },
  'batch.blind': { title: '双人双录', meaning: '组批人不看屏幕合计，照纸质清单填写笔数和总金额；与系统不符的不组批。', basis: ownRule, example: '12 笔，1,234,567.89 元。' },
  'monthly.crossOff': { title: '销号', meaning: '只凭国库退付回单逐笔销号；撤销销号另记一笔，不改原记录。', basis: '工作方案二（五）', example: '每月 10 日前报送上月。' },
} as const satisfies Readonly<Record<string, HelpEntry>>;
