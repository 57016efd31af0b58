/** Verbs about the office itself: init, status, operation, ledger verify. */
import { parseJsonText, RepeatedField } from '../../shared/kernel/json-text.ts';
import { careNames, stateOriginText } from '../../shared/administration/backup-model.ts';
import { contract, type OperationOutput } from '../../shared/contract.ts';
import { shanghaiDateTime, type Instant } from '../../shared/kernel/civil-date.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import { capabilityOf } from '../../shared/joined.ts';
import { firstAdministrator, foundOffice } from '../office/found-office.ts';
import { stopLines } from './epoch-verbs.ts';
import { provinceOf } from '../../shared/administration/county-code.ts';
import { countyProfileSchema } from '../../shared/administration/model.ts';
import type { ResourceReader } from '../platform/resources.ts';
import type { Session } from './session.ts';
import { agencyOf, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

export const officeInit: Verb = {
  name: 'office init',
  usage: 'DIR --agency tax|finance|treasury --county 行政区划代码 --name 单位名称 [--unattended] [--admin 用户名]',
  says: '建立单位账本、密钥与首位系统管理员；--unattended 建立演练单位（每个岗位一名操作员，无口令）。正式单位从标准输入读两行：管理员口令、密钥口令。',
  options: { agency: 'text', county: 'text', name: 'text', unattended: 'flag', admin: 'text' },
  words: [1, 1],
  async run({ words, options, env, secret }) {
    const [dir = ''] = words;
    const terms = { agency: agencyOf(requiredOption(options, 'agency'), '--agency'), county: requiredOption(options, 'county'), name: requiredOption(options, 'name') };
    const office = await foundOffice(
      dir,
      options['unattended'] === true
        ? { ...terms, practice: true }
        : {
            ...terms,
            practice: false,
            administrator: { username: textOption(options, 'admin') ?? firstAdministrator, name: '系统管理员', password: secret('管理员口令') },
            keyPassphrase: secret('密钥口令'),
          },
      env,
    );
    const identity = office.identity;
    office.close();
    return {
      exit: 0,
      json: { office: identity, dir },
      text: `已建立${identity.practice ? '演练' : ''}单位：${identity.name}（${agencyNames[identity.agency]}，${identity.county}）\n${countyText(identity.county, env.resources)}\n数据目录：${dir}\n`,
    };
  },
};

/** What the code stands for: the county by name, or that the default was taken. */
function countyText(code: string, resources: ResourceReader): string {
  const own = resources(`county/${code}.json`);
  if (own !== null) return `县区参数：${countyProfileSchema.parse(JSON.parse(own)).name}`;
  return `县区参数：没有 ${code}（${provinceOf(code) ?? ''}）的参数，按默认参数建立，请在系统管理中核对并修改`;
}

export const officeStatus: Verb = {
  name: 'office status',
  usage: '--office DIR',
  says: '单位、账本头、数据库版本、密钥指纹、最近备份、待办。',
  options: {},
  words: [0, 0],
  async run({ session }) {
    const standing = session();
    const status = await standing.call('administration.status', {});
    const keys = await standing.call('keys.show', {});
    const care = await standing.call('administration.care', {});
    const { stops, keys: expiring } = await standing.call('exchange.stops', {});
    const { restored } = standing.office;
    const json = {
      ...status, readOnly: standing.office.fault ?? restored, restored: care.restored, lastBackup: care.lastBackup, lastVerification: care.lastVerification, due: care.due,
      keys, stops, expiringKeys: expiring,
    };
    return {
      exit: 0,
      json,
      text: [
        `${status.office.name}（${agencyNames[status.office.agency]}，${status.office.county} ${status.countyName}）${status.office.practice ? ' 【演练】' : ''}`,
        `账本：第 ${String(status.head.seq)} 条，摘要 ${status.head.hash.slice(0, 16)}…，数据库版本 ${String(status.schemaVersion)}`,
        `操作员：${String(status.operators)} 人；最近备份：${moment(care.lastBackup?.madeAt)}；最近完整校验：${moment(care.lastVerification?.at)}`,
        ...(standing.office.fault === null ? [] : [`账本只读：${standing.office.fault}`]),
        ...(restored === null ? [] : [`账本只读：${restored}，与各方重新开期前只能查询、打印和校验（命令 epoch list 看怎样办）`]),
        ...(restored === null && care.restored !== null ? [`本账本由备份恢复（备份时第 ${String(care.restored.head.seq)} 条，恢复于 ${moment(care.restored.restoredAt)}）`] : []),
        ...stopLines(stops),
        ...expiring.map(({ message }) => `密钥：${message}`),
        ...care.due.map(({ what, reason }) => `待办：该${careNames[what]}了（${reason}）`),
        '',
      ].join('\n'),
    };
  },
};

export const operationVerb: Verb = {
  name: 'operation',
  usage: '[NAME [JSON|-]] --office DIR',
  says: '按名称执行操作表中的任一操作；JSON 为“-”时从标准输入读取；不给 NAME 则列出全部操作。',
  options: {},
  words: [0, 2],
  async run({ words, session, standardInput }) {
    const [name, given] = words;
    if (name === undefined) {
      const rows = Object.entries(contract).map(([key, row]: [string, Operation]) => ({ name: key, kind: row.kind, title: row.title, may: row.may, agencies: row.agencies }));
      return { exit: 0, json: { operations: rows }, text: rows.map((row) => `${capabilityOf(row.name)?.zh ?? ''}  ${row.name}  ${row.title}（${row.kind === 'query' ? '查询' : '办理'}）`).join('\n') };
    }
    const input = parseJson(given === '-' ? standardInput() : (given ?? '{}'));
    const value = await session().callByName(name, input);
    return { exit: 0, json: value, text: JSON.stringify(value, null, 2) };
  },
};

export const ledgerVerify: Verb = {
  name: 'ledger verify',
  usage: '[--deep] --office DIR',
  says: '校验账本：摘要链、结构、文件；--deep 另校验附件、重建全部状态表逐格比较并核对恒等式。有问题时退出码 3。写明 --as 时登记为一次校验。',
  options: { deep: 'flag' },
  words: [0, 0],
  async run({ session, options }) {
    const depth = options['deep'] === true ? 'deep' : 'chain';
    // With a person it is recorded in the ledger; without one it only looks.
    const result: Examined = textOption(options, 'as') === undefined ? session().office.verify(depth) : await recordedVerification(session(), depth);
    const { faults, ...counts } = result;
    const first = faults[0];
    return {
      exit: faults.length === 0 ? 0 : 3,
      json: { ok: faults.length === 0, ...counts, faults: faults.slice(0, 100), faultCount: faults.length, ...(first === undefined ? {} : { error: { code: 'LEDGER_FAULT', message: first.message, details: first } }) },
      text:
        first === undefined
          ? passedText(result, depth)
          : `账本校验未通过，共 ${String(faults.length)} 处，账本未改动：\n${faults.slice(0, 20).map((fault) => `  ${fault.message}`).join('\n')}\n请停止写入，保留数据目录作为证据，并从备份恢复。`,
    };
  },
};

function passedText({ entries, blobs, stateRows, head, state }: Examined, depth: 'chain' | 'deep'): string {
  const counted = depth === 'deep' ? `，附件 ${String(blobs)} 个，状态 ${String(stateRows)} 行` : '';
  const origin = state === null ? '' : `\n${stateOriginText(state)}`;
  return `账本校验通过：${String(entries)} 条${counted}；账本头第 ${String(head.seq)} 条 ${head.hash.slice(0, 16)}…${origin}`;
}

function moment(at: Instant | undefined): string {
  return at === undefined ? '尚无' : shanghaiDateTime(at);
}

type Examined = Pick<OperationOutput<'administration.verify'>, 'head' | 'entries' | 'blobs' | 'stateRows' | 'state' | 'faults'>;

async function recordedVerification(session: Session, depth: 'chain' | 'deep'): Promise<Examined> {
  const { head, entries, blobs, stateRows, state, faults } = await session.call('administration.verify', { depth });
  return { head, entries, blobs, stateRows, state, faults };
}

function parseJson(text: string): unknown {
  try {
    return parseJsonText(text);
  } catch (error) {
    throw new UsageFault(error instanceof RepeatedField ? `操作的参数中“${error.field}”一项写了两次` : '操作的参数不是有效的 JSON');
  }
}
