/** Verbs of the exchange 交换: packages and keys. A stick is a folder here as everywhere. */
import { agencyNames } from '../../shared/kernel/office.ts';
import { groupedYuan, fenOfYuan } from '../../shared/kernel/money.ts';
import { isPackageKind, packageKindNames, packageKinds, type PackageKind } from '../../shared/exchange/kinds.ts';
import type { OperationOutput } from '../../shared/contract.ts';
import { stopLines } from './epoch-verbs.ts';
import { agencyOf, optionalPeriod, requiredOption, textOption, UsageFault, type Verb, type VerbOptions } from './verb.ts';

export const packageExport: Verb = {
  name: 'package export',
  usage: 'KIND --to AGENCY[,AGENCY] --out 目录 [--period YYYY-MM] [--batch PC-…] [--of N] [--allow-empty] --office DIR',
  says: '制作交换包并写入目录（U盘）；同一文件再次导出送出原来的字节。',
  options: { to: 'text', period: 'text', out: 'text', batch: 'text', of: 'text', 'allow-empty': 'flag' },
  words: [1, 1],
  async run({ words, options, session }) {
    const kind = kindOf(words[0] ?? '');
    // The treasury first: a batch that it has been sent is what finance gets a copy of.
    const recipients = requiredOption(options, 'to').split(',').map((text) => agencyOf(text.trim(), '--to')).sort((a, b) => Number(b === 'treasury') - Number(a === 'treasury'));
    const folder = requiredOption(options, 'out');
    const sent: (OperationOutput<'exchange.exportPackage'> & { file: string })[] = [];
    for (const to of recipients) {
      const asked = { kind, to, ...optionalPeriod(options), ...batchOption(options), ...(options['allow-empty'] === true ? { allowEmpty: true } : {}) };
      const { period, rows, sum } = await session().call('exchange.previewPackage', asked);
      // Before anything is signed.
      process.stderr.write(`将制作：${packageKinds[kind].title}${period === null ? '' : `（${period}）`}，${String(rows)} 行，${yuan(sum)} 元 → ${agencyNames[to]}\n`);
      const made = await session().call('exchange.exportPackage', asked);
      const written = await session().call('exchange.writePackage', { packageId: made.packageId, folder });
      sent.push({ ...made, file: written.fileName });
    }
    return {
      exit: 0,
      json: { packages: sent },
      text: sent.map((one) => `${one.changed ? '已制作' : '内容未变，重写原包'}：${one.file}（第 ${String(one.seq)} 号，${String(one.rows)} 行，${yuan(one.sum)} 元）→ ${agencyNames[one.to]}。可以安全拔出。`).join('\n'),
    };
  },
};

export const packageImport: Verb = {
  name: 'package import',
  usage: 'FILE --office DIR',
  says: '校验并导入一个交换包，要么全部入账，要么什么也不变；缺号的包暂存，补齐后依次导入。',
  options: {},
  words: [1, 1],
  async run({ words, session }) {
    const results = [await session().call('exchange.importPackage', { file: words[0] ?? '' })];
    // Packages that were held for a gap follow in order as soon as the gap has closed.
    for (let last = results[0]; last !== undefined && last.heldNext !== null; last = results.at(-1)) {
      results.push(await session().call('exchange.importHeld', { from: last.from, seq: last.heldNext }));
    }
    const first = results[0];
    const refusal = first?.refusal ?? null;
    if (refusal !== null) {
      return { exit: 1, json: { error: { code: refusal.code, message: refusal.message, details: { faults: refusal.faults, faultsTotal: refusal.faultsTotal } }, packages: results }, text: refusal.message };
    }
    return { exit: 0, json: { ...first, packages: results }, text: results.map((one) => `已接收：${agencyNames[one.from]}第 ${String(one.seq)} 号包。${one.summary}`).join('\n') };
  },
};

export const packageList: Verb = {
  name: 'package list',
  usage: '[--period YYYY-MM] --office DIR',
  says: '收发清单、缺号、冻结与未回执。',
  options: { period: 'text' },
  words: [0, 0],
  async run({ session, options }) {
    const { rows, total } = await session().call('exchange.listPackages', { limit: 1000, ...optionalPeriod(options) });
    const gaps = await session().call('exchange.gaps', {});
    const receipts = await session().call('exchange.receipts', {});
    const lines = rows.map((row) => `${row.direction === 'in' ? '收' : '发'} ${agencyNames[row.peer]} 第 ${String(row.seq)} 号 ${row.kind} ${row.period ?? ''} ${String(row.rows)} 行 ${yuan(row.sum)} 元 ${row.state}`);
    const missing = gaps.channels.flatMap((channel) => (channel.missing.length > 0 ? [`缺 ${agencyNames[channel.peer]} 第 ${channel.missing.join('、')} 号包，请向其索取`] : []));
    const stopped = [...stopLines((await session().call('exchange.stops', {})).stops), ...gaps.keys.map(({ message }) => `密钥：${message}`)];
    return { exit: 0, json: { packages: rows, total, gaps, receipts }, text: [...stopped, ...lines, ...missing].join('\n') || '尚无收发记录。' };
  },
};

export const packageInspect: Verb = {
  name: 'package inspect',
  usage: 'FILE --office DIR',
  says: '查看一个交换包，不导入、不改动账本。',
  options: {},
  words: [1, 1],
  async run({ words, session }) {
    const seen = await session().call('exchange.inspectPackage', { file: words[0] ?? '' });
    const { header } = seen;
    const head = header === null ? '不是可读的交换包' : `${agencyNames[header.from]} → ${agencyNames[header.to]} 第 ${String(header.seq)} 号`;
    return { exit: 0, json: seen, text: `${head} ${seen.kind ?? ''} ${seen.period ?? ''}\n${seen.message}` };
  },
};

export const keyShow: Verb = {
  name: 'key show',
  usage: '[--out 目录] --office DIR',
  says: '本单位与已登记单位的密钥指纹；--out 将本单位密钥卡写入目录。',
  options: { out: 'text' },
  words: [0, 0],
  async run({ session, options }) {
    const keys = await session().call('keys.show', {});
    const folder = textOption(options, 'out');
    const card = folder === undefined ? null : await session().call('keys.writeCard', { folder });
    const lines = [keys.own, ...keys.peers].flatMap((one) => (one === null ? [] : [`${one.agency === keys.own?.agency ? '本单位' : '已登记'} ${one.name}（第 ${String(one.version)} 版）\n  指纹 ${one.fingerprint}`]));
    return { exit: 0, json: { ...keys, card }, text: [...lines, card === null ? '' : `密钥卡：${card.fileName}`].join('\n') };
  },
};

export const keyTrust: Verb = {
  name: 'key trust',
  usage: 'CARD --fingerprint 32位字符 --office DIR',
  says: '密钥核对：按对方盖章纸件上的 32 个字符登记其密钥卡。',
  options: { fingerprint: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const result = await session().call('keys.trust', { card: words[0] ?? '', fingerprint: requiredOption(options, 'fingerprint') });
    return { exit: 0, json: result, text: `${result.changed ? '已登记' : '已是登记状态，未变'}：${result.card.name}，指纹 ${result.card.fingerprint}` };
  },
};

export const keyRotate: Verb = {
  name: 'key rotate',
  usage: '[--root] --office DIR',
  says: '更换本单位签名与加密密钥（--root 连同根密钥）；新卡须以 KEYCARD 包送出。',
  options: { root: 'flag' },
  words: [0, 0],
  async run({ options, session }) {
    const card = await session().call('keys.rotate', { root: options['root'] === true });
    return { exit: 0, json: card, text: `已更换密钥，第 ${String(card.version)} 版，指纹 ${card.fingerprint}。请先导出 KEYCARD 包。` };
  },
};

export const keyRevoke: Verb = {
  name: 'key revoke',
  usage: 'KEYID --reason 原因 --office DIR',
  says: '撤销本单位的一把密钥。',
  options: { reason: 'text' },
  words: [1, 1],
  async run({ words, options, session }) {
    const card = await session().call('keys.revoke', { keyId: words[0] ?? '', reason: requiredOption(options, 'reason') });
    return { exit: 0, json: card, text: `已撤销，密钥卡第 ${String(card.version)} 版，指纹 ${card.fingerprint}。` };
  },
};

function kindOf(text: string): PackageKind {
  if (!isPackageKind(text)) throw new UsageFault(`没有名为“${text}”的交换包种类；可用：${packageKindNames.join('、')}`);
  return text;
}

function batchOption(options: VerbOptions): { batchNo?: string; ofSeq?: number } {
  const batchNo = textOption(options, 'batch');
  const of = textOption(options, 'of');
  return { ...(batchNo === undefined ? {} : { batchNo }), ...(of === undefined ? {} : { ofSeq: Number(of) }) };
}

function yuan(text: string): string {
  return groupedYuan(fenOfYuan(text));
}

