/**
 * One page of articles 条文转述 as sections, and citations in words. A reading 读法 of the product is marked as such and never shown as law.
 */
export type ArticleText = {
  readonly cite: string;
  readonly title: string;
  /** A seen as text, B second-hand, C background knowledge, D inferred. */
  readonly certainty: string;
  readonly text: string;
};

/** The sections of one page: `## cite title`, a line with the grade, the text. */
export function articlesOf(markdown: string): readonly ArticleText[] {
  return markdown.split(/^## /m).slice(1).map((section) => {
    const [heading = '', grade = '', ...lines] = section.split('\n');
    const cut = heading.indexOf(' ');
    return { cite: heading.slice(0, cut), title: heading.slice(cut + 1).trim(), certainty: grade.replace('确信度：', '').trim(), text: lines.join('\n').trim() };
  });
}

const documents: Readonly<Record<string, string>> = {
  '2019-84': '财政部 税务总局公告2019年第84号',
  '2021-15': '财政部 税务总局公告2021年第15号',
  '2019-39': '财政部 税务总局 海关总署公告2019年第39号',
  '2022-14': '财政部 税务总局公告2022年第14号',
  '2022-17': '财政部 税务总局公告2022年第17号',
  '2022-19': '财政部 税务总局公告2022年第19号',
  '2022-21': '财政部 税务总局公告2022年第21号',
  '2025-07': '财政部 税务总局公告2025年第7号',
  'sta-2019-20': '国家税务总局公告2019年第20号',
  'sta-2022-4': '国家税务总局公告2022年第4号',
  'sta-2025-20': '国家税务总局公告2025年第20号',
  '2011-300': '工信部联企业〔2011〕300号',
  '2015-309': '银发〔2015〕309号',
};

/** `2022-14/3(1)` as `财政部 税务总局公告2022年第14号 第3条第(1)项`; a reading as `本程序的读法`. */
export function citeText(cite: string): string {
  const cut = cite.indexOf('/');
  const [document, place] = cut < 0 ? [cite, ''] : [cite.slice(0, cut), cite.slice(cut + 1)];
  if (document === 'reading') return '本程序的读法（不是法规）';
  const name = Object.hasOwn(documents, document) ? documents[document] : undefined;
  const [, article, item] = /^([0-9]+)(?:\(([0-9]+)\))?$/.exec(place) ?? [];
  const where = article === undefined ? '' : ` 第${article}条${item === undefined ? '' : `第（${item}）项`}`;
  return `${name ?? document}${where}`;
}

export function isReading(cite: string): boolean {
  return cite.startsWith('reading/');
}
