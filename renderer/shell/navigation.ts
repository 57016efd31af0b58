/**
 * The pages as one table 页面: path, title, sign, and in which order each office sees them; its own work stands first. A page is listed only
 * where its office has the work. Loading is by page, so that the first paint does not wait for the others.
 */
import type { Component } from 'vue';
import { House, Setting } from '@element-plus/icons-vue';
import type { Agency } from '../../shared/kernel/office.ts';

export type Page = {
  readonly path: string;
  readonly title: string;
  readonly sign: Component;
  /** The page itself, loaded when first shown. */
  readonly load: () => Promise<Component>;
};

export const pages = {
  desk: { path: '/desk', title: '工作台', sign: House, load: () => import('../desk/DeskPage.vue') },
  administration: { path: '/administration', title: '系统管理', sign: Setting, load: () => import('../administration/AdministrationPage.vue') },
} as const satisfies Readonly<Record<string, Page>>;

export type PageKey = keyof typeof pages;

const order: Readonly<Record<Agency, readonly PageKey[]>> = {
  tax: ['desk', 'administration'],
  finance: ['desk', 'administration'],
  treasury: ['desk', 'administration'],
};

/** The pages of an office, its own work first. */
export function pagesOf(agency: Agency): readonly (Page & { readonly key: PageKey })[] {
  return order[agency].map((key) => ({ key, ...pages[key] }));
}
