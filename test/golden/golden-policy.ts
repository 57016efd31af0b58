/** The policy as shipped, read from resources/ for the tests of eligibility. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { loadArticles, loadPolicy, type Policy } from '../../electron/eligibility/index.ts';

export function readResource(path: string): string {
  return readFileSync(new URL(`../../resources/${path}`, import.meta.url), 'utf8');
}

export const shippedPolicy: Policy = loadPolicy(readResource, (text) => createHash('sha256').update(text).digest('hex'));
export const shippedArticles = loadArticles(readResource);
