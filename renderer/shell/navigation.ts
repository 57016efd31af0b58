/** The pages as one table 页面, joined from every capability, and in which order each office sees them. */
import type { Agency, Duty } from '../../shared/kernel/office.ts';
import * as capabilities from '../capabilities.ts';
import type { Page } from '../capability.ts';

type Pages = (typeof capabilities)[keyof typeof capabilities]['pages'];
export type PageKey = Pages extends infer P ? (P extends unknown ? keyof P & string : never) : never;

export const pages: readonly (Page & { readonly key: PageKey })[] = Object.values(capabilities).flatMap((capability) =>
  Object.entries<Page>(capability.pages).map(([key, page]) => ({ key: key as PageKey, ...page })), // a key of this capability's pages
);

/** The pages that a person has in an office, its own work first. */
export function pagesOf(agency: Agency, held: readonly Duty[]): typeof pages {
  return pages.filter(({ place, may }) => place[agency] !== undefined && (may === undefined || may.some((duty) => held.includes(duty)))).toSorted((a, b) => (a.place[agency] ?? 0) - (b.place[agency] ?? 0));
}
