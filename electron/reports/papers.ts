/** The papers behind the closed table of reports; a missing one does not compile. */
import type { ReportId } from '../../shared/reports/table.ts';
import type { Paper } from './paper.ts';
import { batchListPaper } from './paper/batch-list.ts';
import { explanationPaper } from './paper/explanation.ts';
import { handoverPaper } from './paper/handover.ts';
import { epochSheetPaper } from './paper/epoch-sheet.ts';
import { keySheetPaper } from './paper/key-sheet.ts';
import { monthlyPaper } from './paper/monthly.ts';
import { schedulePaper } from './paper/schedule.ts';
import { surveyPaper } from './paper/survey.ts';
import { surveyFunnelPaper } from './paper/survey-funnel.ts';
import { surveyListPaper } from './paper/survey-list.ts';
import { ruleChangePaper } from './paper/rule-change.ts';
import { separationPaper } from './paper/separation.ts';
import { voucherPaper } from './paper/voucher.ts';

export const papers: Readonly<Record<ReportId, Paper>> = {
  explanation: explanationPaper,
  'batch-list': batchListPaper,
  voucher: voucherPaper,
  'key-sheet': keySheetPaper,
  'epoch-sheet': epochSheetPaper,
  handover: handoverPaper,
  monthly: monthlyPaper,
  schedule: schedulePaper,
  survey: surveyPaper,
  'survey-small-micro': surveyListPaper('small-micro'),
  'survey-listed-industry': surveyListPaper('listed-industry'),
  'survey-funnel': surveyFunnelPaper,
  'rule-change': ruleChangePaper,
  separation: separationPaper,
};
