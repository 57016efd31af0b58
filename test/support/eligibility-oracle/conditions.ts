/**
 * Oracle of refund eligibility: what must hold for every route 共同条件, who is outside, and what suspends. Facts 3.1, 3.2, 3.12, 5.3;
 * readings "Rows", "Status", "Dates". Nothing here looks at credits or ratios.
 */
import type { RosterRow } from '../../../shared/roster/model.ts';
import { notLaterThanMonth } from './figures.ts';

/** One way in which the conditions may stand. */
export type Standing = { readonly outOfScope: boolean; readonly notMet: boolean; readonly suspended: boolean };

/**
 * Every way in which the conditions may stand. The first takes each blank as favourable; then each blank in turn is taken as
 * unfavourable, the others staying favourable. Two unfavourable blanks at once give no further verdict, because the first in the
 * order of verdicts wins. Representative values: kind general or small-scale · rating A or D · yes or no · 0 or 2 penalties.
 */
export function possibleStandings(row: RosterRow, filing: string): readonly Standing[] {
  const favourable: RosterRow = {
    ...row,
    taxpayerKind: row.taxpayerKind ?? 'general',
    creditRating: row.creditRating ?? 'A',
    fraud36: row.fraud36 ?? false,
    evasion36: row.evasion36 ?? 0,
    immediateRefund: row.immediateRefund ?? false,
    filed: row.filed ?? true,
    underInspection: row.underInspection ?? false,
    filingMismatch: row.filingMismatch ?? false,
  };
  const standings = [standing(favourable, filing)];
  if (row.taxpayerKind === null) standings.push(standing({ ...favourable, taxpayerKind: 'small-scale' }, filing));
  if (row.creditRating === null) standings.push(standing({ ...favourable, creditRating: 'D' }, filing));
  if (row.fraud36 === null) standings.push(standing({ ...favourable, fraud36: true }, filing));
  if (row.evasion36 === null) standings.push(standing({ ...favourable, evasion36: 2 }, filing));
  if (row.immediateRefund === null) standings.push(standing({ ...favourable, immediateRefund: true }, filing));
  if (row.filed === null) standings.push(standing({ ...favourable, filed: false }, filing));
  if (row.underInspection === null) standings.push(standing({ ...favourable, underInspection: true }, filing));
  if (row.filingMismatch === null) standings.push(standing({ ...favourable, filingMismatch: true }, filing));
  return standings;
}

function standing(row: RosterRow, filing: string): Standing {
  const outOfScope = row.taxpayerKind === 'small-scale' || row.status === 'deregistered';

  let notMet = false;
  if (row.filed === false) notMet = true;
  if (row.creditRating !== 'A' && row.creditRating !== 'B') notMet = true;
  if (row.fraud36 === true) notMet = true;
  if (row.evasion36 !== null && row.evasion36 >= 2) notMet = true;
  if (row.immediateRefund === true && !repaidInTime(row.immediateRefundRepaidOn, filing)) notMet = true;

  let suspended = false;
  if (row.underInspection === true) suspended = true;
  if (row.filingMismatch === true) suspended = true;
  if (row.abnormalVouchers > 0n) suspended = true;

  return { outOfScope, notMet, suspended };
}

/** 即征即退缴回: by the end of the filing month; under No. 14 also by 2022-10-31; under No. 7 of 2025 any date. */
function repaidInTime(repaidOn: string | null, filing: string): boolean {
  if (repaidOn === null) return false;
  if (filing >= '2025-09') return true;
  if (!notLaterThanMonth(repaidOn, filing)) return false;
  if (filing >= '2022-04') return repaidOn <= '2022-10-31';
  return true;
}
