/** `demo`: the main job — a whole county, three offices, real files between them — printed as it goes. */
import { runDemo } from '../demo/demo.ts';
import { refusingFolderFaults } from '../office/ledger-refusals.ts';
import { isEmptyFolder, makeFolder } from '../platform/folders.ts';
import { requiredOption, textOption, UsageFault, type Verb, type VerbOptions } from './verb.ts';

export const demo: Verb = {
  name: 'demo',
  usage: '[--out DIR] [--enterprises N] [--months N] [--seed N] [--no-pdf]',
  says: '一个县的完整演示：三家演练单位、真实账本与交换包；逐月轧平并校验账本。',
  options: { out: 'text', enterprises: 'text', months: 'text', seed: 'text', 'no-pdf': 'flag' },
  words: [0, 0],
  async run({ options, env, output }) {
    const out = textOption(options, 'out') ?? firstFreeFolder('demo-out');
    refusingFolderFaults(out, () => { makeFolder(out); });
    const lines = output.lines();
    const result = await runDemo({
      out,
      enterprises: countOf(options, 'enterprises', 3000),
      months: countOf(options, 'months', 3),
      seed: countOf(options, 'seed', 1),
      resources: env.resources,
      pdf: options['no-pdf'] !== true,
      say: options['json'] === true ? () => undefined : (line) => {
        lines.line(line);
        lines.flush();
      },
    });
    lines.close();
    return { exit: result.ok ? 0 : 3, json: result, text: '', printed: true };
  },
};

/** `demo-out`, or `demo-out-2`, `-3` … when earlier demos stand there: nothing is overwritten. */
function firstFreeFolder(name: string): string {
  for (let number = 1; ; number += 1) {
    const folder = number === 1 ? name : `${name}-${String(number)}`;
    if (isEmptyFolder(folder)) return folder;
  }
}

function countOf(options: VerbOptions, name: string, standard: number): number {
  if (textOption(options, name) === undefined) return standard;
  const text = requiredOption(options, name);
  if (!/^[1-9][0-9]{0,5}$/.test(text)) throw new UsageFault(`--${name} 须是正整数`);
  return Number(text);
}
