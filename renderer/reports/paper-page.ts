/**
 * A finished paper page taken apart for the preview 纸面预览: its sheet and its body, so that the sheet reaches nothing but the preview. The page comes
 * from the office; scripts and addresses in it would be refused by the content policy anyway and are left out here too.
 */
export type PaperParts = { readonly sheet: string; readonly body: string; /** The classes of the page's body. */ readonly classes: string };

/** Splits the page; the sheet's rules for the whole page become rules for the preview's own root. */
export function paperParts(page: string): PaperParts {
  const sheets = [...page.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, sheet = '']) => sheet);
  const [, attributes = '', body = ''] = /<body([^>]*)>([\s\S]*)<\/body>/.exec(page) ?? [];
  const classes = /class="([a-z -]*)"/.exec(attributes)?.[1] ?? '';
  return { sheet: sheets.join('\n').replace(/(^|[\s},])html(?=[\s{,.])/g, '$1:host').replace(/(^|[\s},])body(?=[\s{,.])/g, '$1.paper'), body: body.trim(), classes };
}
