/** The keys that work on every page 快捷键. F5 is a page's own reload when it has one; nothing here acts on the ledger. */
import { onBeforeUnmount, onMounted } from 'vue';
import { useHelp } from '../help/use-help.ts';
import { enterToNext } from './enter-to-next.ts';
import { leaveToInputMethod } from './input-method.ts';

/** Fired at the window when F5 is pressed. */
export const reloadEvent = 'liudi-reload';

export function useShortcuts(): void {
  const help = useHelp();
  const jump: Readonly<Record<string, string>> = { F2: '[data-sidebar] a', F4: '[role=grid]', F6: '[data-page-title]' };
  function pressed(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'F1') {
      event.preventDefault();
      help.showFor(document.activeElement);
      return;
    }
    if (event.key === 'Escape' && help.open) help.open = false;
    if (event.key === 'F5') {
      event.preventDefault();
      window.dispatchEvent(new Event(reloadEvent));
      return;
    }
    const selector = jump[event.key];
    if (selector !== undefined) {
      event.preventDefault();
      document.querySelector<HTMLElement>(selector)?.focus();
      return;
    }
    enterToNext(event);
  }
  onMounted(() => {
    window.addEventListener('keydown', leaveToInputMethod, true);
    document.addEventListener('keydown', pressed);
  });
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', leaveToInputMethod, true);
    document.removeEventListener('keydown', pressed);
  });
}

/** Runs a page's first act on Ctrl+Enter wherever the focus is, as long as no dialog or drawer is open. */
export function useFirstAct(act: () => void): void {
  function pressed(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !event.ctrlKey || event.isComposing || overlaid()) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }
  onMounted(() => { document.addEventListener('keydown', pressed, true); });
  onBeforeUnmount(() => { document.removeEventListener('keydown', pressed, true); });
}

/** Whether a dialog, a drawer or a list stands open over the page. */
export function overlaid(): boolean {
  return [...document.querySelectorAll<HTMLElement>('.el-overlay, [role=combobox][aria-expanded=true]')].some((element) => element.getClientRects().length > 0);
}

/** Runs a page's own reload on F5 while the page is shown. */
export function useReload(reload: () => void): void {
  onMounted(() => { window.addEventListener(reloadEvent, reload); });
  onBeforeUnmount(() => { window.removeEventListener(reloadEvent, reload); });
}
