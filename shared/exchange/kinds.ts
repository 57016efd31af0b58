/**
 * The closed table of package kinds 交换包种类: who may send what to whom, and which sections it holds. A kind that this
 * version cannot exchange yet is listed with its arrows and refused by name; its sections are unknown, not empty.
 * @source shared spec decisions 15
 */
import { agencies, type Agency } from '../kernel/office.ts';
import type { SectionName } from './sections.ts';

export type KindRow = {
  /** The Chinese name on screens, receipts and refusals. */
  readonly title: string;
  readonly from: readonly Agency[];
  readonly to: readonly Agency[];
  /** The document's sections in their order; null = not yet exchangeable in this version. */
  readonly sections: readonly SectionName[] | null;
  /** Whether its arrival is answered by a receipt. A receipt never is. */
  readonly receipted: boolean;
};

const tax: readonly Agency[] = ['tax'];
const treasury: readonly Agency[] = ['treasury'];

function kind(
  title: string,
  from: readonly Agency[],
  to: readonly Agency[],
  sections: readonly SectionName[] | null = null,
  receipted = true,
): KindRow {
  return { title, from, to, sections, receipted };
}

const rows = {
  ENTERPRISE_LIST: kind('企业清单', tax, ['finance', 'treasury'], ['enterprises']),
  SURVEY: kind('退税底数', tax, ['finance', 'treasury'], ['surveyHead', 'surveyLines', 'surveyCells']),
  REFUND_BATCH: kind('退库批次', tax, ['finance', 'treasury'], ['batch', 'vouchers']),
  SUSPENSION_NOTICE: kind('暂缓退库通知', tax, ['finance', 'treasury']),
  MONTHLY_REPORT: kind('退税月报', tax, ['finance', 'treasury'], ['totals', 'refunds']),
  POLICY_AMENDMENT: kind('政策包更新', tax, ['finance', 'treasury'], ['amendments']),
  REFUND_RECEIPT: kind('退库回单', treasury, ['tax', 'finance'], ['outcomes']),
  DAILY_BALANCE: kind('库存日报', treasury, ['tax', 'finance']),
  FUND_ALLOCATION: kind('资金下达', ['finance'], ['tax', 'treasury']),
  RECON_STATEMENT: kind('对账单', agencies, agencies),
  RECON_DIFFERENCE: kind('对账差异', agencies, agencies),
  PERIOD_LOCK: kind('期间锁定', agencies, agencies),
  CORRECTION: kind('更正单', agencies, agencies),
  PROBLEM: kind('问题单', agencies, agencies),
  MEETING: kind('会议决议', agencies, agencies),
  FINDING: kind('检查发现', agencies, agencies),
  RECEIPT: kind('收件回执', agencies, agencies, ['receipt', 'faults'], false),
  KEYCARD: kind('密钥卡', agencies, agencies, ['card']),
  EPOCH_OPEN: kind('开期文件', agencies, agencies),
} as const satisfies Record<string, KindRow>;

export type PackageKind = keyof typeof rows;

export const packageKinds: Readonly<Record<PackageKind, KindRow>> = rows;

export const packageKindNames = Object.keys(rows) as readonly PackageKind[];

/** Whether the word names a kind at all; own keys only, so that `constructor` does not. */
export function isPackageKind(word: string): word is PackageKind {
  return Object.hasOwn(rows, word);
}

/** Whether the table lets `from` send this kind to `to`. An agency never sends to itself. */
export function maySend(name: PackageKind, from: Agency, to: Agency): boolean {
  const row = packageKinds[name];
  return from !== to && row.from.includes(from) && row.to.includes(to);
}

/** Whether this version can build and read the kind. */
export function isExchangeable(name: PackageKind): boolean {
  return packageKinds[name].sections !== null;
}
