/**
 * Paper from the window 报表与单证: the office makes the page as the person signed in, the window's own browser shows or prints it. Nothing enters the
 * ledger, and an existing file is replaced only where the person agreed in the dialog.
 */
import { tableWorkbook } from '../reports/index.ts';
import type { OperationOutput } from '../../shared/contract.ts';
import { refuse } from '../../shared/errors.ts';
import { valueOf } from '../../shared/reply.ts';
import { reportTable, type ReportFormat } from '../../shared/reports/table.ts';
import type { PaperFacts, ShellInput, ShellOutput } from '../../shared/shell/contract.ts';
import { callOffice, type Seat } from './seat.ts';

type Made = { readonly facts: PaperFacts; readonly html: string };

export async function showPaper(seat: Seat, input: ShellInput<'shell.showPaper'>): Promise<ShellOutput<'shell.showPaper'>> {
  const { facts, html } = await page(seat, input);
  await seat.services.paper.show(facts.title, html);
  return facts;
}

export async function savePaper(seat: Seat, input: ShellInput<'shell.savePaper'>): Promise<ShellOutput<'shell.savePaper'>> {
  const { folders } = seat.services;
  const path = seat.tokens.pathOf(input.file) ?? refuse('FILE_UNKNOWN');
  const { title, formats } = reportTable[input.id];
  if (!formats.includes(input.format)) refuse('REPORT_FORMAT_UNFIT', { title, format: input.format, formats: formats.join('、') });
  const { facts, bytes } = await fileOf(seat, input, input.format);
  const fault = folders.write(path, bytes, seat.tokens.mayReplace(input.file));
  if (fault !== null) refuse('REPORT_FILE_REFUSED', { file: folders.nameOf(path), reason: fault });
  return { ...facts, bytes: bytes.length };
}

async function fileOf(seat: Seat, input: ShellInput<'shell.showPaper'>, format: ReportFormat): Promise<{ readonly facts: PaperFacts; readonly bytes: Uint8Array }> {
  const { paper } = seat.services;
  if (format === 'csv' || format === 'xlsx') {
    const { title, fileName, csv, cells, rows } = valueOf(await callOffice(seat, 'reports.table', asked(input))) as OperationOutput<'reports.table'>; // parsed by the office's loop
    return { facts: { title, digest: null, empty: rows === 0, remarks: rows === 0 ? ['账内还没有数据，文件是空表。'] : [] }, bytes: format === 'csv' ? paper.csvBytes(csv) : await tableWorkbook(title, [title, fileName], cells) };
  }
  const { facts, html } = await page(seat, input);
  return { facts, bytes: format === 'pdf' ? await paper.print(html) : new TextEncoder().encode(html) };
}

async function page(seat: Seat, input: ShellInput<'shell.showPaper'>): Promise<Made> {
  const made = valueOf(await callOffice(seat, 'reports.render', asked(input))) as OperationOutput<'reports.render'>; // parsed by the office's loop
  const { html, shipped, without } = seat.services.paper.withFonts(made.html);
  const remarks = [
    ...(made.empty ? ['账内还没有数据，页面说明先做什么。'] : []),
    ...(shipped ? [] : ['没有找到随程序的宋体，使用本机字体。']),
    ...(without.length === 0 ? [] : [`随程序的字体没有这些字，请核对纸面：${without.join(' ')}`]),
  ];
  return { facts: { title: made.title, digest: made.digest, empty: made.empty, remarks }, html };
}

function asked({ id, params }: ShellInput<'shell.showPaper'>): ShellInput<'shell.showPaper'> {
  return { id, ...(params === undefined ? {} : { params }) };
}
