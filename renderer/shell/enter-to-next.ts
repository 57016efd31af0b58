/**
 * Enter moves to the next field 回车到下一项: what clerks expect from a keypad. Leaves buttons, text areas, open lists and everything inside an
 * input method alone. On the last field it goes to the form's main button, which a further Enter presses; a form marked `data-enter="submits"` (sign-in) is sent at once.
 */
import { meansNext } from './next-field.ts';

const fields = 'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), button[data-enter]:not([disabled])';

/** Handles Enter inside a form. @returns whether it moved */
export function enterToNext(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const form = target.closest('form');
  if (form === null) return false;
  const about = { tag: target.tagName, expanded: target.getAttribute('aria-expanded') === 'true', type: target.getAttribute('type') };
  if (!meansNext(event, about)) return false;
  const order = [...form.querySelectorAll<HTMLElement>(fields)].filter((field) => field.offsetParent !== null && field.tabIndex >= 0);
  const next = order[order.indexOf(target) + 1];
  event.preventDefault();
  if (next instanceof HTMLButtonElement && form.dataset['enter'] === 'submits') {
    form.requestSubmit();
    return true;
  }
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'checkbox' && next.type !== 'radio') next.select();
  return true;
}
