/**
 * The table of a report as a workbook 报表工作簿: the same rows as its CSV, title and office above, totals last. Amounts become numbers, counts
 * whole numbers, everything else stays text, so that codes keep their digits.
 * @source shared spec conventions.md (Files, Money)
 */
import { writeWorkbook, type WorkbookColumn } from '../platform/workbook-writer.ts';
import { shieldedText } from '../roster/index.ts';

const amount = /^-?[0-9]+\.[0-9]{2}$/;
const whole = /^-?[0-9]+$/;

/** @param rows head, lines and totals, as the report gives them */
export function tableWorkbook(title: string, heading: readonly string[], rows: readonly (readonly string[])[]): Promise<Uint8Array> {
  const [head = [], ...body] = rows;
  const columns = head.map((name, index): WorkbookColumn => {
    const cells = body.map((row) => row[index] ?? '').filter((text) => text !== '');
    const every = (form: RegExp): boolean => cells.length > 0 && cells.every((text) => form.test(text));
    const kind = every(amount) ? 'amount' : /数$|^序号$/.test(name) && every(whole) ? 'count' : 'text';
    const longest = Math.max(...[name, ...cells].map((text) => Array.from(text, (letter) => (letter.charCodeAt(0) > 0x7f ? 2 : 1)).reduce((sum: number, width) => sum + width, 0)));
    return { title: shieldedText(name), kind, width: Math.min(60, Math.max(8, longest + 3)) };
  });
  const made = (row: readonly string[]): string[] => row.map((text, index) => (columns[index]?.kind === 'text' ? shieldedText(text) : text));
  return writeWorkbook({ sheet: title, heading: heading.map(shieldedText), columns, rows: body.slice(0, -1).map(made), totals: body.length === 0 ? null : made(body.at(-1) ?? []) });
}
