/** `sample`: a list in, a sample 抽样 out that anyone can draw again from seed and list. The file appears only when it is whole. */
import type { Allocation } from '../../shared/oversight/sample.ts';
import { sampleOf, type SampleTerms } from '../oversight/index.ts';
import { listFoundLines } from './found.ts';
import { writeDocument } from './document-file.ts';
import { requiredOption, textOption, UsageFault, type Verb, type VerbOptions } from './verb.ts';

export const sample: Verb = {
  name: 'sample',
  usage: '--population F --seed 文字 --size N [--strata 列[:层=户数,…]] [--all-where 列=值] --out F [--replace]',
  says: '不需要单位：从名单中按公开的种子抽样，任何人用任何 SHA-256 工具都能抽出同一份样本。',
  options: { population: 'text', seed: 'text', size: 'text', strata: 'text', 'all-where': 'text', out: 'text', replace: 'flag' },
  words: [0, 0],
  async run({ options, output }) {
    const out = requiredOption(options, 'out');
    const size = sizeOf(requiredOption(options, 'size'));
    const terms: SampleTerms = {
      population: requiredOption(options, 'population'), seed: seedOf(requiredOption(options, 'seed')), size,
      strata: strataOf(options, size), certain: certainOf(options),
    };
    const { document, found } = await sampleOf(terms);
    // Other columns of a population are free: nobody is told of them.
    for (const line of listFoundLines('抽样名单', { ...found, unread: [] })) output.notice(line);
    await writeDocument(out, document, options['replace'] === true, 'SAMPLE_NOT_WRITTEN');
    const drawn = document.draw.reduce((sum, { sample: those }) => sum + those.length, 0);
    const certain = document.certain === null ? '' : `，另有必查 ${String(document.certain.units.length)} 户`;
    const text = `名单 ${String(document.population.units)} 户，抽取 ${String(drawn)} 户${certain}；名单摘要 ${document.population.sha256}\n抽样结果 ${out}`;
    return { exit: 0, json: { out, units: document.population.units, drawn, certain: document.certain?.units.length ?? 0 }, text };
  },
};

/** As it stands: a blank at its ends or a line break could not be repeated by a stranger. */
function seedOf(text: string): string {
  if (text === '' || text.trim() !== text || /[\r\n\u2028\u2029]/.test(text)) throw new UsageFault('--seed 不能为空，前后不能有空白，不能换行');
  return text;
}

function sizeOf(text: string): number {
  const size = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0;
  if (size < 1) throw new UsageFault('--size 须是不小于 1 的整数');
  return size;
}

function strataOf(options: VerbOptions, size: number): SampleTerms['strata'] {
  const text = textOption(options, 'strata');
  if (text === undefined) return null;
  const at = text.indexOf(':');
  const column = at < 0 ? text : text.slice(0, at);
  if (column === '') throw new UsageFault('--strata 须给出列名');
  return { column, allocation: at < 0 ? 'proportional' : allocationOf(text.slice(at + 1), size) };
}

function allocationOf(how: string, size: number): Allocation {
  if (how === 'proportional') return 'proportional';
  const numbers = new Map<string, number>();
  for (const item of how.split(',')) {
    const match = /^(.*)=(0|[1-9][0-9]{0,8})$/u.exec(item);
    if (match === null || numbers.has(match[1] ?? '')) throw new UsageFault('--strata 的户数须写作“层=户数”，以逗号分隔，每层一次');
    numbers.set(match[1] ?? '', Number(match[2]));
  }
  const sum = [...numbers.values()].reduce((total, number) => total + number, 0);
  if (sum !== size) throw new UsageFault(`各层户数合计 ${String(sum)}，须等于 --size ${String(size)}`);
  return numbers;
}

function certainOf(options: VerbOptions): SampleTerms['certain'] {
  const text = textOption(options, 'all-where');
  if (text === undefined) return null;
  const at = text.indexOf('=');
  if (at < 1) throw new UsageFault('--all-where 须写作“列=值”');
  return { column: text.slice(0, at), value: text.slice(at + 1) };
}
