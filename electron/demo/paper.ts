/**
 * The papers of the demo 打印: one example of each report of each office as PDF below `<out>/paper`, through the same operations and the same
 * printing as the command line. Without a browser nothing is printed and the demo goes on.
 */
import { assert } from '../../shared/kernel/assert.ts';
import { agencies, agencyNames, type Agency } from '../../shared/kernel/office.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { ReportParams } from '../../shared/reports/contract.ts';
import type { ReportId } from '../../shared/reports/table.ts';
import { joinPath, makeFolder } from '../platform/folders.ts';
import { withPaperFonts } from '../platform/paper-fonts.ts';
import { chromiumPrinter, noBrowserSentence } from '../platform/print-chromium.ts';
import type { PrintToPdf } from '../platform/print.ts';
import { writeOutput } from '../platform/output-file.ts';
import type { Stage } from './stage.ts';

export type DemoPapers = { readonly folder: string; readonly files: readonly string[]; /** Why nothing was printed, or null. */ readonly without: string | null };

/** @param period a month that was assessed, for the example of an explanation */
export async function printPapers(stage: Stage, root: string, period: TaxPeriod): Promise<DemoPapers> {
  const folder = joinPath(root, 'paper');
  const printer = await chromiumPrinter();
  if (printer === null) return { folder, files: [], without: noBrowserSentence };
  try {
    makeFolder(folder);
    const files: string[] = [];
    for (const agency of agencies) {
      const { reports } = await stage.call(agency, 'handler', 'reports.list', {});
      for (const { id } of reports) files.push(await printOne(stage, printer.print, folder, agency, id, await paramsFor(stage, id, period)));
    }
    return { folder, files, without: null };
  } finally {
    await printer.close();
  }
}

/** The newest of everything; an explanation needs a taxpayer, and the one with the largest refund shows most. */
async function paramsFor(stage: Stage, id: ReportId, period: TaxPeriod): Promise<ReportParams> {
  if (id === 'monthly' || id.startsWith('survey')) return { period };
  if (id !== 'explanation') return {};
  const { rows } = await stage.call('tax', 'handler', 'eligibility.list', { period, sort: 'total', descending: true, limit: 1 });
  const uscc = rows[0]?.uscc;
  assert(uscc !== undefined, 'the demo has determinations');
  return { period, uscc };
}

async function printOne(stage: Stage, print: PrintToPdf, folder: string, agency: Agency, id: ReportId, params: ReportParams): Promise<string> {
  const page = await stage.call(agency, 'handler', 'reports.render', { id, params });
  const file = joinPath(folder, `${agencyNames[agency]}-${page.fileName}.pdf`);
  assert(writeOutput(file, await print(withPaperFonts(page.html).html), false) === null, 'the paper of the demo is written');
  return file;
}
