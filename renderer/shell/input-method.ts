/** Keys while the input method 输入法 composes. Decides nothing else about keys. */

/**
 * A key that the input method 输入法 is using belongs to it alone: Esc takes back a syllable and closes nothing, Enter takes the letters and sends nothing.
 * Heard first of all, so that dialogs and drawers of the kit never hear it. Some input methods say it by the key code only.
 */
export function leaveToInputMethod(event: Pick<KeyboardEvent, 'isComposing' | 'stopImmediatePropagation'> & { readonly keyCode: number }): void {
  if (event.isComposing || event.keyCode === 229) event.stopImmediatePropagation();
}
