/** The manifest of 报表打印. */
import * as facts from '../../shared/reports/capability.ts';
import { programVersion } from '../../shared/kernel/program-version.ts';
import { defineCapability } from '../journal/index.ts';
import type { ReportSources } from './paper.ts';
import { reportsHandlers } from './reports.service.ts';
import { tableExportHandlers } from './table-export.ts';

export const reports = defineCapability(facts, {
  needs: { sources: 'a paper shows what the operations of the other capabilities answer' },
  handlers: ({ sources }: { readonly sources: ReportSources }) => ({ ...reportsHandlers(sources, programVersion), ...tableExportHandlers }),
});
