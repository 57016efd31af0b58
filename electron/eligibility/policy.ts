/**
 * The policy 政策 that an office or a run works with: every pack and the size standards, made from files that the caller reads. This
 * file knows which files are needed and what they must hold; it never opens one and computes no hash itself.
 * @source shared spec house.md (Policy packs), headless.md (`pack` by filing period)
 */
import type { z } from 'zod';
import { packIds, type PackId } from '../../shared/eligibility/model.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import { taxPeriod, type TaxPeriod } from '../../shared/kernel/tax-period.ts';
import { assert } from '../../shared/kernel/assert.ts';
import { parseArticles, type Article } from '../../shared/eligibility/articles.ts';
import type { Pack } from './pack.ts';
import { generalParametersSchema } from './packs/mof-sta-gac-2019-39/parameters.ts';
import { generalPack } from './packs/mof-sta-gac-2019-39/pack.ts';
import { parametersSchema as parametersSchema2022 } from './packs/mof-sta-2022-14/parameters.ts';
import { pack2022 } from './packs/mof-sta-2022-14/pack.ts';
import { parametersSchema as parametersSchema2025 } from './packs/mof-sta-2025-07/parameters.ts';
import { pack2025 } from './packs/mof-sta-2025-07/pack.ts';
import { packInForce, parameterDocumentSchema, standingValues, type FilingSpan, type ParameterDocument } from './parameters.ts';
import { parseSizeStandards, type SizeStandards } from './size-standards.ts';

/** First filing period that any pack covers; earlier ones are wrong usage (readings.md, Routes). */
export const firstFilingPeriod: TaxPeriod = taxPeriod('2019-05');

/** Files that make up the policy, as paths below `resources/`. */
export const policyFiles = {
  parameters: {
    'mof-sta-gac-2019-39': 'policy/mof-sta-gac-2019-39/parameters.json',
    'mof-sta-2022-14': 'policy/mof-sta-2022-14/parameters.json',
    'mof-sta-2025-07': 'policy/mof-sta-2025-07/parameters.json',
  } satisfies Readonly<Record<PackId, string>>,
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

/** The keys of each pack with the schema that types their values. */
export const packSchemas: Readonly<Record<PackId, z.ZodObject<Readonly<Record<string, z.ZodType>>>>> = {
  'mof-sta-gac-2019-39': generalParametersSchema,
  'mof-sta-2022-14': parametersSchema2022,
  'mof-sta-2025-07': parametersSchema2025,
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
  const values = (id: PackId): unknown => {
    const { document } = documents[id];
    const issued = asOf !== null && document.parameters.some((parameter) => parameter.values.some((value) => value.issuedOn <= asOf));
    return standingValues(document, issued ? asOf : null);
  };
  const head = (id: PackId): { title: string; span: FilingSpan; hash: string } => {
    const { document, hash } = documents[id];
    return { title: document.title, span: { from: document.filing.from, until: document.filing.until }, hash };
  };
  const general = { ...head('mof-sta-gac-2019-39'), parameters: generalParametersSchema.parse(values('mof-sta-gac-2019-39')) };
  const source2022 = { ...head('mof-sta-2022-14'), parameters: parametersSchema2022.parse(values('mof-sta-2022-14')) };
  const source2025 = { ...head('mof-sta-2025-07'), parameters: parametersSchema2025.parse(values('mof-sta-2025-07')) };
  return {
    documents,
    standards: parseSizeStandards(sizeStandards),
    packs: {
      'mof-sta-gac-2019-39': generalPack(general),
      'mof-sta-2022-14': pack2022(source2022, general),
      'mof-sta-2025-07': pack2025(source2025),
    },
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
    documents: {
      'mof-sta-gac-2019-39': document('mof-sta-gac-2019-39'),
      'mof-sta-2022-14': document('mof-sta-2022-14'),
      'mof-sta-2025-07': document('mof-sta-2025-07'),
    },
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

/** The pack in force for a filing period; null before firstFilingPeriod. */
export function packFor(policy: Policy, filing: TaxPeriod): Pack | null {
  const id = packInForce(
    {
      'mof-sta-gac-2019-39': policy.packs['mof-sta-gac-2019-39'].span,
      'mof-sta-2022-14': policy.packs['mof-sta-2022-14'].span,
      'mof-sta-2025-07': policy.packs['mof-sta-2025-07'].span,
    },
    filing,
  );
  return id === null ? null : policy.packs[id];
}
