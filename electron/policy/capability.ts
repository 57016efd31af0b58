/** The manifest of 政策参数. */
import * as facts from '../../shared/policy/capability.ts';
import type { PaidRefunds, ResourcesInForce } from '../eligibility/index.ts';
import { defineCapability } from '../journal/index.ts';
import { amendmentEntries } from './amendment-entries.ts';
import { amendmentHandlers, amendmentsDesk } from './amendments.service.ts';
import { standingResources } from './policy-in-force.ts';
import { policyTables } from './policy.tables.ts';
import { ruleChangeHandlers, type RefundsUnderWay } from './rule-change.service.ts';
import { scheduleHandlers, type OfficeCalendar } from './schedule.service.ts';

type Needs = { readonly officeCalendar: OfficeCalendar; readonly refundsUnderWay: RefundsUnderWay; readonly paidRefunds: PaidRefunds };

const resourcesInForce: ResourcesInForce = ({ db, resources }) => standingResources(db, resources);

export const policy = defineCapability(facts, {
  needs: {
    officeCalendar: 'the schedule counts working days as refunds do', refundsUnderWay: 'a rule change names the refunds that it touches',
    paidRefunds: 'a rule change is judged beside what was paid',
  },
  handlers: ({ officeCalendar, refundsUnderWay, paidRefunds }: Needs) => ({
    ...amendmentHandlers, ...scheduleHandlers(officeCalendar), ...ruleChangeHandlers(refundsUnderWay, paidRefunds),
  }),
  gives: { resourcesInForce },
  entries: amendmentEntries,
  tables: [policyTables],
  desk: [amendmentsDesk],
});
