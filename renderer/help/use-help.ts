/** Which help stands open 说明: the key of the field that had the focus when F1 was pressed. */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { isHelpKey, type HelpKey } from './help-table.ts';

export const useHelp = defineStore('help', () => {
  const open = ref(false);
  const key = ref<HelpKey | null>(null);
  return {
    open, key,
    /** Opens the help of the nearest field around an element. */
    showFor(element: Element | null): void {
      const named = element?.closest<HTMLElement>('[data-help]')?.dataset['help'];
      key.value = isHelpKey(named) ? named : null;
      open.value = true;
    },
  };
});
