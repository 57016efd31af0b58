/** Which help stands open 说明: the key of the field that had the focus when F1 was pressed. */
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const useHelp = defineStore('help', () => {
  const open = ref(false);
  const key = ref<string | null>(null);
  return {
    open, key,
    /** Opens the help of the nearest field around an element. */
    showFor(element: Element | null): void {
      key.value = element?.closest<HTMLElement>('[data-help]')?.dataset['help'] ?? null;
      open.value = true;
    },
  };
});
