/**
 * A table of the window as a workbook 导出表格: title, office and notes above, frozen header, codes as text, amounts as numbers, totals below.
 * Texts that a spreadsheet would run as a formula are shielded.
 * @source shared spec conventions.md (Files, Money, Print); faults.md E07
 */
import type { tableExportContract } from '../../shared/reports/export-contract.ts';
import { refuse } from '../../shared/errors.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import { type HandlersOf, prepared } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { writeFaultNames, writeOutput } from '../platform/output-file.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { writeWorkbook, type WorkbookColumn } from '../platform/workbook-writer.ts';
import { shieldedText } from '../roster/index.ts';

const plainNumber = /^-?[0-9]+(?:\.[0-9]+)?$/;
/** Width of one half-width character in the window's tables. */
const pixelsPerCharacter = 7.5;

export const tableExportHandlers: HandlersOf<typeof tableExportContract> = {
  'reports.exportTable': prepared({
    async prepare(env, { file: token, title, notes, columns, rows, totals }) {
      const path = env.resolveFile(token);
      const file = fileNameOf(path);
      const shaped = columns.map(({ title: name, kind, width }): WorkbookColumn => {
        const written = kind === 'money' ? 'amount' : kind === 'count' ? 'count' : 'text';
        return { title: shieldedText(name), kind: written, width: Math.ceil(width / pixelsPerCharacter) };
      });
      const made = (row: readonly string[]): string[] => row.map((text, index) => (shaped[index]?.kind !== 'text' && plainNumber.test(text) ? text : shieldedText(text)));
      const practice = env.office.practice ? '（演练）' : '';
      const bytes = await writeWorkbook({
        sheet: title,
        heading: [shieldedText(title), shieldedText(`单位：${env.office.name}${practice}　导出时间：${shanghaiDateTime(env.now)}`), ...notes.map(shieldedText)],
        columns: shaped,
        rows: rows.map(made),
        totals: totals === null ? null : made(totals),
      });
      const fault = writeOutput(path, bytes, env.mayReplace(token));
      if (fault !== null) refuse('REPORT_FILE_REFUSED', { file, reason: writeFaultNames[fault] });
      return { file, rows: rows.length, bytes: bytes.length, hash: sha256Hex(bytes) };
    },
    apply: (_ctx, _input, written) => written,
  }),
};
