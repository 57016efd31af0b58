/**
 * The pages of articles 条文转述 shipped with the program, for reading beside a finding. Each is told in our own words with its grade of certainty.
 * Deciding is the office's.
 */
import { parseArticles, type Article } from '../../shared/eligibility/articles.ts';

const pages = import.meta.glob<string>(['../../resources/policy/*/articles.md', '../../resources/reference/articles.md'], { query: '?raw', import: 'default' });

/** Reads every page once; keyed by citation. */
export async function allArticles(): Promise<ReadonlyMap<string, Article>> {
  const texts = await Promise.all(Object.values(pages).map((load) => load()));
  return new Map(texts.flatMap((text) => [...parseArticles(text)]));
}
