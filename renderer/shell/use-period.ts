/**
 * The filing period 申报期 that the pages look at: one for all of them, chosen in the head of the window. Starts at the newest period that
 * has a roster; before there is one, at the current month in Shanghai.
 */
import { defineStore } from 'pinia';
import { ref } from 'vue';
import { instantOf, shanghaiDate } from '../../shared/kernel/civil-date.ts';
import { addPeriods, parsePeriod, periodOf, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { ask } from '../office.ts';

export const usePeriod = defineStore('period', () => {
  const period = ref<TaxPeriod>(periodOf(shanghaiDate(instantOf(Date.now()))));
  return {
    period,
    /** Starts at the newest period of a tax office. */
    async start(): Promise<void> {
      const reply = await ask('roster.imports', { limit: 1000 });
      if (!reply.ok) return;
      const newest = reply.value.imports.map((row) => row.period).sort().at(-1);
      if (newest !== undefined) period.value = newest;
    },
    step(months: number): void {
      period.value = addPeriods(period.value, months);
    },
    /** Takes `2022-04` or `202204`; anything else changes nothing. */
    set(text: string): boolean {
      const digits = text.normalize('NFKC').trim();
      const next = parsePeriod(/^[0-9]{6}$/.test(digits) ? `${digits.slice(0, 4)}-${digits.slice(4)}` : digits);
      if (next !== null) period.value = next;
      return next !== null;
    },
  };
});
