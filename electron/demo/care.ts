/**
 * What a county does beside its months in the demo 年度事务: keys are changed before they expire, and once a year a computer is replaced by an older backup, so that
 * what it had received since comes again and every channel of it is opened anew. The same operations as everywhere, by the same people.
 */
import type { Agency } from '../../shared/kernel/office.ts';
import { agencies, agencyNames } from '../../shared/kernel/office.ts';
import { onStick, carry, type Stage } from './stage.ts';

/** Offices whose key expires within the reminder change it, and send the card to both others. @returns lines for the reader */
export async function renewKeys(stage: Stage): Promise<string[]> {
  const lines: string[] = [];
  for (const agency of agencies) {
    const { keys } = await stage.call(agency, 'handler', 'exchange.stops', {});
    const own = keys.find((key) => key.own);
    if (own === undefined) continue;
    const card = await stage.call(agency, 'security', 'keys.rotate', {});
    await carry(stage, agency, 'handler', agencies.filter((peer) => peer !== agency), { kind: 'KEYCARD' });
    lines.push(`  密钥　${agencyNames[agency]}在到期前 ${String(own.daysLeft)} 天更换，密钥卡第 ${String(card.version)} 版已送另外两家`);
  }
  return lines;
}

/** The office opens its channel with each of the others: two persons there, two persons here, two files each time. What became void is sent again. */
export async function openAnew(stage: Stage, restored: Agency): Promise<string[]> {
  const lines: string[] = [];
  for (const peer of agencies.filter((agency) => agency !== restored)) {
    await half(stage, restored, peer);
    await half(stage, peer, restored);
  }
  for (const peer of agencies.filter((agency) => agency !== restored)) {
    const { channels } = await stage.call(peer, 'handler', 'exchange.openings', {});
    const gone = channels.find((channel) => channel.peer === restored)?.void ?? [];
    for (const { packageId } of gone) {
      const made = await stage.call(peer, 'handler', 'exchange.resendVoid', { packageId });
      await stage.call(peer, 'handler', 'exchange.writePackage', { packageId: made.packageId, folder: stage.folders.stick });
      await stage.call(restored, 'handler', 'exchange.importPackage', { file: onStick(stage, made.fileName) });
    }
    lines.push(`  开期　${agencyNames[restored]}与${agencyNames[peer]}开第 2 期，${agencyNames[peer]}重发作废的包 ${String(gone.length)} 个`);
  }
  return lines;
}

async function half(stage: Stage, from: Agency, to: Agency): Promise<void> {
  await stage.call(from, 'handler', 'exchange.proposeEpoch', { peer: to, reason: 'restored', note: '更换计算机，由备份恢复' });
  const made = await stage.call(from, 'approver', 'exchange.confirmEpoch', { peer: to });
  await stage.call(from, 'handler', 'exchange.writePackage', { packageId: made.packageId, folder: stage.folders.stick });
  await stage.call(to, 'handler', 'exchange.importPackage', { file: onStick(stage, made.fileName) });
}
