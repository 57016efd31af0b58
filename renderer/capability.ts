/**
 * What a capability 业务 shows in the window: its pages and the F1 说明 of its fields and figures. Each has one `capability.ts` of this form in its folder;
 * capabilities.ts lists them, and menu, routes and help are joined from there.
 */
import type { Component } from 'vue';
import { agencies, type Agency, type Duty } from '../shared/kernel/office.ts';

/** A page is listed only where its office has the work. Loading is by page, so that the first paint does not wait for the others. */
export type Page = {
  readonly path: string;
  readonly title: string;
  readonly sign: Component;
  /** Its place in the menu of each office that has the work, the smallest first: an office's own work stands first. */
  readonly place: Partial<Readonly<Record<Agency, number>>>;
  /** Whose it is, where not everyone's: what names taxpayers is for people with a business duty. */
  readonly may?: readonly Duty[];
  /** The page itself, loaded when first shown. */
  readonly load: () => Promise<Component>;
  /** A page below it, by the rest of its address. */
  readonly detail?: { readonly path: string; readonly title: string; readonly load: () => Promise<Component>; /** Whether it looks at the filing period too. */ readonly byPeriod?: boolean };
  /** Whether the page looks at one filing period, which the head of the window then offers. */
  readonly byPeriod?: boolean;
};

/** Meaning 口径, basis 依据 and example 示例. A basis names a document, or says that it is the product's own rule. */
export type HelpEntry = { readonly title: string; readonly meaning: string; readonly basis: string; readonly example: string };

export const ownRule = '本程序的规定，无外部文件';

export function everywhere(place: number): Readonly<Record<Agency, number>> {
  return Object.fromEntries(agencies.map((agency) => [agency, place])) as Record<Agency, number>; // every agency
}
