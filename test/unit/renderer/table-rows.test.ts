/** Rows as they arrive: which question they answer, and whether the rows on screen may be opened and ticked. */
import { expect, test } from 'vitest';
import type { TableAnswer, TableSource } from '../../../renderer/components/table/columns.ts';
import { useTableRows } from '../../../renderer/components/table/use-table-rows.ts';
import type { Reply } from '../../../shared/reply.ts';

/** A source that answers when the test says so. */
function heldSource(name: string): { readonly source: TableSource; answer(): Promise<void>; refuse(): Promise<void> } {
  let settle: ((reply: Reply<TableAnswer>) => void) | null = null;
  const settled = async (reply: Reply<TableAnswer>): Promise<void> => {
    settle?.(reply);
    await Promise.resolve();
    await Promise.resolve();
  };
  return {
    source: () => new Promise((resolve) => { settle = resolve; }),
    answer: () => settled({ ok: true, value: { rows: [{ name }], total: 1, totals: {} } }),
    refuse: () => settled({ ok: false, error: { code: 'FAULT', message: '没有取到', details: {} } }),
  };
}

test('after a change of queue the old rows are old until the new ones are here, also where the answer is a refusal', async () => {
  const [checking, paid] = [heldSource('待审核'), heldSource('已退付')];
  let shown = checking.source;
  const rows = useTableRows(() => shown);
  void rows.restart();
  expect(rows.old.value).toBe(false);
  await checking.answer();
  expect([rows.rowAt(0), rows.old.value, rows.waiting.value]).toEqual([{ name: '待审核' }, false, false]);

  shown = paid.source;
  void rows.restart({ otherSource: true });
  expect([rows.rowAt(0), rows.old.value, rows.waiting.value]).toEqual([{ name: '待审核' }, true, true]);
  await paid.refuse();
  expect([rows.rowAt(0), rows.old.value, rows.failure.value?.code]).toEqual([{ name: '待审核' }, true, 'FAULT']);
  void rows.restart();
  await paid.answer();
  expect([rows.rowAt(0), rows.old.value, rows.failure.value]).toEqual([{ name: '已退付' }, false, null]);
});

test('sorting and filtering ask the same source: its rows stay in use while the answer is on its way', async () => {
  const only = heldSource('待审核');
  const rows = useTableRows(() => only.source);
  void rows.restart();
  await only.answer();
  void rows.restart();
  expect([rows.old.value, rows.waiting.value]).toEqual([false, true]);
});

test('a late answer to the queue before is not taken for the new one, and every question has a higher number', async () => {
  const [checking, paid] = [heldSource('待审核'), heldSource('已退付')];
  let shown = checking.source;
  const rows = useTableRows(() => shown);
  void rows.restart();
  const first = rows.question.value;
  shown = paid.source;
  void rows.restart({ otherSource: true });
  expect(rows.question.value).toBeGreaterThan(first);
  await checking.answer();
  expect([rows.answered.value, rows.old.value]).toEqual([false, true]);
  await paid.answer();
  expect([rows.rowAt(0), rows.old.value]).toEqual([{ name: '已退付' }, false]);
});
