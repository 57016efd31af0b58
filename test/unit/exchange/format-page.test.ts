/** FORMAT.md is enough for a stranger: its tables of fields are those of the program, its kinds, agreements and limits are named as they are. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { behaviourOf } from '../../../electron/exchange/kinds/table.ts';
import { packageLimits } from '../../../electron/exchange/package-schema.ts';
import { freezeReasons } from '../../../shared/exchange/freezes.ts';
import { isExchangeable, packageKindNames, packageKinds, sectionsOf } from '../../../shared/exchange/kinds.ts';
import { formatPage, formatPages } from '../../support/format-fields.ts';

const page = readFileSync(formatPage, 'utf8');

test('C7 FORMAT.md 的字段表就是程序的分段表（改动后运行 node test/support/format-fields.ts）', () => {
  const { standing, made } = formatPages();
  expect(standing).toBe(made);
});

test('C7 FORMAT.md 写明每一种包的方向、分段和一致性', () => {
  for (const kind of packageKindNames.filter(isExchangeable)) {
    const { from, to } = packageKinds[kind];
    const said = (agencies: readonly string[]): string => (agencies.length === 3 ? 'any' : agencies.join(', '));
    expect(page, kind).toContain(`| \`${kind}\` | ${said(from)} → ${said(to)} | ${sectionsOf(kind).map((name) => `\`${name}\``).join(', ')} |`);
    const common = (/\| every kind \| (.*) \|/.exec(page)?.[1] ?? '') + (new RegExp(`\\n\\| \`${kind}\` \\| (\`month-.*) \\|\\n`).exec(page)?.[1] ?? '');
    expect(behaviourOf(kind).agreements.filter(({ name }) => !common.includes(`\`${name}\``)).map(({ name }) => name), kind).toEqual([]);
  }
});

test('C7 FORMAT.md 写明冻结通道的每个原因和真实的上限', () => {
  for (const code of Object.keys(freezeReasons)) expect(page).toContain(`\`${code}\``);
  for (const bytes of [packageLimits.packageBytes, packageLimits.headerBytes, packageLimits.manifestBytes]) expect(page).toContain(bytes.toLocaleString('en-US'));
});
