/**
 * Cells as text 单元格文字: what is shown, and what is copied. Amounts stay exact: a display in 万元 is rounded to two decimals and says so;
 * what is copied is the exact value in the unit shown, without separators, so that a spreadsheet reads it as a number.
 */
import { groupedYuan, parseTotal, yuanText, type Fen } from '../../../shared/kernel/money.ts';
import type { CellValue, TableColumn } from './columns.ts';

export type MoneyUnit = 'yuan' | 'wan';
export const unitNames: Readonly<Record<MoneyUnit, string>> = { yuan: '元', wan: '万元' };

/** Shown where a value is unknown: blank is not zero. */
export const unknownText = '—';

/** An amount for the eye: `1,234.50` yuan, or `12.35` 万元 rounded half away from zero to two decimals. */
export function moneyText(fen: Fen, unit: MoneyUnit): string {
  if (unit === 'yuan') return groupedYuan(fen);
  const magnitude = fen < 0n ? -fen : fen;
  const hundredths = (magnitude + 5_000n) / 10_000n;
  return groupedYuan(fen < 0n ? -hundredths : hundredths);
}

/** An amount to be taken in at a glance: `2.296 亿元` in four figures, `1,234.57 万元`, below a 万 the exact yuan. */
export function bigYuan(fen: Fen): string {
  const magnitude = fen < 0n ? -fen : fen;
  if (magnitude < 1_000_000n) return `${groupedYuan(fen)} 元`;
  if (magnitude < 10_000_000_000n) return `${moneyText(fen, 'wan')} 万元`;
  const places = magnitude < 100_000_000_000n ? 3 : 2;
  const unit = 10n ** BigInt(10 - places);
  const digits = ((magnitude + unit / 2n) / unit).toString();
  return `${fen < 0n ? '-' : ''}${countText(digits.slice(0, -places))}.${digits.slice(-places)} 亿元`;
}

/** An amount for the clipboard: exact, `1234.50` yuan or `0.123450` 万元. */
export function exactMoneyText(fen: Fen, unit: MoneyUnit): string {
  if (unit === 'yuan') return yuanText(fen);
  const digits = (fen < 0n ? -fen : fen).toString().padStart(7, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -6)}.${digits.slice(-6)}`;
}

/** A whole number with thousands separators. */
export function countText(value: number | string): string {
  return String(value).replace(/\B(?=(?:[0-9]{3})+$)/g, ',');
}

/** What the cell shows. */
export function cellText(column: TableColumn, value: CellValue | undefined, unit: MoneyUnit): string {
  if (value === null || value === undefined || value === '') return unknownText;
  switch (column.kind) {
    case 'money': {
      const fen = parseTotal(String(value));
      return fen === null ? String(value) : moneyText(fen, unit);
    }
    case 'count':
      return countText(String(value));
    case 'state':
      return column.states?.[String(value)]?.label ?? String(value);
    case 'text':
    case 'code':
    case 'date':
    case 'period':
      return typeof value === 'boolean' ? (value ? '是' : '否') : String(value);
  }
}

/** Whether the cell is drawn red: a negative amount or count. The minus stands there too. */
export function isNegative(column: TableColumn, value: CellValue | undefined): boolean {
  return (column.kind === 'money' || column.kind === 'count') && String(value ?? '').startsWith('-');
}

/** What is copied; a blank stays blank. Tabs and line ends inside a value become blanks, so that the grid keeps its shape. */
export function copiedText(column: TableColumn, value: CellValue | undefined, unit: MoneyUnit): string {
  if (value === null || value === undefined) return '';
  if (column.kind === 'money') {
    const fen = parseTotal(String(value));
    return fen === null ? String(value) : exactMoneyText(fen, unit);
  }
  const text = column.kind === 'count' ? String(value) : value === '' ? '' : cellText(column, value, unit);
  return guarded(text.replace(/[\t\r\n]+/g, ' '), column);
}

/** The heading of a column with its unit. */
export function headingText(column: TableColumn, unit: MoneyUnit): string {
  return column.kind === 'money' ? `${column.title}（${unitNames[unit]}）` : column.title;
}

/** A text that a spreadsheet would run as a formula gets an apostrophe; numbers keep their minus. */
function guarded(text: string, column: TableColumn): string {
  return column.kind !== 'count' && /^[=+\-@]/.test(text) ? `'${text}` : text;
}
