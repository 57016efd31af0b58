/**
 * The one page frame 版面 of every paper: A4, title, 编制单位, what it covers, unit, the practice mark, and at the foot of each page digest,
 * version, page number and time of printing. Its sheet is resources/print; fonts are added by printing.
 */
import { assert } from '../../shared/kernel/assert.ts';
import type { OfficeIdentity } from '../../shared/administration/model.ts';
import { shanghaiDateTime, type Instant } from '../../shared/kernel/civil-date.ts';
import type { Orientation } from '../../shared/reports/table.ts';
import { html, markupText, type Markup } from './markup.ts';

export type Frame = {
  readonly title: string;
  /** Label and value beside 编制单位, e.g. 所属期 2022年4月. */
  readonly covers: readonly (readonly [string, string])[];
  /** True prints 单位：元. */
  readonly inYuan: boolean;
  readonly orientation: Orientation;
  readonly body: Markup;
};

export type FrameTerms = { readonly office: OfficeIdentity; readonly now: Instant; readonly digest: string; readonly version: string; /** resources/print/paper.css */ readonly sheet: string };

/** Said at the head of every page of a practice office. */
export const practiceMark = '【演练】演练数据，不作凭证';

/** The finished page, without fonts. */
export function framedPage(frame: Frame, terms: FrameTerms): string {
  const { office } = terms;
  const mark = office.practice ? html`<b class="practice">【演练】</b>` : null;
  const head = html`<header>
<h1>${mark}${frame.title}</h1>
<dl class="covers"><div><dt>编制单位</dt><dd>${office.name}</dd></div>${frame.covers.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}${
    frame.inYuan ? html`<div class="unit"><dt>单位</dt><dd>元</dd></div>` : null
  }</dl>
</header>`;
  const title = html`<title>${frame.title}</title>`;
  // A font slice is loaded when an element needs it; the margins of a page do not count, so their words stand once more, unseen.
  const margins = html`<p class="margins" aria-hidden="true">${Object.values(marginTexts(terms)).join('')}第页共0123456789</p>`;
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"/>${markupText(title)}<style>
${styleOf(frame.orientation, terms)}</style></head>
<body class="${frame.orientation}">
${markupText(margins)}
${markupText(head)}
<main>
${markupText(frame.body)}
</main>
</body></html>
`;
}

/** What stands in the margins of each page; every value is of a closed form, so that no text of people reaches the sheet. */
function styleOf(orientation: Orientation, terms: FrameTerms): string {
  const { left, right, top } = marginTexts(terms);
  assert(!/[<]/.test(terms.sheet), 'a style sheet holds no markup');
  return `${terms.sheet}
@page{size:A4 ${orientation};@top-right{content:"${top}"}@bottom-left{content:"${left}"}@bottom-center{content:"第 " counter(page) " 页 共 " counter(pages) " 页"}@bottom-right{content:"${right}"}}
`;
}

function marginTexts({ office, now, digest, version }: FrameTerms): { readonly left: string; readonly right: string; readonly top: string } {
  const printed = shanghaiDateTime(now).slice(0, 16);
  assert(/^[0-9a-f]{4}(?:-[0-9a-f]{4}){3}$/.test(digest) && /^[0-9]+\.[0-9]+\.[0-9]+$/.test(version), 'digest and version have their forms');
  assert(/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(printed), 'a time of printing');
  return { left: `数据摘要 ${digest}　留抵直达 ${version}`, right: `打印时间 ${printed}`, top: office.practice ? practiceMark : '' };
}
