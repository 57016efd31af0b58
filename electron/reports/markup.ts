/**
 * The only way HTML is made here: the tag html`…`. Every value put into a template is escaped; only what another html`…` has made goes in as
 * it is. A value stands in text or in a double-quoted attribute, nowhere else; style and script know no values.
 */
import { assert } from '../../shared/kernel/assert.ts';

const seal = Symbol('markup');

/** Finished, well-formed markup. Made by html`…` alone. */
export type Markup = { readonly [seal]: string };

export type MarkupValue = string | number | Markup | readonly MarkupValue[] | null;

/** A template of markup. null and [] give nothing, lists are joined, texts are escaped. */
export function html(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
  let text = parts[0] ?? '';
  values.forEach((value, index) => {
    assert(placeIsSafe(text), 'a value stands in text or in a double-quoted attribute');
    text += rendered(value) + (parts[index + 1] ?? '');
  });
  return { [seal]: text };
}

/** The text of finished markup. */
export function markupText(markup: Markup): string {
  return markup[seal];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for an element or an attribute. Characters that no XML can hold become U+FFFD: they must not end a page early. */
export function escapedText(text: string): string {
  return text
    .toWellFormed()
    // eslint-disable-next-line no-control-regex -- the control characters are the point
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"']/g, (mark) => escapes[mark] ?? '');
}

function rendered(value: MarkupValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return escapedText(value);
  if (typeof value === 'number') return String(value);
  if (seal in value) return value[seal];
  return value.map(rendered).join('');
}

/** Whether a value may follow this text: outside of any tag, or inside a quoted attribute that runs no code. */
function placeIsSafe(before: string): boolean {
  if (/<(?:style|script)\b(?![\s\S]*<\/(?:style|script)>)/i.test(before)) return false;
  const open = before.lastIndexOf('<');
  if (open <= before.lastIndexOf('>')) return true;
  return /\s(?!on|style|href|src)[a-z][a-z-]*="[^"<]*$/.test(before.slice(open));
}
