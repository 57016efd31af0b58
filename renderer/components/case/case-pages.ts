/** A capability's description as the two pages of the navigation 办理页面: its list and one case of it, loaded when first shown. */
import { h, type Component } from 'vue';
import type { CaseView } from './case-view.ts';

type Described = () => Promise<CaseView>;

export async function queuePage(described: Described): Promise<Component> {
  const [view, { default: page }] = await Promise.all([described(), import('./QueuePage.vue')]);
  return { name: `queue-${view.table.name}`, render: () => h(page, { view }) };
}

export async function casePage(described: Described): Promise<Component> {
  const [view, { default: page }] = await Promise.all([described(), import('./CasePage.vue')]);
  return { name: `case-${view.table.name}`, render: () => h(page, { view }) };
}
