/**
 * The policy 政策 that an office or a run works with: every pack and the size standards, made from files that the caller reads. This
 * file knows which files are needed and what they must hold; it never opens one and computes no hash itself.
 * @source shared spec house.md (Policy packs), headless.md (`pack` by filing period)
 */
import { byPack, packIds, type PackId } from '../../shared/eligibility/model.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { parseArticles, type Article } from '../../shared/eligibility/articles.ts';
import type { MadeFrom, Pack } from './pack.ts';
import { packTable } from './packs/index.ts';
import { packInForce, parameterDocumentSchema, standingValues, type FilingSpan, type ParameterDocument } from './parameters.ts';
import { parseSizeStandards, type SizeStandards } from './size-standards.ts';

/** First filing period that any pack covers; earlier ones are wrong usage (readings.md, Routes). */
export const firstFilingPeriod: TaxPeriod = taxPeriod('2019-05');

/** Files that make up the policy, as paths below `resources/`. */
export const policyFiles = {
  parameters: byPack((id) => `policy/${id}/parameters.json`),
  articles: [...packIds.map((id) => `policy/${id}/articles.md`), 'reference/articles.md'],
  sizeStandards: 'reference/size-standards.json',
} as const;

/** One pack's parameters.json as parsed and checked, with the hash of its bytes as the caller computed it. */
export type PackDocument = { readonly document: ParameterDocument; readonly hash: string };

export type Policy = {
  readonly packs: Readonly<Record<PackId, Pack>>;
  readonly documents: Readonly<Record<PackId, PackDocument>>;
  readonly standards: SizeStandards;
};

/** Checks the form of one parameters.json. @throws ZodError when it has another form */
export function parsePack(parametersJson: unknown, hash: string): PackDocument {
  return { document: parameterDocumentSchema.parse(parametersJson), hash };
}

export type PolicyParts = {
  readonly documents: Readonly<Record<PackId, PackDocument>>;
  /** size-standards.json, parsed from JSON. */
  readonly sizeStandards: unknown;
  /** Values as known on this day; null = everything known today. A pack issued later stands as it stands today. */
  readonly asOf?: CivilDate | null;
};

/** Builds the packs. @throws ZodError when a value is missing or has another form */
export function policyFrom({ documents, sizeStandards, asOf = null }: PolicyParts): Policy {
  for (const id of packIds) assert(documents[id].document.pack === id, 'a pack stands in its own place');
  const sourceOf = (id: PackId): MadeFrom<unknown> => {
    const { document, hash } = documents[id];
    const issued = asOf !== null && document.parameters.some((parameter) => parameter.values.some((value) => value.issuedOn <= asOf));
    const parameters = packTable[id].schema.parse(standingValues(document, issued ? asOf : null));
    return { title: document.title, span: { from: document.filing.from, until: document.filing.until }, hash, parameters };
  };
  return {
    documents,
    standards: parseSizeStandards(sizeStandards),
    // Parsed by the schema that stands beside the builder in the same row.
    packs: byPack((id) => packTable[id].build(sourceOf(id) as MadeFrom<never>, (pack) => sourceOf(pack) as MadeFrom<never>)),
  };
}

/**
 * Reads and builds the policy through the caller's reader and hash.
 * @param readText text of a file below `resources/`
 * @param hashText content hash of a file's text, stored with every determination
 */
export function loadPolicy(readText: (path: string) => string, hashText: (text: string) => string): Policy {
  const document = (id: PackId): PackDocument => {
    const text = readText(policyFiles.parameters[id]);
    return parsePack(JSON.parse(text), hashText(text));
  };
  return policyFrom({
    documents: byPack(document),
    sizeStandards: JSON.parse(readText(policyFiles.sizeStandards)),
  });
}

/** Every article that a finding may cite, by citation. @throws AssertionFault when two pages hold the same citation */
export function loadArticles(readText: (path: string) => string): ReadonlyMap<string, Article> {
  const articles = new Map<string, Article>();
  for (const path of policyFiles.articles) {
    for (const [cite, article] of parseArticles(readText(path))) {
      assert(!articles.has(cite), `an article stands on two pages: ${cite}`);
      articles.set(cite, article);
    }
  }
  return articles;
}

/** Filing periods of every pack. */
export function spansOf({ packs }: Policy): Readonly<Record<PackId, FilingSpan>> {
  return byPack((id) => packs[id].span);
}

/** The pack in force for a filing period; null before firstFilingPeriod. */
export function packFor(policy: Policy, filing: TaxPeriod): Pack | null {
  const id = packInForce(spansOf(policy), filing);
  return id === null ? null : policy.packs[id];
}
