/** Small pieces that every paper shares: amounts, facts of the head, cells, digest groups. Nothing here knows a report. */
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { groupedYuan, type Fen } from '../../shared/kernel/money.ts';
import { html, type Markup, type MarkupValue } from './markup.ts';

/** `1,234.50`, a minus sign for red entries; nothing for unknown. */
export function yuan(fen: Fen | null): string {
  return fen === null ? '—' : groupedYuan(fen);
}

/** A date in a grid, or a dash. */
export function day(date: CivilDate | string | null): string {
  return date ?? '—';
}

/** A line of labelled facts. */
export function facts(items: readonly (readonly [string, MarkupValue])[]): Markup {
  return html`<dl class="facts">${items.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>`;
}

export type Column = { readonly title: string; readonly kind: 'text' | 'code' | 'date' | 'money' | 'count' | 'number'; /** Share of the width in percent. */ readonly width: number };

/** A grid whose head stands again on every page and whose totals stay with the last rows. */
export function grid(columns: readonly Column[], rows: readonly (readonly MarkupValue[])[], totals: readonly MarkupValue[] | null = null): Markup {
  const cell = (value: MarkupValue, index: number): Markup => html`<td class="${columns[index]?.kind ?? 'text'}">${value}</td>`;
  return html`<table class="grid">
<colgroup>${columns.map((column) => html`<col width="${`${String(column.width)}%`}"/>`)}</colgroup>
<thead><tr>${columns.map((column) => html`<th class="${column.kind}">${column.title}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${row.map(cell)}</tr>
`)}${totals === null ? null : html`<tr class="totals">${totals.map((value, index) => cell(html`<b>${value}</b>`, index))}</tr>
`}</tbody>
</table>`;
}

/** A form of label and value in pairs, one or two pairs a row. */
export function form(rows: readonly (readonly (readonly [string, MarkupValue, 'money'?])[])[]): Markup {
  return html`<table class="form"><tbody>
${rows.map((pairs) => html`<tr>${pairs.map(([label, value, kind]) => html`<th>${label}</th><td class="${kind ?? 'text'}" colspan="${pairs.length === 1 ? 3 : 1}">${value}</td>`)}</tr>
`)}</tbody></table>`;
}

/** The end of a paper, never torn apart and never alone on a page: what is said in words, who signs, where seals go. */
export function closing(above: MarkupValue, signs: readonly string[], seals: readonly string[] = []): Markup {
  return html`<section class="closing">
${above}
${signLine(signs)}
${seals.length === 0 ? null : sealBoxes(seals)}</section>`;
}

/** Boxes for wet seals: the software never paints a seal. */
function sealBoxes(names: readonly string[]): Markup {
  return html`<section class="seals">${names.map((name) => html`<div><p>${name}</p><p class="place">（公章）</p><p class="date">年　　月　　日</p></div>`)}</section>`;
}

/** 制表 复核 负责人 with room for names by hand. */
function signLine(names: readonly string[]): Markup {
  return html`<p class="sign">${names.map((name) => html`<span>${name}：<i></i></span>`)}</p>`;
}
