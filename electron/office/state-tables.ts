/** Every table that folds write, joined from the capabilities in their order. */
import { administrationTables } from '../administration/index.ts';
import { eligibilityTables } from '../eligibility/index.ts';
import { exchangeTables } from '../exchange/index.ts';
import type { StateTables } from '../journal/index.ts';
import { policyTables } from '../policy/index.ts';
import { refundsTables } from '../refunds/index.ts';
import { rosterTables } from '../roster/index.ts';
import { surveyTables } from '../survey/index.ts';
import { treasuryTables } from '../treasury/index.ts';

export const stateTables: readonly StateTables[] = [
  administrationTables, rosterTables, eligibilityTables, policyTables, surveyTables, refundsTables, treasuryTables, exchangeTables,
];
