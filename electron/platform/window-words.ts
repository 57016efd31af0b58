/** What a window is called and how it zooms 窗口标题与缩放: plain rules, apart from Electron. */
import type { Input } from 'electron';

const zoomMin = 0.5;
const zoomMax = 3;

/** `留抵直达`, `凌源市税务局 — 留抵直达`, `【演练】凌源市税务局 — 留抵直达`. */
export function windowTitle(product: string, office: { readonly name: string; readonly practice: boolean } | null): string {
  if (office === null) return product;
  return `${office.practice ? '【演练】' : ''}${office.name} — ${product}`;
}

/** Ctrl with `+`, `-` or `0`: the next zoom factor, or null when the key means something else. */
export function zoomAfter(zoom: number, input: Pick<Input, 'type' | 'key' | 'control' | 'meta' | 'alt'>): number | null {
  if (input.type !== 'keyDown' || !(input.control || input.meta) || input.alt) return null;
  const tenths = Math.round(zoom * 10);
  const next = input.key === '+' || input.key === '=' ? tenths + 1 : input.key === '-' ? tenths - 1 : input.key === '0' ? 10 : null;
  return next === null ? null : Math.min(zoomMax, Math.max(zoomMin, next / 10));
}
