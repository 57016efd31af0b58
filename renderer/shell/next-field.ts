/** When Enter means "next field" 回车到下一项: decided from the key and the field alone, so that every case is a line of a test. */

export type PressedKey = {
  readonly key: string;
  readonly isComposing: boolean;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly defaultPrevented: boolean;
};

export type PressedField = { readonly tag: string; /** An open list or calendar belongs to it. */ readonly expanded: boolean; readonly type: string | null };

/** Whether this press of Enter means "next field". */
export function meansNext(event: PressedKey, target: PressedField): boolean {
  if (event.key !== 'Enter' || event.defaultPrevented || event.ctrlKey || event.altKey || event.shiftKey) return false;
  // The Enter that ends a composition is still part of it.
  if (event.isComposing) return false;
  if (target.expanded) return false;
  return (target.tag === 'INPUT' && target.type !== 'button' && target.type !== 'submit') || target.tag === 'SELECT';
}
