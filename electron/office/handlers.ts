/** The handlers of every operation, joined; a missing one does not compile. What a capability needs from another beside it is passed in here. */
import type { contract } from '../../shared/contract.ts';
import type { reportsContract } from '../../shared/reports/contract.ts';
import type { tableExportContract } from '../../shared/reports/export-contract.ts';
import { programVersion } from '../../shared/kernel/program-version.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { administrationHandlers, backupHandlersOver } from '../administration/index.ts';
import type { HandlersOf } from '../journal/index.ts';
import { amendmentHandlers, ruleChangeHandlersOver, scheduleHandlersOver, standingResources } from '../policy/index.ts';
import { eligibilityHandlersOver, refundableDeterminations } from '../eligibility/index.ts';
import { surveyHandlersOver } from '../survey/index.ts';
import { exchangeHandlers, ownRecipient } from '../exchange/index.ts';
import { examineLedger } from './ledger-examination.ts';
import { migrations } from '../migrations/index.ts';
import type { Database } from '../platform/database.ts';
import { officeCalendar, refundsHandlersOver, refundsUnderWay, surveyFacts, type RefundableDetermination } from '../refunds/index.ts';
import { reportsHandlersOver, tableExportHandlers } from '../reports/index.ts';
import { largestImportSince, rosterHandlers, rosterRows } from '../roster/index.ts';
import { treasuryHandlers } from '../treasury/index.ts';

/** Everything that papers may be made from. */
const withoutReports: HandlersOf<Omit<typeof contract, keyof typeof reportsContract | keyof typeof tableExportContract>> = {
  ...administrationHandlers,
  ...backupHandlersOver({ examine: (db, depth, progress) => examineLedger({ db, migrations, depth, progress }), ownRecipient, largestImportSince, programVersion }),
  ...rosterHandlers,
  ...eligibilityHandlersOver((ctx) => standingResources(ctx.db, ctx.resources)),
  ...surveyHandlersOver(surveyFacts),
  ...scheduleHandlersOver(officeCalendar),
  ...amendmentHandlers,
  ...ruleChangeHandlersOver(refundsUnderWay),
  ...refundsHandlersOver(determinationsWithAccounts),
  ...treasuryHandlers,
  ...exchangeHandlers,
};

export const handlers: HandlersOf<typeof contract> = { ...withoutReports, ...reportsHandlersOver(withoutReports, programVersion), ...tableExportHandlers };

/** Refundable determinations together with the account that the roster gives. */
function* determinationsWithAccounts(db: Database, period: TaxPeriod): Generator<RefundableDetermination> {
  const lines = new Map(refundableDeterminations(db, period).map((line) => [line.uscc, line]));
  if (lines.size === 0) return;
  for (const { uscc, bank, bankAccount, accountName } of rosterRows(db, period)) {
    const line = lines.get(uscc);
    if (line === undefined) continue;
    const { name, route, size, existing, incremental, key } = line;
    yield { uscc, name, period, route, size, existingFen: existing, incrementalFen: incremental, determinationKey: key, bank, bankAccount, accountName };
  }
}
