/** Pages of articles: their form, and that a cited article can be shown with its grade. */
import { expect, test } from 'vitest';
import { parseArticles } from '../../../shared/eligibility/articles.ts';
import { loadArticles } from '../../../electron/eligibility/index.ts';
import { shippedArticles } from '../../golden/golden-policy.ts';

test('an article has citation, title, grade and text', () => {
  const articles = parseArticles('# 页\n\n前言\n\n## 2022-14/3(1) 纳税信用级别\n确信度：A\n级别为A级或B级。\n');
  expect(articles.get('2022-14/3(1)')).toEqual({ cite: '2022-14/3(1)', title: '纳税信用级别', certainty: 'A', text: '级别为A级或B级。' });
});

test.each([
  ['without a grade', '## 甲/1 标题\n正文\n'],
  ['with an unknown grade', '## 甲/1 标题\n确信度：E\n正文\n'],
  ['without text', '## 甲/1 标题\n确信度：A\n'],
  ['without a title', '## 甲/1\n确信度：A\n正文\n'],
  ['twice', '## 甲/1 标题\n确信度：A\n正文\n## 甲/1 标题\n确信度：A\n正文\n'],
])('an article %s is an error', (_name, page) => {
  expect(() => parseArticles(page)).toThrow();
});

test('the same citation on two pages is an error', () => {
  expect(() => loadArticles(() => '## 甲/1 标题\n确信度：A\n正文\n')).toThrow('two pages');
});

test('readings of ours are graded D, so that they are never shown as law', () => {
  const readings = [...shippedArticles.values()].filter(({ cite }) => cite.startsWith('reading/'));
  expect([readings.length, new Set(readings.map(({ certainty }) => certainty))]).toEqual([11, new Set(['D'])]);
});
