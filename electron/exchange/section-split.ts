/**
 * S9: the opened plaintext cut into its sections 分段 exactly as the manifest says, and the ledger leaves at its end. Lengths and hashes
 * only; what the rows say is content.ts.
 * @source shared spec exchange.md 2.4 S9; decisions 2; faults C14, C15
 */
import { leavesSection, sections, sectionsOf, type PackageKind, type SectionName } from '../../shared/exchange/kinds.ts';
import { hexOf, sha256Hex } from '../platform/hash.ts';
import { documentHash } from './control.ts';
import type { PackageManifest } from './package-schema.ts';

/** The bytes of each section by name, or the first section that does not fit. */
export type SectionSplit =
  | { readonly ok: true; readonly parts: ReadonlyMap<string, Uint8Array> }
  | { readonly ok: false; readonly section: string };

/** Names in the kind's order, exact lengths, exact hashes, nothing after the last, and the document hash over them. */
export function splitSections(kind: PackageKind, manifest: PackageManifest, body: Uint8Array): SectionSplit {
  const entries = manifest.sections;
  const expected = [...sectionsOf(kind), leavesSection];
  const parts = new Map<string, Uint8Array>();
  let offset = 0;
  for (const [index, name] of expected.entries()) {
    const entry = entries[index];
    const media = name === leavesSection ? 'application/octet-stream' : 'application/jsonl';
    if (entry?.name !== name || entry.media !== media || offset + entry.bytes > body.length) return { ok: false, section: name };
    const part = body.subarray(offset, offset + entry.bytes);
    if (sha256Hex(part) !== entry.hash) return { ok: false, section: name };
    parts.set(name, part);
    offset += entry.bytes;
  }
  if (entries.length !== expected.length) return { ok: false, section: '' };
  if (offset !== body.length) return { ok: false, section: leavesSection };
  return manifest.doc_hash === documentHash(kind, manifest.period, entries.slice(0, -1)) ? { ok: true, parts } : { ok: false, section: '' };
}

/** Leaves as hex, 32 bytes each; null when the section does not hold what the manifest says. */
export function readLeaves(manifest: PackageManifest, part: Uint8Array): string[] | null {
  const entry = manifest.sections.at(-1);
  const expected = manifest.ledger_head.seq - manifest.leaves_from.seq;
  if (entry === undefined || entry.rows !== expected || entry.sum_fen !== 0n || part.length !== expected * 32) return null;
  return Array.from({ length: expected }, (_, index) => hexOf(part.subarray(index * 32, index * 32 + 32)));
}

/** The Chinese name of a section as far as it is known. */
export function sectionTitle(name: string): string {
  if (name === leavesSection) return '账本叶摘要';
  return Object.hasOwn(sections, name) ? sections[name as SectionName].title : '全包';
}
