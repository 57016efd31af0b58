/** Verbs of rosters and determinations: import, export, assess, survey. */
import { z } from 'zod';
import { refusal } from '../../shared/errors.ts';
import { groupedYuan, fenOfYuan } from '../../shared/kernel/money.ts';
import { verdictNames } from '../../shared/eligibility/terms.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import type { RosterImportResult } from '../../shared/roster/contract.ts';
import type { CellFault } from '../../shared/roster/model.ts';
import { writeFaultNames, writeOutput } from '../platform/output-file.ts';
import { fileNameOf } from '../platform/text-file.ts';
import { faultsWorkbook, rosterTemplate } from '../roster/index.ts';
import { RefusedCall } from '../../shared/reply.ts';
import { foundLines } from './found.ts';
import { optionalPeriod, periodOf, requiredOption, textOption, UsageFault, type Verb } from './verb.ts';

export const rosterImport: Verb = {
  name: 'roster import',
  usage: 'FILE --period YYYY-MM [--dry-run] [--accept-valid] [--assign 表头=列名,表头=列名…] [--without 列名,列名…] [--accept-warnings] [--faults F.xlsx] [--replace] --office DIR',
  says: [
    '导入一个申报期的名册；有不合格行时一次列全、什么也不导入（--accept-valid 只导入合格行）；',
    '--assign 指定文件的表头读作名册的哪一列（等号后留空为备注），表头相同的文件以后沿用，写 --assign 无 则不沿用；',
    '--without 逐列确认文件没有、空白按 0、否等计的列；--accept-warnings 表示须由人看过的提示已经看过；--dry-run 只预览；--faults 把问题写成工作簿。',
  ].join(''),
  options: { period: 'text', 'dry-run': 'flag', 'accept-valid': 'flag', assign: 'text', without: 'text', 'accept-warnings': 'flag', faults: 'text', replace: 'flag' },
  words: [1, 1],
  async run({ words, options, session }) {
    const file = words[0] ?? '';
    const faultsFile = textOption(options, 'faults');
    const replace = options['replace'] === true;
    const asked = {
      file, ...optionalPeriod(options), dryRun: options['dry-run'] === true, acceptValid: options['accept-valid'] === true,
      ...assignedIn(textOption(options, 'assign')), without: namesIn(textOption(options, 'without')), acceptWarnings: options['accept-warnings'] === true,
    };
    const result = await session().call('roster.import', asked).catch(async (error: unknown) => {
      const found = error instanceof RefusedCall ? listedFaults.safeParse(error.error.details) : null;
      if (faultsFile !== undefined && found?.success === true) await writeFaults(faultsFile, file, { ...found.data, replace });
      throw error;
    });
    if (faultsFile !== undefined && result.faultCount > 0) await writeFaults(faultsFile, file, { ...result, replace });
    const { text, header, warnings, warningCount, faults, faultCount } = result;
    return { exit: 0, json: result, text: [text, ...assignedLines(header), ...foundLines({ ...header, warnings, warningCount, faults, faultCount })].join('\n') };
  },
};

/** Column names of `--without`, between commas of either width or 、. */
function namesIn(text: string | undefined): string[] {
  return (text ?? '').split(/[,，、]/).map((name) => name.trim()).filter((name) => name !== '');
}

/** `期末数=期末留抵税额,备用=`: what `--assign` says; the word 无 assigns nothing, also nothing kept. @throws UsageFault without an equals sign */
function assignedIn(text: string | undefined): { readonly assigned?: { readonly header: string; readonly column: string | null }[] } {
  if (text === undefined) return {};
  if (text.trim() === '无') return { assigned: [] };
  const assigned = text.split(/[,，]/).map((part) => {
    const [, header = '', column = ''] = /^(.+)[=＝](.*)$/.exec(part.trim()) ?? [];
    if (header.trim() === '') throw new UsageFault(`--assign 中“${part.trim()}”不是“表头=列名”`);
    return { header: header.trim(), column: column.trim() === '' ? null : column.trim() };
  });
  return { assigned };
}

/** How the headers were read by hand, and since whom. */
function assignedLines({ assigned, kept }: RosterImportResult['header']): readonly string[] {
  if (assigned.length === 0) return [];
  const said = assigned.map(({ header, column }) => `${header} → ${column ?? '备注'}`).join('，');
  return [`列的对应${kept === null ? '（本次指定）' : `（沿用 ${kept.by} ${shanghaiDateTime(kept.at)} 的指定）`}：${said}`];
}

/** What a refusal of an import carries when it is about cells. */
const listedFaults = z.object({
  faults: z.array(z.strictObject({ row: z.number(), column: z.string(), value: z.string(), code: z.string(), message: z.string() })).min(1),
  faultCount: z.number().optional(),
});

/** Without a fault no file is written. */
async function writeFaults(
  path: string, rosterPath: string, { faults, faultCount = faults.length, replace }: { readonly faults: readonly CellFault[]; readonly faultCount?: number | undefined; readonly replace: boolean },
): Promise<void> {
  const fault = writeOutput(path, await faultsWorkbook(fileNameOf(rosterPath), faults, faultCount), replace);
  if (fault !== null) throw refusal('ROSTER_EXPORT_FAILED', { file: fileNameOf(path), reason: writeFaultNames[fault] });
}

export const rosterExport: Verb = {
  name: 'roster export',
  usage: 'FILE --period YYYY-MM [--replace] --office DIR',
  says: '导出一个申报期的名册（文件名以 .xlsx 结尾为工作簿，否则为 UTF-8 带 BOM 的 CSV；都可原样导回）；已有的文件只在写明 --replace 时替换。',
  options: { period: 'text', replace: 'flag' },
  words: [1, 1],
  async run({ words, options, session }) {
    const result = await session().call('roster.export', { file: words[0] ?? '', period: periodOf(requiredOption(options, 'period')) });
    return { exit: 0, json: result, text: `已导出 ${String(result.rows)} 行：${words[0] ?? ''}${/\.xlsx$/i.test(words[0] ?? '') ? '' : csvCaution}` };
  },
};

/** @source shared spec conventions.md (Files): codes as text in xlsx, and a warning for csv */
const csvCaution = '\n提示：CSV 经表格软件打开再保存，号码前面的零、长号码的后几位会丢失；要改后导回的，请导出为 .xlsx。';

export const rosterTemplateVerb: Verb = {
  name: 'roster template',
  usage: 'FILE.xlsx [--replace]',
  says: '不需要单位：写出空的名册模板（表头、一行示例、可选的词）。',
  options: { replace: 'flag' },
  words: [1, 1],
  async run({ words, options }) {
    const [path = ''] = words;
    const bytes = await rosterTemplate();
    const fault = writeOutput(path, bytes, options['replace'] === true);
    if (fault !== null) throw refusal('ROSTER_EXPORT_FAILED', { file: fileNameOf(path), reason: writeFaultNames[fault] });
    return { exit: 0, json: { file: path, bytes: bytes.length }, text: `名册模板已写入 ${path}` };
  },
};

export const assess: Verb = {
  name: 'assess',
  usage: '--period YYYY-MM --office DIR',
  says: '对一个申报期的名册逐户测算退税资格并入账。',
  options: { period: 'text' },
  words: [0, 0],
  async run({ options, session }) {
    const period = periodOf(requiredOption(options, 'period'));
    const result = await session().call('eligibility.assess', { period });
    const counts = Object.entries(result.counts).map(([verdict, count]) => `${verdictNames[verdict as keyof typeof verdictNames]} ${String(count)}`); // keys of the verdict table
    return {
      exit: 0,
      json: result,
      text: `${period} 申报期测算 ${String(result.rows)} 户${result.changed ? '' : '（与上次相同，账本未变）'}：${counts.join('，')}；可退合计 ${yuan(result.refundableTotal)} 元`,
    };
  },
};

function yuan(text: string): string {
  return groupedYuan(fenOfYuan(text));
}
