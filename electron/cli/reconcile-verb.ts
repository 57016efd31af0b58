/** `reconcile`: three list files in, or the statements of an office's ledger, one document 三方对账单 out. The file appears only when it is whole. */
import { links } from '../../shared/reconciliation/links.ts';
import { agencies } from '../../shared/kernel/office.ts';
import { workingCalendar } from '../../shared/kernel/working-days.ts';
import type { ReconDocument, ReconWarning } from '../../shared/reconciliation/document.ts';
import { sideNames } from '../../shared/reconciliation/sentences.ts';
import { reconcileFiles } from '../reconciliation/index.ts';
import { shippedYears } from '../refunds/index.ts';
import { listFoundLines } from './found.ts';
import { writeDocument, writeLines } from './document-file.ts';
import { dayOption, periodOf, requiredOption, textOption, UsageFault, type Verb, type VerbArgs, type VerbResult } from './verb.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';

export const reconcile: Verb = {
  name: 'reconcile',
  usage: [
    '--period YYYY-MM --tax F --treasury F --finance F [--opening F] [--settings F] [--through 日期] --out F [--replace]',
    '--office DIR --period YYYY-MM --out F [--lists 前缀] [--replace]',
  ].join('，或 '),
  says: [
    '不需要单位：读取税务、国库、财政三方清单，对该月对账，写出对账单（JSON）：三环的合计、逐项差异及其原因。',
    '给出单位时用账本里三方的对账单；--lists 另把三方明细写成 前缀-tax.csv 等清单文件，由清单对账得到同样的对账单。',
  ].join(''),
  options: {
    period: 'text', tax: 'text', treasury: 'text', finance: 'text', opening: 'text', settings: 'text', through: 'text', out: 'text',
    lists: 'text', replace: 'flag',
  },
  words: [0, 0],
  async run(args) {
    const { options, resources, progress, output } = args;
    const period = periodOf(requiredOption(options, 'period'));
    const out = requiredOption(options, 'out');
    if (textOption(options, 'office') !== undefined) return ofOffice(args, period, out);
    const lists = {
      tax: requiredOption(options, 'tax'), treasury: requiredOption(options, 'treasury'), finance: requiredOption(options, 'finance'),
    };
    const through = dayOption(options, 'through');
    const opening = textOption(options, 'opening') ?? null;
    const settings = textOption(options, 'settings') ?? null;
    const passed = (rows: number): void => {
      if (rows % 10_000 === 0) progress(rows, rows, '已读入清单行');
    };
    const { document, hash, found } = await reconcileFiles(
      { period, lists, opening, settings, through }, workingCalendar(shippedYears(resources)), passed,
    );
    await writeDocument(out, document, options['replace'] === true, 'RECON_NOT_WRITTEN');
    for (const side of agencies) for (const line of listFoundLines(`${sideNames[side]}清单`, found[side])) output.notice(line);
    const warned = document.warnings.map(warningText);
    return {
      exit: 0, json: { period, out, hash, holds: document.holds, items: document.items.length, warnings: document.warnings, found },
      text: [...said(document), ...warned.map((text) => `提示：${text}`), `对账单 ${out}，摘要 ${hash}`].join('\n'),
    };
  },
};

/** From the ledger and what packages brought; the three lists beside it where asked, for whoever wants to compute it again. */
async function ofOffice({ options, session }: VerbArgs, period: TaxPeriod, out: string): Promise<VerbResult> {
  const given = ['tax', 'treasury', 'finance', 'opening', 'settings', 'through'].filter((name) => textOption(options, name) !== undefined);
  if (given.length > 0) throw new UsageFault(`--office 与 --${given.join('、--')} 只能用其一`);
  const office = session();
  const { document, hash } = await office.call('reconciliation.run', { period });
  const replace = options['replace'] === true;
  const prefix = textOption(options, 'lists');
  const lists: string[] = [];
  for (const side of prefix === undefined ? [] : agencies) {
    const { csv } = await office.call('reconciliation.list', { period, office: side });
    const file = `${prefix ?? ''}-${side}.csv`;
    await writeLines(file, csv.split('\r\n').slice(0, -1), replace, 'RECON_NOT_WRITTEN');
    lists.push(file);
  }
  await writeDocument(out, document, replace, 'RECON_NOT_WRITTEN');
  return {
    exit: 0, json: { period, out, hash, holds: document.holds, items: document.items.length, warnings: document.warnings, lists },
    text: [...said(document), ...document.warnings.map((warning) => `提示：${warningText(warning)}`), ...lists.map((file) => `清单 ${file}`), `对账单 ${out}，摘要 ${hash}`].join('\n'),
  };
}

function said({ period, through, holds, links: columns, items, closed }: ReconDocument): readonly string[] {
  const open = items.filter(({ explained }) => !explained).length;
  return [
    `${period} 三方对账，说明日 ${through}：${holds ? '各环勾稽相符' : '勾稽不符，不能据以签字'}；差异 ${String(items.length)} 项，未说明 ${String(open)} 项，上期已了结 ${String(closed.length)} 项`,
    ...columns.flatMap(({ link, left, right }) => [left, right].map((column) =>
      `${links[link].zh} ${sideNames[column.side]}：期初 ${column.opening}，本期 ${column.inPeriod}，期末 ${column.closing} = 相符 ${column.matched} + 已说明 ${column.explained} + 未说明 ${column.unexplained}`)),
  ];
}

function warningText(warning: ReconWarning): string {
  switch (warning.code) {
    case 'nothing-to-undo':
      return `${sideNames[warning.side]} ${warning.day} ${warning.kind} ${warning.key} 没有可撤销的行，未计`;
    case 'old-lines-changed':
      return `上期对账单以后清单被改动：${[...warning.items, ...warning.closings].join('、')}`;
    case 'calendar-missing':
      return `没有 ${String(warning.year)} 年的工作日历，工作日按周末推算`;
  }
}
