/** `reconcile`: three list files in, one statement 三方对账单 out, without an office. The file appears only when it is whole. */
import { refusal } from '../../shared/errors.ts';
import { links } from '../../shared/reconciliation/links.ts';
import { agencies } from '../../shared/kernel/office.ts';
import { workingCalendar } from '../../shared/kernel/working-days.ts';
import type { ReconDocument, ReconWarning } from '../../shared/reconciliation/document.ts';
import { sideNames } from '../../shared/reconciliation/sentences.ts';
import { reconcileFiles } from '../reconciliation/index.ts';
import { shippedYears } from '../refunds/index.ts';
import { listFoundLines } from './found.ts';
import { writeDocument } from './document-file.ts';
import { dayOption, periodOf, requiredOption, textOption, type Verb } from './verb.ts';

export const reconcile: Verb = {
  name: 'reconcile',
  usage: '--period YYYY-MM --tax F --treasury F --finance F [--opening F] [--settings F] [--through 日期] --out F [--replace]',
  says: '不需要单位：读取税务、国库、财政三方清单，对该月对账，写出对账单（JSON）：三环的合计、逐项差异及其原因。',
  options: {
    period: 'text', tax: 'text', treasury: 'text', finance: 'text', opening: 'text', settings: 'text', through: 'text', out: 'text',
  },
  words: [0, 0],
  async run({ options, resources, progress, output }) {
    const period = periodOf(requiredOption(options, 'period'));
    const out = requiredOption(options, 'out');
    if (textOption(options, 'office') !== undefined) throw refusal('RECON_OFFICE_LACKS_LINES', { period });
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
