/** Practice offices for tests: real folders, real SQLite, real keys, a clock that only the test moves and seeded randomness. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { CountyProfile } from '../../shared/administration/model.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { OperationInput, OperationName, OperationOutput } from '../../shared/contract.ts';
import type { Reply } from '../../shared/reply.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { foundOffice } from '../../electron/office/found-office.ts';
import { systemSurroundings, type Office } from '../../electron/office/office.ts';
import type { Surroundings } from '../../electron/journal/index.ts';
import { seededRandom } from '../../electron/platform/hash.ts';

/** A folder that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'liudi-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

export type TestClock = { now: number };

/** @param at Shanghai wall clock, e.g. `2022-04-11T09:00` */
export function testClock(at: string): TestClock {
  return { now: Date.parse(`${at}:00+08:00`) };
}

export function testEnv(clock: TestClock, seed = 'test', given: Partial<Surroundings> = {}): Surroundings {
  return systemSurroundings({ clock: () => clock.now, random: seededRandom(seed), ...given });
}

/** A practice office of 凌源市 that closes when the test ends. */
export async function practiceOffice(agency: Agency, clock: TestClock, dir = join(temporaryFolder(), agency)): Promise<Office> {
  const office = await foundOffice(dir, { agency, county: '211382', name: `凌源市${agencyNames[agency]}`, practice: true }, testEnv(clock, agency));
  onTestFinished(() => {
    office.close();
  });
  return office;
}

/** Calls an operation that must succeed. */
export async function done<N extends OperationName>(office: Office, name: N, input: OperationInput<N>, as: string): Promise<OperationOutput<N>> {
  const reply = await office.call(name, input, as);
  if (!reply.ok) throw new Error(`${name}: ${reply.error.code} ${reply.error.message} ${JSON.stringify(reply.error.details)}`);
  return reply.value as OperationOutput<N>;
}

/** Calls an operation that must be refused. @returns its code and details */
export async function refused(office: Office, name: OperationName, input: unknown, as: string | null): Promise<{ code: string; message: string; details: unknown }> {
  const reply: Reply = await office.call(name, input, as);
  expect(reply.ok, `${name} should have been refused`).toBe(false);
  return reply.ok ? { code: '', message: '', details: null } : reply.error;
}

/** Changes 县区参数 by the two people that it takes. */
export async function setProfile(office: Office, profile: CountyProfile): Promise<void> {
  await done(office, 'administration.proposeProfile', { profile, reason: '本县另有要求' }, 'system');
  const { proposal } = await done(office, 'administration.profileProposal', {}, 'approver');
  await done(office, 'administration.confirmProfile', { digest: present(proposal, 'a proposal').digest }, 'approver');
}
