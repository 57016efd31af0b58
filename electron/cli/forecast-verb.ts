/** `forecast`: list files in, one forecast 退税资金预测 out, without an office. The file appears only when it is whole. */
import { refusal } from '../../shared/errors.ts';
import { forecastOf, type ForecastDocument } from '../../shared/funds/forecast.ts';
import { someForecastSettingsSchema, usualForecastSettings } from '../../shared/funds/forecast-settings.ts';
import { workingCalendar } from '../../shared/kernel/working-days.ts';
import { forecastLines } from '../funds/index.ts';
import { shippedYears } from '../refunds/index.ts';
import { readSettings } from '../roster/without-ledger.ts';
import { listFoundLines } from './found.ts';
import { writeDocument } from './document-file.ts';
import { dayOption, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

export const forecast: Verb = {
  name: 'forecast',
  usage: '--as-of 日期 --survey F --paid F --cash F [--plan F] [--settings F] --out F [--replace]',
  says: '不需要单位：读取底数、退付、库款清单，把应退税款按旬铺在库款余额上，写出预测（JSON）：何日不足、差多少、何日以前调拨。',
  options: { 'as-of': 'text', survey: 'text', paid: 'text', cash: 'text', plan: 'text', settings: 'text', out: 'text', replace: 'flag' },
  words: [0, 0],
  async run({ options, resources, output }) {
    const asOf = dayOption(options, 'as-of');
    if (asOf === null) throw new UsageFault('缺少 --as-of');
    const out = requiredOption(options, 'out');
    if (textOption(options, 'office') !== undefined) throw refusal('FORECAST_OFFICE_LACKS_LINES', { day: asOf });
    const files = {
      survey: requiredOption(options, 'survey'), paid: requiredOption(options, 'paid'), cash: requiredOption(options, 'cash'),
      plan: textOption(options, 'plan') ?? null,
    };
    const settings = readSettings(textOption(options, 'settings') ?? null, someForecastSettingsSchema, usualForecastSettings);
    const { lines, found } = await forecastLines(files);
    const document = forecastOf(lines, asOf, settings, workingCalendar(shippedYears(resources)));
    await writeDocument(out, document, options['replace'] === true, 'FORECAST_NOT_WRITTEN');
    for (const { list, ...those } of found) for (const line of listFoundLines(list, those)) output.notice(line);
    const text = [...said(document), `预测 ${out}`].join('\n');
    const { through, due, under, needsEvidence } = document;
    return { exit: 0, json: { out, asOf, through, due, under, needsEvidence, found }, text };
  },
};

function said({ asOf, through, due, lag, cash, under }: ForecastDocument): readonly string[] {
  const basis = lag.basis === 'seen' ? `按 ${String(lag.payments)} 笔已退付的办理时长` : `已退付只有 ${String(lag.payments)} 笔，按设定的办理时长`;
  const first = `${asOf} 起至 ${through}：应退 ${String(due.lines)} 笔 ${due.amount} 元，${basis}`;
  if (cash === null) return [first, '库款清单不足三个整月，不能推算余额，需要补充库款日报'];
  const short = under.expected;
  const second = short === null
    ? `库款预计不低于保障下限 ${cash.bound} 元`
    : `${short.day} 库款预计 ${short.balance} 元，低于保障下限 ${cash.bound} 元，差 ${short.missing} 元；请于 ${short.by} 以前调拨 ${short.transfer} 元`;
  return [first, second];
}
