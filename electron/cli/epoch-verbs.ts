/** Verbs of channels that stopped 停用与开期: what stopped and whom to call, both files, the two persons' acts that open a channel anew, and a peer installed anew. */
import type { OperationOutput } from '../../shared/contract.ts';
import { documentTitle } from '../../shared/exchange/document-title.ts';
import { epochReasonNames, epochReasons, epochRule, epochStates, type EpochReason } from '../../shared/exchange/epoch.ts';
import { agencyNames, type Agency } from '../../shared/kernel/office.ts';
import { agencyOf, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

type Stops = OperationOutput<'exchange.stops'>['stops'];

/** A stopped channel in three lines: why, the files, whom to call. */
export function stopLines(stops: Stops): string[] {
  return stops.flatMap(({ peer, ...stop }) => {
    const files = stop.files.map((file) => `  文件：${file.title}${file.manifestHash === null ? '' : `，清单摘要 ${file.manifestHash.slice(0, 16)}…`}`);
    return [`停用：${stop.says}`, ...files, `  ${stop.call}（命令 epoch propose ${peer}）`];
  });
}

const epochList: Verb = {
  name: 'epoch list',
  usage: '--office DIR',
  says: '各通道是否停用、为什么、开期到哪一步、哪些包作废须重发、哪些包本机无存。',
  options: {},
  words: [0, 0],
  async run({ session }) {
    const found = await session().call('exchange.openings', {});
    const { stops } = await session().call('exchange.stops', {});
    const lines = found.channels.flatMap((channel) => [
      `${agencyNames[channel.peer]}　第 ${String(channel.epoch)} 期　${channel.stop === null && channel.state === 'none' ? '正常' : epochStates[channel.state]}`,
      ...(channel.continues === false ? ['  对方账本历史不连续：对方由旧账本恢复'] : []),
      ...channel.void.map((one) => `  作废，须重发：第 ${String(one.epoch)} 期第 ${String(one.seq)} 号 ${documentTitle(one.docId)}`),
      ...channel.lost.map((one) => `  对方有而本机无存：第 ${String(one.epoch)} 期第 ${String(one.seq)} 号 ${documentTitle(one.docId)}`),
    ]);
    return { exit: 0, json: found, text: [...(found.standstill === null ? [] : [`停办：本单位账本${found.standstill}`]), ...stopLines(stops), ...lines, epochRule].join('\n') };
  },
};

const epochPropose: Verb = {
  name: 'epoch propose',
  usage: `AGENCY --reason ${epochReasonNames.join('|')} [--note 说明] --office DIR`,
  says: '第一人：拟与对方开新一期。',
  options: { reason: 'text', note: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const reason = reasonOf(requiredOption(options, 'reason'));
    const note = textOption(options, 'note');
    const made = await session().call('exchange.proposeEpoch', { peer: peerOf(words[0] ?? ''), reason, ...(note === undefined ? {} : { note }) });
    return { exit: 0, json: made, text: `已拟与${agencyNames[made.peer]}开第 ${String(made.epoch)} 期（${epochReasons[reason]}），待审批人员确认。` };
  },
};

const epochConfirm: Verb = {
  name: 'epoch confirm',
  usage: 'AGENCY --out 目录 --office DIR',
  says: '第二人（审批）：确认开期，签发开期文件并写入目录（U盘）。',
  options: { out: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const folder = requiredOption(options, 'out');
    const peer = peerOf(words[0] ?? '');
    const made = await session().call('exchange.confirmEpoch', { peer });
    const written = await session().call('exchange.writePackage', { packageId: made.packageId, folder });
    return { exit: 0, json: { ...made, file: written.fileName }, text: `已签发第 ${String(made.epoch)} 期开期文件：${written.fileName}。请交${agencyNames[peer]}导入，并导入其开期文件；两份都在时通道恢复收发。` };
  },
};

const epochResend: Verb = {
  name: 'epoch resend',
  usage: 'AGENCY --out 目录 --office DIR',
  says: '把开期时作废的包在新一期逐个重发，写入目录（U盘）。',
  options: { out: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const folder = requiredOption(options, 'out');
    const peer = peerOf(words[0] ?? '');
    const { channels } = await session().call('exchange.openings', {});
    const files: string[] = [];
    for (const { packageId } of channels.find((channel) => channel.peer === peer)?.void ?? []) {
      const made = await session().call('exchange.resendVoid', { packageId });
      files.push((await session().call('exchange.writePackage', { packageId: made.packageId, folder })).fileName);
    }
    return { exit: 0, json: { changed: files.length > 0, files }, text: files.length === 0 ? '没有须重发的包。' : files.map((file) => `已重发：${file}`).join('\n') };
  },
};

const epochEvidence: Verb = {
  name: 'epoch evidence',
  usage: 'AGENCY --out 目录 --office DIR',
  says: '把使通道停用的文件和本单位留存的一份写入目录，供双方核对。',
  options: { out: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const { files } = await session().call('exchange.writeEvidence', { peer: peerOf(words[0] ?? ''), folder: requiredOption(options, 'out') });
    return { exit: 0, json: { files }, text: files.map((file) => `${file.fileName}　${file.title}`).join('\n') };
  },
};

const keyReplace: Verb = {
  name: 'key replace',
  usage: 'CARD --fingerprint 32位字符 --office DIR',
  says: '对方重装、另起根密钥：安全管理员按盖章纸件核对其新密钥卡；再由审批人员 key confirm。',
  options: { fingerprint: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const made = await session().call('keys.proposeRoot', { card: words[0] ?? '', fingerprint: requiredOption(options, 'fingerprint') });
    return { exit: 0, json: made, text: `已核对${agencyNames[made.agency]}的新密钥卡，指纹 ${made.fingerprint}，待审批人员复核。` };
  },
};

const keyConfirm: Verb = {
  name: 'key confirm',
  usage: 'AGENCY --fingerprint 32位字符 --office DIR',
  says: '审批人员按盖章纸件复核重装单位的密钥卡；复核后通道停用，直到双方重新开期。',
  options: { fingerprint: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const card = await session().call('keys.confirmRoot', { agency: peerOf(words[0] ?? ''), fingerprint: requiredOption(options, 'fingerprint') });
    return { exit: 0, json: card, text: `已登记${card.name}的新密钥卡，指纹 ${card.fingerprint}。请双方重新开期。` };
  },
};

/** In the order of the help. */
export const channelVerbs: readonly Verb[] = [epochList, epochPropose, epochConfirm, epochResend, epochEvidence, keyReplace, keyConfirm];

const peerOf = (text: string): Agency => agencyOf(text, '对方');

function reasonOf(text: string): EpochReason {
  const reason = epochReasonNames.find((candidate) => candidate === text);
  if (reason === undefined) throw new UsageFault(`--reason 须是 ${epochReasonNames.map((name) => `${name}（${epochReasons[name]}）`).join('、')}`);
  return reason;
}
