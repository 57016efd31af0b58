/** 三方对账 in the window: its page and its F1 说明. */
import { DocumentChecked } from '@element-plus/icons-vue';
import { businessDuties } from '../../shared/kernel/office.ts';
import { ownRule, type HelpEntry, type Page } from '../capability.ts';

export const pages = {
  reconciliation: {
    path: '/reconciliation', title: '三方对账', sign: DocumentChecked, place: { tax: 55, treasury: 15, finance: 15 }, may: businessDuties, load: () => import('./ReconPage.vue'),
  },
} as const satisfies Readonly<Record<string, Page>>;

export const help = {
  'recon.statement': {
    title: '对账单', meaning: '本单位截至某一天的全部对账明细，汇成后签名送对方；再汇成的是新版，以最新一版为准。三方的都到齐才能对账，三个单位算出的对账单完全相同。',
    basis: '工作方案“规范开展退税工作”', example: '4 月的在 5 月初汇成，完整至汇成当天。',
  },
  'recon.bar': {
    title: '相符、已说明、未说明', meaning: '每一环两方各自：期末＝期初＋本期＝相符＋已说明＋未说明。不等时显示为红色，不能据以签字。', basis: ownRule, example: '期末 100.00＝相符 60.00＋已说明 40.00。',
  },
  'recon.item': {
    title: '差异', meaning: '一笔差异一个终身编号；原因按程序的原因表判断，差错方是建议，由人商定；只由差错方更正，更正记今天的日期。', basis: '工作方案“谁差错，谁更正”', example: 'CX-2022-0001。',
  },
  'recon.lock': {
    title: '锁定与解锁', meaning: '三方对同一份对账单（摘要相同）签字后，该月在三个单位都锁定，不再接受记在该月及以前的业务；三方签字并写明原因后解锁。按月依次锁定，倒序解锁。',
    basis: ownRule, example: '摘要按八组核对。',
  },
} as const satisfies Readonly<Record<string, HelpEntry>>;
