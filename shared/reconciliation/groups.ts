/**
 * Items that belong together 成组的差异: those that share link, reason, and batch or day are shown as one, `PC-2022-0005 整批 42 笔漏传`. Nothing is merged: a
 * group is a way of looking, every item keeps its number.
 * @source shared spec issue 11 (windows); reconciliation.md, Open items
 */
import { sumFen, yuanText, type Fen } from '../kernel/money.ts';
import type { ReconItem } from './document.ts';
import { links, type LinkId } from './links.ts';
import { reasonNames, type ReasonId } from './reasons.ts';

export type ItemGroup = {
  readonly link: LinkId;
  readonly reason: ReasonId;
  /** 批次号; null where the items name none, then they share `day`. */
  readonly batchNo: string | null;
  /** Since when the items stand, where they share no batch. */
  readonly day: ReconItem['since'] | null;
  readonly explained: boolean;
  readonly items: readonly string[];
  /** Sums of both columns, yuan text. */
  readonly left: string;
  readonly right: string;
};

/** @param batchOf the batch that the lines of an item name; '' where they name none */
export function groupedItems(items: readonly ReconItem[], batchOf: (item: ReconItem) => string): readonly ItemGroup[] {
  const groups = Map.groupBy(items, (item) => JSON.stringify([item.link, item.reason, batchOf(item), batchOf(item) === '' ? item.since : '']));
  return [...groups.values()].flatMap((members) => {
    const [first] = members;
    if (first === undefined) return [];
    const batchNo = batchOf(first);
    return [{
      link: first.link, reason: first.reason, batchNo: batchNo === '' ? null : batchNo, day: batchNo === '' ? first.since : null, explained: first.explained,
      items: members.map(({ no }) => no), left: summed(members.map(({ left }) => left)), right: summed(members.map(({ right }) => right)),
    }];
  });
}

/** `税—库 PC-2022-0005 42 笔漏传`. */
export function groupTitle({ link, reason, batchNo, day, items }: ItemGroup): string {
  const place = batchNo ?? `${String(day)} 起`;
  return `${links[link].zh}\u3000${place} ${String(items.length)} 笔${reasonNames[reason]}`;
}

function summed(amounts: readonly (string | null)[]): string {
  return yuanText(sumFen(amounts.map((yuan): Fen => (yuan === null ? 0n : BigInt(yuan.replace('.', ''))))));
}
