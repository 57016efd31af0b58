/** One recorded package of every kind, read by the second reader that knows FORMAT.md alone. If a file has to change, packages already on sticks can no longer be read. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isExchangeable, packageKindNames } from '../../shared/exchange/kinds.ts';
import { readKxp, type Knows } from '../support/kxp-reader.ts';

type Vector = {
  readonly knows: Omit<Knows, 'ownHead' | 'sent'> & { readonly ownHeads: Readonly<Record<string, string>>; readonly sent: Readonly<Record<string, { readonly hash: string; readonly kind: string }>> };
  readonly rows: unknown;
  readonly package: string;
};

const folder = new URL('kinds/', import.meta.url);
const kinds = packageKindNames.filter(isExchangeable);

test('C7 每一种可收发的包都有一份留存的样本', () => {
  expect(readdirSync(folder).sort()).toEqual(kinds.map((kind) => `${kind}.json`).sort());
});

test.each(kinds)('C7 %s 的样本由另一读包程序读出同样内容，改一个字节就读不出', async (kind) => {
  const { knows: { ownHeads, sent, ...told }, rows, package: text } = JSON.parse(readFileSync(new URL(`${kind}.json`, folder), 'utf8')) as Vector; // recorded by record-kinds.ts
  const knows: Knows = { ...told, ownHead: (seq) => ownHeads[String(seq)] ?? null, sent: (seq) => sent[String(seq)] ?? null };
  const bytes = new Uint8Array(Buffer.from(text, 'base64'));
  const reading = await readKxp(bytes, knows);
  expect(reading.ok ? reading.meaning.rows : reading.why).toEqual(rows);
  const damaged = bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1);
  expect((await readKxp(damaged, knows)).ok).toBe(false);
});
