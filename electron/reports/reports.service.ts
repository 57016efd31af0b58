/**
 * Handlers of 报表: the list for this office, one report as a finished page with its digest, its table as CSV. Reads only; printing to PDF and
 * writing files is done by the callers, outside the ledger.
 */
import { refuse } from '../../shared/errors.ts';
import { agencyNames, dutyNames } from '../../shared/kernel/office.ts';
import type { reportsContract, ReportParams } from '../../shared/reports/contract.ts';
import { reportIds, reportParameterNames, reportTable, type ReportId, type ReportParameter } from '../../shared/reports/table.ts';
import { canonicalText, type Context, type HandlersOf, plain } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { csvLine, shieldedCell } from '../roster/index.ts';
import { html } from './markup.ts';
import { framedPage } from './page-frame.ts';
import type { EmptyPaper, FilledPaper, ReportSources } from './paper.ts';
import { papers } from './papers.ts';

/** @param version of the program, for the foot of every page */
export function reportsHandlers(sources: ReportSources, version: string): HandlersOf<typeof reportsContract> {
  return {
    'reports.list': plain((ctx) => ({ reports: reportIds.filter((id) => reportTable[id].agencies.includes(ctx.office.agency) && mayRead(ctx, id)).map(shownReport) })),
    'reports.render': plain((ctx, { id, params }) => {
      const made = paperOf(ctx, id, params, sources);
      const { orientation } = reportTable[id];
      const sheet = ctx.resources('print/paper.css') ?? refuse('REPORT_NOTHING_FOUND', { title: reportTable[id].title, what: '版式文件 print/paper.css' });
      const digest = digestOf(ctx, id, made, version);
      const { title, fileName } = namesOf(ctx, id, made);
      const filled = made.kind === 'filled' ? made : { covers: [], inYuan: false, body: html`<section class="empty"><p>${made.says}</p><p>${made.next}</p></section>` };
      return { id, title, fileName, orientation, digest, empty: made.kind === 'empty', html: framedPage({ ...filled, title, orientation }, { office: ctx.office, now: ctx.now, digest, version, sheet }) };
    }),
    'reports.table': plain((ctx, { id, params }) => {
      const { title, formats } = reportTable[id];
      if (!formats.includes('csv')) refuse('REPORT_FORMAT_UNFIT', { title, format: 'csv', formats: formats.join('、') });
      const made = paperOf(ctx, id, params, sources);
      const rows = made.kind === 'filled' ? (made.table ?? []) : [];
      return { id, ...namesOf(ctx, id, made), rows: Math.max(0, rows.length - 2), csv: rows.map((row) => csvLine(row.map(shieldedCell))).join(''), cells: rows };
    }),
  };
}

function mayRead({ actor }: Context, id: ReportId): boolean {
  return reportTable[id].may.some((duty) => actor.duties.includes(duty));
}

function shownReport(id: ReportId) {
  const { title, says, orientation, formats, parameters, required } = reportTable[id];
  return { id, title, says, orientation, formats: [...formats], parameters: parameters.map((name) => ({ name, title: reportParameterNames[name], required: required.includes(name) })) };
}

function paperOf(ctx: Context, id: ReportId, params: ReportParams, sources: ReportSources): FilledPaper | EmptyPaper {
  const { title, agencies, parameters } = reportTable[id];
  if (!agencies.includes(ctx.office.agency)) refuse('REPORT_NOT_HERE', { title, agencies: agencies.map((agency) => agencyNames[agency]).join('、') });
  if (!mayRead(ctx, id)) refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title, needed: reportTable[id].may.map((duty) => dutyNames[duty]).join('、') });
  const given = (Object.keys(params) as ReportParameter[]).filter((name) => params[name] !== undefined); // the keys of the schema
  const unused = given.find((name) => !parameters.includes(name));
  if (unused !== undefined) refuse('REPORT_PARAMETER_UNUSED', { title, what: reportParameterNames[unused] });
  return papers[id](ctx, params, sources);
}

/** Sixteen hex digits over report, office, data and version, not over the day: two sheets with the same one show the same data. */
function digestOf(ctx: Context, id: ReportId, made: FilledPaper | EmptyPaper, version: string): string {
  const { agency, county, name, practice } = ctx.office;
  const data = made.kind === 'filled' ? { data: made.data } : { says: made.says };
  const text = JSON.stringify({ report: id, office: { agency, county, name, practice }, version, ...data }, (_key, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));
  const digest = sha256Hex(canonicalText(JSON.parse(text)));
  return (digest.slice(0, 16).match(/.{4}/g) ?? []).join('-');
}

/** `2022年4月-…` style names: what, about what, who. */
function namesOf(ctx: Context, id: ReportId, made: FilledPaper | EmptyPaper): { readonly title: string; readonly fileName: string } {
  const title = (made.kind === 'filled' ? made.title : undefined) ?? reportTable[id].title;
  const parts = [title, ...(made.kind === 'filled' ? [made.about] : []), ctx.office.name, ...(ctx.office.practice ? ['演练'] : [])];
  return { title, fileName: parts.join('-').replace(/[\\/:*?"<>|]/g, '_') };
}
