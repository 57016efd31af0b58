/** A small county after one month of the demo, for tests of paper: three practice offices with real data, opened on one clock. */
import { join } from 'node:path';
import type { Agency } from '../../shared/kernel/office.ts';
import { runDemo } from '../../electron/demo/demo.ts';
import { openOffice, type Office } from '../../electron/office/office.ts';
import { checkoutResources } from '../../electron/platform/resources.ts';
import { halfRate, propose } from './amendments.ts';
import { done, testClock, testEnv, type TestClock } from './practice.ts';

export type PrintedCounty = { readonly offices: Readonly<Record<Agency, Office>>; readonly clock: TestClock; close(): void };

/** @param folder a temporary folder that the caller removes */
export async function printedCounty(folder: string, enterprises = 40): Promise<PrintedCounty> {
  const out = join(folder, 'county');
  await runDemo({ out, enterprises, months: 1, seed: 7, resources: checkoutResources, pdf: false, say: () => undefined });
  const clock = testClock('2022-05-08T10:00');
  const open = (agency: Agency): Office => openOffice(join(out, agency), testEnv(clock));
  const offices = { tax: open('tax'), finance: open('finance'), treasury: open('treasury') };
  // Only proposed: the list of its effects can be printed, and nothing of the month changes.
  await propose(offices.tax, halfRate);
  // An opening that one person has asked for: its sheet can be printed, and the channel goes on.
  for (const [agency, peer] of [['tax', 'finance'], ['finance', 'treasury'], ['treasury', 'tax']] as const) {
    await done(offices[agency], 'exchange.proposeEpoch', { peer, reason: 'history', note: '' }, 'handler');
  }
  return {
    offices,
    clock,
    close() {
      for (const office of Object.values(offices)) office.close();
    },
  };
}
