/**
 * Enter moves to the next field 回车到下一项: what clerks expect from a keypad. Leaves buttons, text areas, open lists and everything inside an
 * input method alone. On the last field it goes to the form's main button, which a further Enter presses.
 */
const fields = 'input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled]), button[data-enter]:not([disabled])';

/** Whether this press of Enter means "next field". */
export function meansNext(event: Pick<KeyboardEvent, 'key' | 'isComposing' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'defaultPrevented' | 'keyCode'>, target: { readonly tag: string; readonly role: string | null; readonly expanded: boolean; readonly type: string | null }): boolean {
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return false;
  // 229 is what Chromium gives for keys that an input method swallows, also the Enter that ends a composition.
  if (event.isComposing || event.keyCode === 229) return false;
  if (target.expanded) return false;
  return (target.tag === 'INPUT' && target.type !== 'button' && target.type !== 'submit') || target.tag === 'SELECT';
}

/** Handles Enter inside a form. @returns whether it moved */
export function enterToNext(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  const form = target.closest('form');
  if (form === null) return false;
  const about = { tag: target.tagName, role: target.getAttribute('role'), expanded: target.getAttribute('aria-expanded') === 'true', type: target.getAttribute('type') };
  if (!meansNext(event, about)) return false;
  const order = [...form.querySelectorAll<HTMLElement>(fields)].filter((field) => field.offsetParent !== null && field.tabIndex >= 0);
  const next = order[order.indexOf(target) + 1];
  event.preventDefault();
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'checkbox' && next.type !== 'radio') next.select();
  return true;
}
