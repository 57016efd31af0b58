/**
 * Verbs of backup 备份 and restore 恢复. A new recovery phrase is shown once, on standard error as well, so that it is not lost should the backup itself then
 * fail; a phrase is read from standard input or a descriptor and never from an argument.
 */
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import type { Surroundings } from '../journal/index.ts';
import { openOffice } from '../office/office.ts';
import { identitiesOf, restoreOffice } from '../office/restore-office.ts';
import type { Session } from './session.ts';
import { textOption, type Verb } from './verb.ts';

export const backup: Verb = {
  name: 'backup',
  usage: 'FILE [--new-phrase] [--replace] --office DIR',
  says: '备份整个账本（含密钥）为一个加密文件，读回、解密、完整校验后才登记；已有的文件只在写明 --replace 时替换，不写进单位的数据目录。--new-phrase 先制作恢复口令并只显示一次（正式单位首次备份必须）。',
  options: { 'new-phrase': 'flag', replace: 'flag' },
  words: [1, 1],
  async run({ words, options, session, output }) {
    const [file = ''] = words;
    const standing = session();
    const phrase = options['new-phrase'] === true ? await newPhrase(standing) : null;
    if (phrase !== null) output.notice(`恢复口令（只显示这一次，请抄写封存）：${phrase}`);
    const made = await standing.call('administration.backup', { file });
    return {
      exit: 0,
      json: { ...made, ...(phrase === null ? {} : { recoveryPhrase: phrase }) },
      text: [
        `已备份并读回校验：${file}`,
        `账本第 ${String(made.head.seq)} 条 ${made.head.hash.slice(0, 16)}…，附件 ${String(made.counts.blobs)} 个，状态 ${String(made.counts.stateRows)} 行，密钥 ${String(made.counts.privateKeys)} 把`,
        `文件 ${String(made.bytes)} 字节，SHA-256 ${made.sha256}`,
        made.recovery === 'phrase' ? '可用本单位密钥或恢复口令恢复。' : '演练单位：任何人都能恢复这个备份。',
      ].join('\n'),
    };
  },
};

/** Groups that the command line types back for its user: it cannot see the paper. */
async function newPhrase(session: Session): Promise<string> {
  const { phrase } = await session.call('administration.proposeRecovery', {});
  const typedBack = phrase.split('-').map((text, index) => ({ group: index + 1, text }));
  await session.call('administration.setRecovery', { phrase, typedBack });
  return phrase;
}

export const restore: Verb = {
  name: 'restore',
  usage: 'FILE DIR [--office 仍有密钥的原单位目录]',
  says: '把备份恢复到空目录或新目录，完整校验；登记过对方的单位恢复后只读，直到通道重新开期。正式单位从标准输入读恢复口令；写明 --office 时改用该目录中本单位的密钥（读密钥口令）。',
  options: {},
  words: [2, 2],
  async run({ words, options, env, secret }) {
    const [file = '', dir = ''] = words;
    const old = textOption(options, 'office');
    const identities = old === undefined ? [] : await identitiesOf(old, () => secret('密钥口令'));
    const { office, record, ...counts } = await restoreOffice(file, dir, { identities, phrase: () => (old === undefined ? secret('恢复口令') : null) }, env);
    const readOnly = isStill(dir, env);
    return {
      exit: 0,
      json: { office, dir, restored: record, ...counts, readOnly },
      text: [
        `已恢复${office.practice ? '演练' : ''}单位：${office.name}（${office.county}），数据目录：${dir}`,
        `备份于 ${shanghaiDateTime(record.backupMadeAt)}，账本第 ${String(record.head.seq)} 条 ${record.head.hash.slice(0, 16)}…；完整校验通过：${String(counts.entries)} 条，附件 ${String(counts.blobs)} 个，状态 ${String(counts.stateRows)} 行`,
        readOnly ? '通道重新开期前只读：可以查询、打印和校验，不能办理。' : '账本中没有登记过对方，可以办理；备份以后若与对方交换过，请先与对方核对包号。',
      ].join('\n'),
    };
  },
};

/** Whether the restored office stands still until its channels are opened anew; one that knew no peer at the time has none to open. */
function isStill(dir: string, env: Surroundings): boolean {
  const office = openOffice(dir, env);
  try {
    return office.restored !== null;
  } finally {
    office.close();
  }
}
