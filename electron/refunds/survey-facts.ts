/**
 * Where refunds stand, in the words of the survey's funnel 底数漏斗: each state of the lifecycle is one place, and a side exit keeps the stage
 * it was taken from. Reads only; what the funnel makes of it is decided in eligibility.
 */
import { present } from '../../shared/kernel/assert.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';
import type { SurveyStage } from '../../shared/survey/model.ts';
import { refundStateRows } from '../../shared/refunds/cases.ts';
import type { RefundStanding, SurveyFacts } from '../survey/index.ts';
import { lineTotal, type RefundRecord } from './refund-record.ts';
import { readReached } from './lists.sql.ts';
import { readRefundsOfPeriod } from './refunds.sql.ts';

/** The place and stage of one refund. */
export function standingOf(record: RefundRecord): RefundStanding {
  const { refund, uscc, state, applicationNo, lapsed } = record;
  const { place, stage } = refundStateRows[state];
  const approved = lineTotal(record.approved);
  return {
    refund, uscc,
    place: state === 'withdrawn' && lapsed ? 'lapsed' : place,
    stage: stage ?? stageBefore(record),
    determined: lineTotal(record.determined),
    asked: applicationNo === null ? null : lineTotal(record.asked),
    approved: approved === 0n ? null : approved,
    paid: lineTotal(record.paid),
    clawedBack: lineTotal(record.clawedBack),
  };
}

/** How far a refund had come when it left the way: what is still written on it says so. */
function stageBefore({ state, suspendedFrom, applicationNo, acceptedOn }: RefundRecord): SurveyStage {
  if (state === 'suspended') return present(refundStateRows[present(suspendedFrom, 'where a suspended refund came from')].stage, 'a refund is suspended on its way');
  if (applicationNo === null) return 'listed';
  return acceptedOn === null ? 'applied' : 'accepted';
}

/** What the composition root hands to the survey. */
export const surveyFacts: SurveyFacts = {
  *standings(db, period) {
    for (const record of readRefundsOfPeriod(db, period)) yield standingOf(record);
  },
  laterApplications(db, period) {
    const rows = db.prepare('SELECT uscc, min(period) AS later FROM refund WHERE period > @period AND application_no IS NOT NULL GROUP BY uscc').all({ period });
    return new Map(rows.map((row) => [String(row['uscc']), String(row['later']) as TaxPeriod])); // written from checked periods
  },
  listed(db, period) {
    const { count, amount } = readReached(db, period).listed;
    return { count, determined: amount };
  },
};
