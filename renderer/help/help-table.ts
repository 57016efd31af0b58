/** The closed table of F1 说明, joined from every capability. A test finds every key that a page names and every row that no page uses. */
import * as capabilities from '../capabilities.ts';
import type { HelpEntry } from '../capability.ts';

type Help = (typeof capabilities)[keyof typeof capabilities]['help'];
export type HelpKey = Help extends infer H ? (H extends unknown ? keyof H & string : never) : never;

export const helpTable = Object.assign({}, ...Object.values(capabilities).map(({ help }) => help)) as Readonly<Record<HelpKey, HelpEntry>>; // the rows of every capability

/** @param key that a field names, or null */
export function helpOf(key: string | null): HelpEntry | null {
  return key !== null && Object.hasOwn(helpTable, key) ? helpTable[key as HelpKey] : null; // an own key
}
