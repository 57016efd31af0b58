/**
 * Relations between industry codes 行业代码 of different depth: whether a code such as `I`, `I65`, `I651` lies inside a list such as
 * 软件和信息技术服务业 (`I65`). Compares prefixes only; whether a code exists in GB/T 4754-2017 is the roster reader's question.
 */

/** `partly`: the code is coarser than the list, so some of its sales may belong and some may not. */
export type Coverage = 'in' | 'out' | 'partly';

/** @param listCodes prefixes such as `C`, `I65`, `K701` */
export function coverageOf(code: string, listCodes: readonly string[]): Coverage {
  if (listCodes.some((listed) => code.startsWith(listed))) return 'in';
  return listCodes.some((listed) => listed.startsWith(code)) ? 'partly' : 'out';
}

/** A coverage test that remembers: a roster holds few distinct codes and very many rows. */
export function rememberedCoverage(listCodes: readonly string[]): (code: string) => Coverage {
  const known = new Map<string, Coverage>();
  return (code) => {
    const remembered = known.get(code);
    if (remembered !== undefined) return remembered;
    const coverage = coverageOf(code, listCodes);
    known.set(code, coverage);
    return coverage;
  };
}
