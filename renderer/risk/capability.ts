/** 风险 in the window: its pages and its F1 说明. */
import { businessDuties } from '../../shared/kernel/office.ts';
import { Aim } from '@element-plus/icons-vue';
import { ownRule, type HelpEntry, type Page } from '../capability.ts';
import { casePage, queuePage } from '../components/case/case-pages.ts';

const view = () => import('./risk-view.ts').then((of) => of.riskView);

export const pages = {
  risk: {
    path: '/risk', title: '风险', sign: Aim, place: { tax: 45 }, may: businessDuties, byPeriod: true, load: () => queuePage(view),
    detail: { path: ':period/:uscc/:indicator', title: '一条疑点', load: () => casePage(view) },
  },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'risk.evidence': { title: '依据资料', meaning: '核实时查看的资料，写到别人能再查到。', basis: ownRule, example: '购销合同、入库单、银行流水。' },
} as const satisfies Readonly<Record<string, HelpEntry>>;
