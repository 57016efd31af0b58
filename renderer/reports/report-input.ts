/** What a report is asked with 报表参数: only the parameters it has, only those that were given. The office judges their form. */
import type { OperationInput } from '../../shared/contract.ts';
import { parsePeriod } from '../../shared/kernel/tax-period.ts';
import type { ReportId, ReportParameter } from '../../shared/reports/table.ts';

export type ReportInput = OperationInput<'reports.render'>;

export function reportInput(id: ReportId, names: readonly ReportParameter[], given: Readonly<Record<ReportParameter, string>>): ReportInput {
  const text = (name: ReportParameter): string | undefined => (names.includes(name) && given[name].trim() !== '' ? given[name].trim() : undefined);
  const period = text('period');
  return {
    id,
    params: { period: period === undefined ? undefined : (parsePeriod(period) ?? undefined), uscc: text('uscc'), batch: text('batch'), voucher: text('voucher'), package: text('package'), amendment: text('amendment') },
  };
}
