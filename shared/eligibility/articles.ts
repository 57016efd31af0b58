/**
 * Reads the pages of articles 条文转述 (articles.md): each second-level heading is a citation and a title, then a line with the
 * grade of certainty, then the text in our own words. Serves explanations on screen and paper; decides nothing.
 */
import { assert } from '../kernel/assert.ts';

export type Certainty = 'A' | 'B' | 'C' | 'D';

export type Article = {
  /** e.g. `2022-14/3(1)`. */
  readonly cite: string;
  readonly title: string;
  readonly certainty: Certainty;
  readonly text: string;
};

/** @throws AssertionFault when a section has no grade, no text, or stands twice */
export function parseArticles(markdown: string): ReadonlyMap<string, Article> {
  const articles = new Map<string, Article>();
  for (const section of markdown.split(/^## /m).slice(1)) {
    const [heading = '', grade = '', ...lines] = section.split('\n');
    const cut = heading.indexOf(' ');
    const cite = heading.slice(0, cut);
    const certainty = /^确信度：([ABCD])$/.exec(grade)?.[1];
    const text = lines.join('\n').trim();
    assert(cut > 0 && isCertainty(certainty) && text !== '', `an article lacks its grade or text: ${heading}`);
    assert(!articles.has(cite), `an article stands twice: ${cite}`);
    articles.set(cite, { cite, title: heading.slice(cut + 1).trim(), certainty, text });
  }
  return articles;
}

function isCertainty(value: string | undefined): value is Certainty {
  return value === 'A' || value === 'B' || value === 'C' || value === 'D';
}
