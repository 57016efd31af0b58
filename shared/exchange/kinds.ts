/**
 * The closed table of package kinds 交换包种类: who may send what to whom, and which sections it holds. A kind that this
 * version cannot exchange yet is listed with its arrows and refused by name; its sections are unknown, not empty. One file a kind is below kinds/; a
 * section is JSON Lines, every line canonical JSON, and the ledger leaves that every package carries are no document.
 * @source shared spec decisions 15
 */
import { agencies, type Agency } from '../kernel/office.ts';
import { enterpriseList } from './kinds/enterprise-list.ts';
import { epochOpen } from './kinds/epoch-open.ts';
import { keyCard } from './kinds/key-card.ts';
import { monthlyReport } from './kinds/monthly-report.ts';
import { periodLock } from './kinds/period-lock.ts';
import { policyAmendment } from './kinds/policy-amendment.ts';
import { receipt } from './kinds/receipt.ts';
import { reconStatement } from './kinds/recon-statement.ts';
import { refundBatch } from './kinds/refund-batch.ts';
import { refundReceipt } from './kinds/refund-receipt.ts';
import { survey } from './kinds/survey.ts';
import { suspensionNotice } from './kinds/suspension-notice.ts';
import { defineKind, type Kind, type RowOf, type Section } from './section.ts';

const planned = (title: string, from: readonly Agency[], to: readonly Agency[]): Kind<null> => defineKind({ title, from, to, sections: null });

const rows = {
  ENTERPRISE_LIST: enterpriseList,
  SURVEY: survey,
  REFUND_BATCH: refundBatch,
  SUSPENSION_NOTICE: suspensionNotice,
  MONTHLY_REPORT: monthlyReport,
  POLICY_AMENDMENT: policyAmendment,
  REFUND_RECEIPT: refundReceipt,
  DAILY_BALANCE: planned('库存日报', ['treasury'], ['tax', 'finance']),
  FUND_ALLOCATION: planned('资金下达', ['finance'], ['tax', 'treasury']),
  RECON_STATEMENT: reconStatement,
  RECON_DIFFERENCE: planned('对账差异', agencies, agencies),
  PERIOD_LOCK: periodLock,
  CORRECTION: planned('更正单', agencies, agencies),
  PROBLEM: planned('问题单', agencies, agencies),
  MEETING: planned('会议决议', agencies, agencies),
  FINDING: planned('检查发现', agencies, agencies),
  RECEIPT: receipt,
  KEYCARD: keyCard,
  EPOCH_OPEN: epochOpen,
} as const satisfies Record<string, Kind>;

export type PackageKind = keyof typeof rows;

export const packageKinds: Readonly<Record<PackageKind, Kind>> = rows;

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

type KindSections = NonNullable<(typeof rows)[PackageKind]['sections']>;
type NamesIn<S> = S extends unknown ? keyof S & string : never;
type SectionIn<S, N> = S extends unknown ? (N extends keyof S ? S[N] : never) : never;

export type SectionName = NamesIn<KindSections>;

/** The rows of a document by section, each typed by its schema. */
export type SectionRows = { readonly [N in SectionName]?: readonly RowOf<SectionIn<KindSections, N> & Section>[] };

/** Every section of every kind. */
export const sections = Object.assign({}, ...Object.values<Kind>(rows).map((row) => row.sections ?? {})) as Readonly<Record<SectionName, Section>>; // one a name

export const sectionNames = Object.keys(sections) as readonly SectionName[];

/** Own keys only, so that `constructor` names no section. */
export function isSectionName(word: string): word is SectionName {
  return Object.hasOwn(sections, word);
}

/** The sections of a kind in their order; none where this version cannot exchange it. */
export function sectionsOf(name: PackageKind): readonly SectionName[] {
  return Object.keys(packageKinds[name].sections ?? {}) as SectionName[]; // a kind's own keys
}

/** The name of the section of ledger leaves 账本叶摘要: 32 raw bytes each, last in every package. */
export const leavesSection = 'leaves';
