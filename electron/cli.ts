/**
 * The command line 命令行: the same office without a window. Words in, one JSON document or Chinese text out, exit codes of headless.md:
 * 0 done · 1 refused · 2 wrong usage · 3 integrity · 70 program fault. Verbs are one closed table. The office and all its capabilities are read only for
 * a verb that needs them: `evaluate` does not, and starts three times as fast.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, readSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { refusal } from '../shared/errors.ts';
import { parseCivilDate, parseInstant, epochMsOf, shanghaiInstant } from '../shared/kernel/civil-date.ts';
import { hintOf } from './cli/hints.ts';
import type { OfficeArgs } from './cli/office-args.ts';
import { UsageFault, type BareArgs, type Output, type Verb, type VerbForm, type VerbResult } from './cli/verb.ts';
import { OutputFault } from './platform/output-file.ts';
import { checkoutResources } from './platform/resources.ts';

const globalOptions = { office: 'text', as: 'text', clock: 'text', 'password-fd': 'text', json: 'flag', help: 'flag' } as const;

/** A verb and how it is run: alone, or with what an office needs. */
type Runnable = { readonly verb: VerbForm; readonly run: (args: BareArgs, clock: number | null) => Promise<VerbResult>; readonly close: () => void };

async function main(argv: readonly string[]): Promise<number> {
  const found = await runnable(argv);
  if (found === null) return await printUsage(argv);
  const { verb } = found;
  let args: ReturnType<typeof readArgs>;
  try {
    args = readArgs(verb, argv.slice(verb.name.split(' ').length));
  } catch (error) {
    if (error instanceof UsageFault || isUnknownArgument(error)) return usageFault(verb, error);
    throw error;
  }
  const { options } = args.bare;
  if (options['help'] === true) {
    process.stdout.write(`liudi ${verb.name} ${verb.usage}\n${verb.says}\n`);
    return 0;
  }
  const json = options['json'] === true;
  try {
    const result = await found.run(args.bare, args.clock);
    if (result.printed !== true || json) process.stdout.write(json ? `${JSON.stringify(result.json)}\n` : withNewline(result.text));
    return result.exit;
  } catch (error) {
    if (error instanceof UsageFault) return usageFault(verb, error);
    return await refusedOrFault(error, json);
  } finally {
    found.close();
  }
}

async function runnable(argv: readonly string[]): Promise<Runnable | null> {
  if (argv[0] === 'evaluate') {
    const { evaluate } = await import('./cli/evaluate-verb.ts');
    return { verb: evaluate, run: async (args) => await evaluate.run(args), close: () => undefined };
  }
  const verb = await findVerb(argv);
  if (verb === null) return null;
  const { officeArgs } = await import('./cli/office-args.ts');
  let office: OfficeArgs | null = null;
  return {
    verb,
    run: async (args, clock) => {
      office = officeArgs(args, clock);
      return await verb.run({ ...args, ...office });
    },
    close: () => office?.close(),
  };
}

function readArgs(verb: VerbForm, argv: readonly string[]): { readonly bare: BareArgs; readonly clock: number | null } {
  const table = { ...globalOptions, ...verb.options };
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: Object.fromEntries(Object.entries(table).map(([name, type]) => [name, { type: type === 'flag' ? ('boolean' as const) : ('string' as const) }])),
  });
  const [fewest, most] = verb.words;
  if (values['help'] !== true && (positionals.length < fewest || positionals.length > most)) throw new UsageFault('参数个数不对');
  const options = values as BareArgs['options']; // strings and booleans by the table
  const bare: BareArgs = {
    words: positionals,
    options,
    resources: checkoutResources,
    progress: progressTeller(),
    output: standardOutput,
    stopSignal: interruptSignal,
    secret: secretReader(options['password-fd']).next,
    standardInput: () => readFileSync(0, 'utf8'),
  };
  return { bare, clock: readClock(options['clock']) };
}

/** `--clock`: an instant (`2022-04-10T01:00:00.000Z`), the same without milliseconds, or a Shanghai date (taken at 09:00). */
function readClock(given: unknown): number | null {
  if (typeof given !== 'string') return null;
  const date = parseCivilDate(given);
  const instant = date === null ? parseInstant(given.replace(/(:\d\d)Z$/, '$1.000Z')) : shanghaiInstant(date, '09:00:00');
  const zoned = instant === null && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{3})?)?[+-]\d{2}:\d{2}$/.test(given) ? Date.parse(given) : NaN;
  if (instant === null && Number.isNaN(zoned)) throw new UsageFault('--clock 须是 ISO 时刻（如 2022-04-10T09:00:00+08:00）');
  return instant === null ? zoned : epochMsOf(instant);
}

/** Lines of standard input, or of the file descriptor given; read only when a secret is asked for. */
function secretReader(fd: unknown): { readonly next: (what: string) => string } {
  let lines: string[] | null = null;
  return {
    next(what) {
      lines ??= readDescriptor(fd === undefined ? 0 : Number(fd)).split('\n').map((line) => line.replace(/\r$/, ''));
      const line = lines.shift();
      if (line === undefined || line === '') throw refusal('SECRET_NEEDED', { what });
      return line;
    },
  };
}

function readDescriptor(fd: number): string {
  const chunks: Buffer[] = [];
  const buffer = Buffer.alloc(4096);
  for (;;) {
    const count = readSync(fd, buffer, 0, buffer.length, null);
    if (count === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(Buffer.from(buffer.subarray(0, count)));
  }
}

const standardOutput: Output = {
  notice: (text) => void process.stderr.write(`${text}\n`),
  lines() {
    let pending = '';
    const flush = (): void => {
      if (pending !== '') process.stdout.write(pending);
      pending = '';
    };
    return { line: (text) => { pending += `${text}\n`; }, flush, close: flush };
  },
  bytes() {
    // The fault comes to whoever writes; without a listener it would end the program.
    process.stdout.on('error', () => undefined);
    return {
      write: (bytes) =>
        new Promise((resolve, reject) => {
          process.stdout.write(bytes, (error) => {
            if (error === null || error === undefined) resolve();
            else reject('code' in error && error.code === 'EPIPE' ? new OutputFault('标准输出', 'reader-left') : error);
          });
        }),
      close: () => undefined,
      discard: () => undefined,
    };
  },
};

function interruptSignal(): AbortSignal {
  const asked = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => { asked.abort(); });
  return asked.signal;
}

/** Long work that no terminal watches tells every tenth in a line of its own; short work says nothing there. */
const unwatchedFrom = 10_000;

function progressTeller(): (done: number, total: number, label: string) => void {
  let tenth = 0;
  return (done, total, label) => {
    if (process.stderr.isTTY) {
      process.stderr.write(`\r${label} ${String(done)}/${String(total)}${done === total ? '\n' : ''}`);
      return;
    }
    const reached = Math.floor((done * 10) / total);
    if (total >= unwatchedFrom && reached !== tenth) process.stderr.write(`${label} ${String(done)}/${String(total)}\n`);
    tenth = reached;
  };
}

async function refusedOrFault(error: unknown, json: boolean): Promise<number> {
  const { inWords } = await import('../shared/reply.ts');
  const answer = inWords(error);
  if (answer === null) {
    const reference = randomBytes(4).toString('hex').toUpperCase();
    process.stderr.write(`程序出现意外情况，本次操作未完成（编号 ${reference}）。请记下编号并联系维护人员；要看程序内部的记录，请设置环境变量 LIUDI_TRACE=1 再做一次。\n`);
    if (process.env['LIUDI_TRACE'] === '1') process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    if (json) process.stdout.write(`${JSON.stringify({ error: { code: 'PROGRAM_FAULT', message: '程序出现意外情况，本次操作未完成', details: null } })}\n`);
    return 70;
  }
  if (json) process.stdout.write(`${JSON.stringify({ error: answer })}\n`);
  else process.stderr.write(`${answer.message}\n${hintOf(answer.code)}${detailText(answer.details)}`);
  return answer.code === 'PROGRAM_FAULT' ? 70 : 1;
}

/** Lists in the details of a refusal, one finding a line, so that a person sees them without --json; of a longer list the first and how many there are. */
function detailText(details: unknown): string {
  if (details === null || typeof details !== 'object') return '';
  const record = details as Readonly<Record<string, unknown>>; // an object, read by name only
  return ['faults', 'warnings', 'refused', 'lacking'].map((name) => {
    const list: unknown = record[name];
    if (!Array.isArray(list)) return '';
    const lines = list.slice(0, detailsMax).map((item: unknown) => `  ${detailLine(item)}\n`);
    return `${lines.join('')}${list.length > detailsMax ? `  ……共 ${String(list.length)} 条，列出前 ${String(detailsMax)} 条\n` : ''}`;
  }).join('');
}

const detailsMax = 50;

function detailLine(item: unknown): string {
  if (typeof item !== 'object' || item === null) return String(item);
  const record = item as Record<string, unknown>; // an object, read by name only
  if ('message' in record) return faultLine(record);
  return Object.values(record).filter((value) => typeof value === 'string' || typeof value === 'number').join('　');
}

function faultLine(fault: Record<string, unknown>): string {
  const row = typeof fault['row'] === 'number' ? `第 ${String(fault['row'])} 行` : null;
  const named = ['column', 'field', 'subject', 'case', 'name'].map((name) => fault[name]);
  const place = [row, ...named].filter((part) => typeof part === 'string' && part !== '');
  return `${place.join(' ')}${place.length > 0 ? '：' : ''}${String(fault['message'])}`;
}

/** What node's own argument reader throws for options it was not told of. */
function isUnknownArgument(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

/** Node says it in English; what was typed is repeated in its own quotes. */
function unknownArgument({ message }: Error): string {
  const [, named] = /'(-{1,2}[^']{1,60})'/.exec(message) ?? [];
  const which = named === undefined ? '参数' : `参数 ${named.replace(/ <.*/, '')}`;
  return /argument (?:missing|is ambiguous)/i.test(message) ? `${which} 后面缺少内容` : /does not take an argument/i.test(message) ? `${which} 后面不能写内容` : `无法识别的${which}`;
}

function usageFault(verb: VerbForm, error: Error): number {
  process.stderr.write(`${error instanceof UsageFault ? error.message : unknownArgument(error)}，未作任何改动。\n用法：liudi ${verb.name} ${verb.usage}\n`);
  return 2;
}

async function findVerb(argv: readonly string[]): Promise<Verb | null> {
  const { verbs } = await import('./cli/verbs.ts');
  const words = argv.filter((word) => !word.startsWith('-'));
  return verbs.find((verb) => verb.name === `${words[0] ?? ''} ${words[1] ?? ''}` && argv[0] === words[0] && argv[1] === words[1]) ?? verbs.find((verb) => verb.name === words[0] && argv[0] === words[0]) ?? null;
}

async function printUsage(argv: readonly string[]): Promise<number> {
  const { verbs } = await import('./cli/verbs.ts');
  const asked = argv.length === 0 || argv[0] === '--help' || argv[0] === 'help';
  const text = ['用法：liudi 命令 [参数]', ...verbs.map((verb) => `  ${verb.name} ${verb.usage}\n      ${verb.says}`), '通用参数：--office 目录 · --json · --as 操作员 · --clock 时刻（仅演练单位） · --password-fd N', ''].join('\n');
  (asked ? process.stdout : process.stderr).write(asked ? text : `没有命令“${argv.slice(0, 2).join(' ')}”，未作任何改动。\n${text}`);
  return asked ? 0 : 2;
}

function withNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

// Last, so that everything above stands when it starts.
process.exitCode = await main(process.argv.slice(2));
