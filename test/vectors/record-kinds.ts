/** Records one package of every kind as a vector: `node test/vectors/record-kinds.ts`. Only kinds without a file are written: what is recorded stays readable for ever. */
import { existsSync, writeFileSync } from 'node:fs';
import { foreignCounty, sampledKinds } from '../support/foreign-offices.ts';
import { forge } from '../support/exchange-packages.ts';
import { knowledgeOf } from '../support/mutant-run.ts';

const county = await foreignCounty();
for (const kind of sampledKinds) {
  const file = new URL(`kinds/${kind}.json`, import.meta.url);
  if (existsSync(file)) continue;
  const { to, letter } = county.of(kind);
  const { bytes } = await forge(letter);
  const { ownHead, sent, ...told } = knowledgeOf(to, [(letter.manifest?.['policy_pack'] as { hash?: string } | undefined)?.hash ?? '']);
  const { seq } = to.ack['head_seen'] as { seq: number };
  const knows = { ...told, ownHeads: { [seq]: ownHead(seq) }, sent: { 1: sent(1) } };
  writeFileSync(file, `${JSON.stringify({ about: `${kind} after FORMAT.md: what the receiver knows, the file, and what stands inside`, knows, rows: letter.rows, package: Buffer.from(bytes).toString('base64') }, null, 1)}\n`);
}
county.close();
