/**
 * Two practice offices that a window then opens 演练县: tax and treasury introduced to each other, one refundable taxpayer opened as a candidate. Prepared in
 * process; ends a few hours before now, because the window lives by the machine's own clock.
 */
import { join } from 'node:path';
import { instantOf, shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import { assessRoster, countyPeriod, openCounty, refundableCells, type SmallCounty } from './killing-county.ts';

export type WindowCounty = { readonly tax: string; readonly treasury: string; readonly stick: string; /** Yuan that the one candidate is due, as written. */ readonly due: string; readonly name: string };

const hour = 3_600_000;

/** @param more goes on preparing before the offices close */
export async function windowCounty(folder: string, more: (county: SmallCounty) => Promise<void> = () => Promise.resolve()): Promise<WindowCounty> {
  const county = await openCounty(folder, shanghaiDateTime(instantOf(Date.now() - 6 * hour)).slice(0, 16).replace(' ', 'T'));
  const cells = refundableCells(1);
  await assessRoster(county, [cells]);
  await county.call('tax', 'refunds.openCandidates', { period: countyPeriod });
  await more(county);
  const { rows } = await county.call('tax', 'refunds.list', { limit: 10 });
  county.close();
  return { tax: join(folder, 'tax'), treasury: join(folder, 'treasury'), stick: county.stick, due: rows[0]?.total.determined ?? '', name: cells.name ?? '' };
}
