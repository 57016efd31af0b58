/**
 * Sending again what an opening made void 作废重发: the office opens its own stored package with its archive key and sends the same document under a number of
 * the new epoch. It does not ask the capability that once gathered it, because that one has long counted it as sent.
 * @source shared spec exchange.md 2.3 (the sender's archive key), 2.5; FORMAT.md 7.4
 */
import { refuse } from '../../shared/errors.ts';
import { isPackageKind, type PackageKind } from '../../shared/exchange/kinds.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { agencyNames } from '../../shared/kernel/office.ts';
import type { PrepareEnv } from '../journal/index.ts';
import { readCanonicalBytes } from './canonical-json.ts';
import { readContentAway } from './content-away.ts';
import type { ExportRequest } from './kind.ts';
import { readFrame, readPlaintext } from './package-format.ts';
import { manifestSchema, packageLimits } from './package-schema.ts';
import { findSent } from './package.sql.ts';
import { readVoid } from './epoch.sql.ts';
import { identityOf, unseal } from './sealing.ts';
import { splitSections } from './section-split.ts';

/** The document of a void package, ready to be planned. @throws Refusal PACKAGE_NOT_FOUND, PACKAGE_NOT_VOID, KEY_LOCKED */
export async function voidDocument(env: PrepareEnv, packageId: string): Promise<{ readonly kind: PackageKind; readonly request: ExportRequest }> {
  const { sent, bytes } = env.read((ctx) => {
    const found = findSent(ctx.db, packageId) ?? refuse('PACKAGE_NOT_FOUND');
    if (!readVoid(ctx.db, found.peer).some(({ manifestHash }) => manifestHash === found.manifestHash)) refuse('PACKAGE_NOT_VOID', { agency: agencyNames[found.peer], seq: found.seq });
    return { sent: found, bytes: ctx.journal.bytes(found.bytes) };
  });
  const frame = readFrame(bytes);
  assert(frame.ok, 'a package of this office is a package');
  const parts = readPlaintext(await unseal(frame.frame.ciphertext, env.keys.idsOf('encryption').reverse().map((keyId) => identityOf(env.keys.secret(keyId)))));
  assert(parts !== null, 'a package of this office has a manifest');
  const gate = readCanonicalBytes(parts.manifestBytes, packageLimits.manifestBytes);
  assert(gate.ok, 'a manifest of this office is canonical');
  const manifest = manifestSchema.parse(gate.value);
  const { kind } = manifest;
  assert(isPackageKind(kind), 'a package of this office is of a known kind');
  const split = splitSections(kind, manifest, parts.body);
  assert(split.ok, 'sections of this office hold');
  const content = await readContentAway(kind, manifest, split.parts);
  assert(content.ok, 'rows of this office are sound');
  return {
    kind,
    request: {
      to: sent.peer, period: manifest.period, batchNo: null, ofSeq: null,
      again: {
        rows: content.content.sections, docId: manifest.doc_id, period: manifest.period, policyPack: manifest.policy_pack,
        preparedBy: manifest.prepared_by, reviewedBy: manifest.reviewed_by, approvedBy: manifest.approved_by, receiptOf: null,
      },
    },
  };
}
