/** Three practice offices of one county that have been introduced in person: cards handed over, fingerprints typed from paper. */
import { join } from 'node:path';
import type { Office } from '../../electron/office.ts';
import { agencies, type Agency } from '../../shared/kernel/office.ts';
import { done, practiceOffice, temporaryFolder, type TestClock } from './practice.ts';

export type County = { readonly stick: string; readonly clock: TestClock } & Readonly<Record<Agency, Office>>;

/** Offices that do not know each other yet. @param clock moved by the test only */
export async function strangers(clock: TestClock): Promise<County> {
  const folder = temporaryFolder();
  const stick = temporaryFolder();
  const open = (agency: Agency): Promise<Office> => practiceOffice(agency, clock, join(folder, agency));
  return { stick, clock, tax: await open('tax'), finance: await open('finance'), treasury: await open('treasury') };
}

/** The same after the ceremony 密钥核对. */
export async function introduced(clock: TestClock): Promise<County> {
  const county = await strangers(clock);
  for (const from of agencies) for (const to of agencies) if (from !== to) await introduce(county, from, to);
  return county;
}

/** Hands `from`'s card to `to` and types the fingerprint from `from`'s own screen. */
export async function introduce(county: County, from: Agency, to: Agency): Promise<void> {
  const card = await done(county[from], 'keys.writeCard', { folder: county.stick }, 'security');
  await done(county[to], 'keys.trust', { card: join(county.stick, card.fileName), fingerprint: card.fingerprint }, 'security');
}
