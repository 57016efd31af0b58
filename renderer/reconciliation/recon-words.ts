/** Words and widths of 三方对账 on the screen: a digest in eight groups, the parts of a column. Decides nothing. */
import { shortGroups } from '../../shared/kernel/short-groups.ts';
import type { ReconColumn } from '../../shared/reconciliation/document.ts';

/** A hash as people compare it. @param hash SHA-256, hex */
export function hashGroups(hash: string): string {
  return shortGroups(Uint8Array.from(hash.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16)));
}

const fen = (yuan: string): bigint => BigInt(yuan.replace('.', ''));
const size = (amount: bigint): bigint => (amount < 0n ? -amount : amount);

export const partNames = { matched: '相符', explained: '已说明', unexplained: '未说明' } as const;
type Part = keyof typeof partNames;
export const parts = Object.keys(partNames) as readonly Part[]; // the keys of the table above

/** Whether opening + period = closing = matched + explained + unexplained. */
export function adds({ opening, inPeriod, closing, matched, explained, unexplained }: ReconColumn): boolean {
  return fen(opening) + fen(inPeriod) === fen(closing) && fen(closing) === fen(matched) + fen(explained) + fen(unexplained);
}

/** Widths of the three parts in percent, by their size without sign; nothing where there is no money. */
export function widths(column: ReconColumn): Readonly<Record<Part, number>> {
  const all = parts.reduce((sum, part) => sum + size(fen(column[part])), 0n);
  const of = (part: Part): number => {
    const hundredths = all === 0n ? 0n : (size(fen(column[part])) * 10_000n) / all; // of a percent: a width, no money
    return Number(hundredths) / 100;
  };
  return { matched: of('matched'), explained: of('explained'), unexplained: of('unexplained') };
}
