/**
 * The three links 三环 of the chain of money: each office is held to the paper it acted on, so each link compares two columns of lines.
 * @source shared spec reconciliation.md, The principle
 */
import type { Agency } from '../kernel/office.ts';
import { lineGroups, type LineGroup, type LineKind } from './line.ts';

export const linkIds = ['tax-treasury', 'treasury-finance', 'finance-treasury'] as const;
export type LinkId = (typeof linkIds)[number];

export type End = 'left' | 'right';
type Columns = { readonly left: LineKind; readonly right: LineKind };

export const links: Readonly<Record<LinkId,
  {
    readonly zh: string; readonly left: Agency; readonly right: Agency; readonly columns: Readonly<Partial<Record<LineGroup, Columns>>>
  }>> = {
  'tax-treasury': {
    zh: '税—库', left: 'tax', right: 'treasury', columns: { refund: { left: '开具', right: '退付' }, clawback: { left: '追缴', right: '返纳' } },
  },
  'treasury-finance': {
    zh: '库—财', left: 'treasury', right: 'finance',
    columns: { refund: { left: '退付', right: '列支' }, clawback: { left: '返纳', right: '返纳入账' } },
  },
  'finance-treasury': { zh: '财—库', left: 'finance', right: 'treasury', columns: { transfer: { left: '拨付', right: '到账' } } },
};

/** The links that compare lines of a group, in order. */
export const linksOf: Readonly<Record<LineGroup, readonly LinkId[]>> = {
  refund: linkIds.filter((id) => links[id].columns.refund !== undefined),
  clawback: linkIds.filter((id) => links[id].columns.clawback !== undefined),
  transfer: linkIds.filter((id) => links[id].columns.transfer !== undefined),
};

/** The columns of a link for a group of lines it compares. */
export function columnsOf(link: LinkId, group: LineGroup): Columns {
  const columns = links[link].columns[group];
  if (columns === undefined) throw new RangeError(`${link} compares no ${group}`);
  return columns;
}

/** Clawbacks count negative in totals and items. */
export const signOf = (group: LineGroup): 1n | -1n => (group === 'clawback' ? -1n : 1n);

export const groupRank = (group: LineGroup): number => lineGroups.indexOf(group);
