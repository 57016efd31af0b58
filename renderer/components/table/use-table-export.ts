/**
 * The table's button 导出表格: asks for a file, walks the filtered set, hands it to the office. Says how far it is and where the file is; a refusal
 * stands above the table. The file's name says what, of when, of whom.
 */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { ask, askShell } from '../../office.ts';
import { useSession } from '../../shell/use-session.ts';
import type { ReplyError } from '../refusal.ts';
import { countText } from './cell-text.ts';
import { exportInput, tooMany, type ExportTerms } from './export-table.ts';

export type TableExport = { readonly running: Ref<boolean>; readonly error: ShallowRef<ReplyError | null>; run(): Promise<void> };

/** @param terms taken anew for each export @param say what the status line says */
export function useTableExport(terms: () => ExportTerms, say: (text: string) => void): TableExport {
  const session = useSession();
  const running = ref(false);
  const error = shallowRef<ReplyError | null>(null);

  async function write(): Promise<ReplyError | null> {
    const given = terms();
    const many = tooMany(given);
    if (many !== null) return many.error;
    const words = [given.about, given.title, session.office?.name ?? ''].filter((word) => word !== '');
    const target = await askShell('shell.pickSaveTarget', { kind: 'xlsx', suggestedName: `${words.join('-').slice(0, 180)}.xlsx` });
    if (!target.ok) return target.error;
    if (target.value === null) return null;
    const input = await exportInput(given, (rows) => { say(`正在取数 ${countText(rows)}／${countText(given.total)}`); });
    if (!input.ok) return input.error;
    say('正在写出文件…');
    const written = await ask('reports.exportTable', { ...input.value, file: target.value.token });
    if (!written.ok) return written.error;
    say(`已导出 ${countText(written.value.rows)} ${given.counter}到“${target.value.name}”`);
    return null;
  }

  return {
    running, error,
    async run() {
      if (running.value) return;
      running.value = true;
      error.value = null;
      say('');
      error.value = await write();
      if (error.value !== null) say('');
      running.value = false;
    },
  };
}
