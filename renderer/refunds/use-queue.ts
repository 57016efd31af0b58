/** Which queue of refunds is looked at 办理环节: kept while the clerk opens one refund and comes back. */
import { defineStore } from 'pinia';
import { ref, watch } from 'vue';

export const useQueue = defineStore('refund-queue', () => {
  const key = ref<string>('all');
  const onlyPeriod = ref(true);
  /** False until a queue was chosen, by the page or by the clerk. */
  const chosen = ref(false);
  watch(key, () => { chosen.value = true; });
  return { key, onlyPeriod, chosen };
});
