/**
 * `risk`: a roster in, one JSON line for each firm with a 疑点 or a need of evidence, a summary last. The file appears only when it is
 * whole.
 */
import { present } from '../../shared/kernel/assert.ts';
import { indicatorIds, indicators } from '../../shared/risk/indicators.ts';
import { someRiskSettingsSchema, usualRiskSettings } from '../../shared/risk/settings.ts';
import { firstFilingPeriod } from '../eligibility/without-ledger.ts';
import { riskLines, type RiskSummary, type RosterRead } from '../risk/index.ts';
import { readSettings } from '../roster/without-ledger.ts';
import { foundLines, rosterFound } from './found.ts';
import { writeLines } from './document-file.ts';
import { periodOf, requiredOption, sentenceOf, textOption, UsageFault, type Verb } from './verb.ts';

export const risk: Verb = {
  name: 'risk',
  usage: 'FILE --period YYYY-MM [--previous FILE] [--settings F] --out F.jsonl [--replace]，或 --period YYYY-MM [--settings F] --out F.jsonl [--replace] --office DIR',
  says: '逐户判断名册的风险指标：读取文件不需要单位；用 --office 的判断账本中的名册，有上年同期名册的自动比较。疑点只供核实，不是结论。',
  options: { period: 'text', previous: 'text', settings: 'text', out: 'text', replace: 'flag' },
  words: [0, 1],
  async run({ words: [file], options, resources, output, session }) {
    const period = periodOf(requiredOption(options, 'period'));
    if (period < firstFilingPeriod) throw new UsageFault(await sentenceOf('PERIOD_BEFORE_POLICY', { period }));
    const out = requiredOption(options, 'out');
    const readGiven = () => readSettings(textOption(options, 'settings') ?? null, someRiskSettingsSchema, usualRiskSettings);
    if (textOption(options, 'office') !== undefined) {
      if (file !== undefined || textOption(options, 'previous') !== undefined) throw new UsageFault('用 --office 时判断账本中的名册，不另给名册文件');
      const { previous, ...summary } = await session().call('risk.export', { period, file: out, settings: readGiven() });
      const compared = previous === null ? '账本中没有上年同期名册，未与上年比较' : `与账本中 ${previous} 申报期的名册比较`;
      return { exit: 0, json: { out, previous, ...summary }, text: `${said(summary)}\n${compared}\n风险疑点 ${out}` };
    }
    if (file === undefined) throw new UsageFault('缺少名册文件');
    const settings = readGiven();
    const ends: (readonly [RiskSummary, RosterRead])[] = [];
    const lines = riskLines(
      { file, previous: textOption(options, 'previous') ?? null, period, settings }, resources, (...end) => { ends.push(end); },
    );
    await writeLines(out, lines, options['replace'] === true, 'RISK_NOT_WRITTEN');
    const [summary, { header, warned }] = present(ends[0], 'the end of a file that was read through');
    const found = rosterFound(header, warned);
    for (const line of foundLines(found)) output.notice(line);
    return { exit: 0, json: { out, ...summary, found }, text: `${said(summary)}\n风险疑点 ${out}` };
  },
};

function said({ period, firms, rejected, counts }: RiskSummary): string {
  const found = indicatorIds.filter((id) => counts[id].hit + counts[id].needsEvidence > 0);
  const each = found.map((id) => `${indicators[id].zh}：疑点 ${String(counts[id].hit)} 户，资料不足 ${String(counts[id].needsEvidence)} 户`);
  return [`${period} 申报期 ${String(firms)} 户，不合格 ${String(rejected)} 行`, ...each].join('\n');
}
