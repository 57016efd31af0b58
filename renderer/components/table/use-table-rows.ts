/**
 * The rows of one table as they arrive 取数: which blocks are asked for, which are here, what the filtered set counts and sums to. An answer
 * to an older question is dropped; the rows on screen stay until the new ones are here, and are `old` where they answer another source (another
 * queue, or the same one after an act): old rows can be read but neither opened nor ticked.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { Reply } from '../../../shared/reply.ts';
import type { TableAnswer, TableFilters, TableRow, TableSort, TableSource } from './columns.ts';
import { blocksOf, blockSize, RowStore, type RowRange } from './row-window.ts';

export type FailedReply = Extract<Reply, { readonly ok: false }>;

export type TableRows = {
  readonly sort: ShallowRef<TableSort | null>;
  readonly filters: ShallowRef<TableFilters>;
  readonly total: Ref<number>;
  readonly totals: ShallowRef<TableAnswer['totals']>;
  /** Null before the first answer. */
  readonly answered: Ref<boolean>;
  readonly waiting: Ref<boolean>;
  readonly failure: ShallowRef<FailedReply['error'] | null>;
  /** The rows on screen are of another source than the one asked now. */
  readonly old: Ref<boolean>;
  /** Number of the question asked last, rising over all tables of the window. */
  readonly question: Ref<number>;
  /** Rises with every arrival, so that drawing can depend on it. */
  readonly version: Ref<number>;
  rowAt(index: number): TableRow | undefined;
  /** Asks for what is missing of a range. */
  need(range: RowRange): Promise<void>;
  /** Asks everything again, from the first rows. @param given whether the source is another than before */
  restart(given?: { readonly otherSource: boolean }): Promise<void>;
};

let questions = 0;

export function useTableRows(source: () => TableSource): TableRows {
  const sort = shallowRef<TableSort | null>(null);
  const filters = shallowRef<TableFilters>({});
  const total = ref(0);
  const totals = shallowRef<TableAnswer['totals']>({});
  const answered = ref(false);
  const waiting = ref(false);
  const failure = shallowRef<FailedReply['error'] | null>(null);
  const version = ref(0);
  const store = new RowStore();
  const asked = new Map<number, Promise<void>>();
  const old = ref(false);
  const question = ref(0);

  async function fetchBlock(block: number): Promise<void> {
    const own = question.value;
    waiting.value = true;
    const reply = await source()({ offset: block * blockSize, limit: blockSize, sort: sort.value, filters: filters.value });
    if (own !== question.value) return;
    asked.delete(block);
    waiting.value = asked.size > 0;
    if (!reply.ok) {
      failure.value = reply.error;
      return;
    }
    if (!answered.value) store.clear();
    answered.value = true;
    old.value = false;
    failure.value = null;
    store.put(block, reply.value.rows);
    total.value = reply.value.total;
    totals.value = reply.value.totals;
    version.value += 1;
  }

  function ask(block: number): Promise<void> {
    const standing = asked.get(block);
    if (standing !== undefined) return standing;
    const running = fetchBlock(block);
    asked.set(block, running);
    return running;
  }

  return {
    sort, filters, total, totals, answered, waiting, failure, old, question, version,
    rowAt: (index) => store.row(index),
    need: async (range) => {
      if (!answered.value) return;
      const missing = blocksOf(range).filter((block) => !store.has(block));
      await Promise.all(missing.map(ask));
    },
    restart: ({ otherSource } = { otherSource: false }) => {
      questions += 1;
      question.value = questions;
      if (otherSource) old.value = true;
      asked.clear();
      answered.value = false;
      return ask(0);
    },
  };
}
