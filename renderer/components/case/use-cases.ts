/** Where each clerk is in each capability's queue 办理位置: kept while one case is opened and left again. The office knows nothing of it. */
import { defineStore } from 'pinia';
import { reactive } from 'vue';
import { useSession } from '../../shell/use-session.ts';
import type { TablePlace } from '../table/columns.ts';
import { nothingTicked } from '../table/selection.ts';

export type QueuePlace = {
  /** Null until a queue was chosen, by the page or by the clerk. */
  queue: string | null;
  onlyPeriod: boolean;
  /** Keys to which the list is narrowed: those that an act refused. */
  only: readonly string[] | null;
  table: TablePlace;
};

export const useCases = defineStore('cases', () => {
  const session = useSession();
  const places = reactive<Record<string, QueuePlace>>({});
  return {
    /** @param name the case table's */
    place(name: string): QueuePlace {
      const table: TablePlace = { sort: null, filters: {}, columnSet: '', unit: 'yuan', top: 0, active: null, ticked: nothingTicked };
      const own = `${session.office?.name ?? ''}/${session.person?.username ?? ''}/${name}`;
      places[own] ??= { queue: null, onlyPeriod: true, only: null, table };
      return places[own];
    },
    /** Opens a queue of all filing periods, from the desk or another page. */
    show(name: string, queue: string): void {
      Object.assign(this.place(name), { queue, onlyPeriod: false, only: null });
    },
  };
});
