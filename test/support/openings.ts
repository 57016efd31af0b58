/** Opening a channel anew 开期 as clerks do it: one proposes, another confirms, the file goes over on the stick, and the peer answers the same way. */
import { join } from 'node:path';
import type { OperationOutput } from '../../shared/contract.ts';
import type { EpochReason } from '../../shared/exchange/epoch.ts';
import type { Agency } from '../../shared/kernel/office.ts';
import type { Office } from '../../electron/office/office.ts';
import { done } from './practice.ts';

/** One office's half, by two of its people. @returns the file on the stick */
export async function openHalf(office: Office, peer: Agency, reason: EpochReason, stick: string): Promise<string> {
  await done(office, 'exchange.proposeEpoch', { peer, reason }, 'handler');
  const { packageId } = await done(office, 'exchange.confirmEpoch', { peer }, 'approver');
  const { fileName } = await done(office, 'exchange.writePackage', { packageId, folder: stick }, 'handler');
  return join(stick, fileName);
}

/** Both halves, `first` beginning. @returns what the two imports said */
export async function openAnew(first: Office, second: Office, reason: EpochReason, stick: string): Promise<OperationOutput<'exchange.importPackage'>[]> {
  const opening = await openHalf(first, second.identity.agency, reason, stick);
  const taken = await done(second, 'exchange.importPackage', { file: opening }, 'handler');
  const answer = await openHalf(second, first.identity.agency, reason, stick);
  return [taken, await done(first, 'exchange.importPackage', { file: answer }, 'handler')];
}
