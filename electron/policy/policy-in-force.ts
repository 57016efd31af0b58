/**
 * The policy that stands in an office 现行政策: the packs as shipped and, over them, the amendments that two people of the office confirmed. It
 * is handed on as a reader of resources whose parameters.json are the amended ones, so that whatever loads a policy from a reader
 * (in another thread too) gets the same values and the same hash.
 */
import { packIds, type PackId } from '../../shared/eligibility/model.ts';
import type { AmendmentDraft } from '../../shared/policy/amendment.ts';
import type { Context } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import type { ResourceReader } from '../platform/resources.ts';
import { amendedBy, documentText } from './amendments.ts';
import { amendmentsInForce } from './amendments.sql.ts';
import { officePolicy, packDocument, parameterDocumentSchema, type Policy, policyFiles } from '../eligibility/index.ts';

/** The policy by which this office judges: the one to ask for wherever an office is at hand, so that no amendment is overlooked. @throws Refusal POLICY_PACK_BROKEN */
export function standingPolicy(ctx: Pick<Context, 'db' | 'resources'>): Policy {
  return officePolicy(standingResources(ctx.db, ctx.resources));
}

/** An amendment as far as documents are concerned. */
export type Amending = { readonly no: string; readonly draft: AmendmentDraft };

/** The resources as this office reads them: everything in force laid over the shipped packs. */
export function standingResources(db: Database, resources: ResourceReader): ResourceReader {
  return amendedResources(resources, amendmentsInForce(db));
}

/** @param amendments in the order in which they take effect. A file that is not amended is the shipped text, byte for byte. */
export function amendedResources(resources: ResourceReader, amendments: readonly Amending[]): ResourceReader {
  return (path) => {
    const shipped = resources(path);
    const pack = packIds.find((id) => policyFiles.parameters[id] === path);
    const own = amendments.filter(({ draft }) => draft.pack === pack);
    if (shipped === null || own.length === 0) return shipped;
    return documentText(own.reduce(amendedBy, parameterDocumentSchema.parse(JSON.parse(shipped))));
  };
}

/**
 * Every hash under which the pack has stood in this office: as shipped, and after each amendment in force. A document of another office that
 * was judged under an earlier one is not foreign (E160).
 */
export function knownPackHashes(db: Database, resources: ResourceReader, pack: PackId): readonly string[] {
  const inForce = amendmentsInForce(db).filter(({ draft }) => draft.pack === pack);
  return Array.from({ length: inForce.length + 1 }, (_, count) => packDocument(amendedResources(resources, inForce.slice(0, count)), pack).hash);
}
