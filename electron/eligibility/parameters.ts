/**
 * The form of a pack's parameters.json 政策参数: every value dated, cited, graded and with its unit; a later dated value of the same
 * key amends an earlier one (as 2022 No. 17, 19 and 21 did). Reads documents already parsed from JSON; never touches a file.
 * @source shared spec house.md (Policy packs), readings.md
 */
import { z } from 'zod';
import { certainties } from '../../shared/policy/amendment.ts';
import { packIds, type PackId } from '../../shared/eligibility/model.ts';
import { civilDateSchema, periodSchema } from '../../shared/kernel/schema.ts';
import { assert } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { TaxPeriod } from '../../shared/kernel/tax-period.ts';

export const certaintySchema = z.enum(certainties);

const citesSchema = z.array(z.string().min(1).max(60)).min(1);

const datedValueSchema = z.strictObject({
  value: z.json(),
  /** Date of the document that set the value, or where that was not found, the day it took effect. */
  issuedOn: civilDateSchema,
  cites: citesSchema,
  certainty: certaintySchema,
  note: z.string().optional(),
});

export const parameterDocumentSchema = z.strictObject({
  pack: z.enum(packIds),
  title: z.string().min(1),
  filing: z.strictObject({ from: periodSchema, until: periodSchema.nullable(), cites: citesSchema, certainty: certaintySchema }),
  notes: z.array(z.string()).optional(),
  parameters: z.array(
    z.strictObject({ key: z.string().min(1), label: z.string().min(1), unit: z.string().min(1), values: z.array(datedValueSchema).min(1) }),
  ),
  /** Readings of ours that a county may change; none of them is law. */
  settings: z.array(
    z.strictObject({
      key: z.string().min(1),
      label: z.string().min(1),
      unit: z.string().min(1),
      value: z.json(),
      cites: citesSchema,
      certainty: z.literal('D'),
      note: z.string().optional(),
    }),
  ),
});
export type ParameterDocument = z.infer<typeof parameterDocumentSchema>;

/** New dated values for keys of a pack: what a signed POLICY_AMENDMENT carries. */
export const amendmentSchema = z.strictObject({
  pack: z.enum(packIds),
  title: z.string().min(1),
  parameters: parameterDocumentSchema.shape.parameters,
});
export type Amendment = z.infer<typeof amendmentSchema>;

/** The values that stand, by key, still untyped; each pack's own schema types them. */
export type StandingValues = Readonly<Record<string, unknown>>;

/**
 * The values that stand on a day: of each key the latest one issued by then. Keys whose first value is later are absent.
 * @param asOf null = everything known today
 */
export function standingValues(document: ParameterDocument, asOf: CivilDate | null): StandingValues {
  const standing: Record<string, unknown> = {};
  for (const parameter of document.parameters) {
    const known = parameter.values.filter((value) => asOf === null || value.issuedOn <= asOf);
    const last = known.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1)).at(-1);
    assert(!Object.hasOwn(standing, parameter.key), 'a parameter stands once in its document');
    if (last !== undefined) standing[parameter.key] = last.value;
  }
  for (const setting of document.settings) {
    assert(!Object.hasOwn(standing, setting.key), 'a setting stands once and is no parameter');
    standing[setting.key] = setting.value;
  }
  return standing;
}

/** The document with the amendment's dated values added. @throws AssertionFault for another pack's amendment or a value dated twice */
export function amended(document: ParameterDocument, amendment: Amendment): ParameterDocument {
  assert(document.pack === amendment.pack, 'an amendment belongs to one pack');
  const byKey = new Map(document.parameters.map((parameter) => [parameter.key, parameter]));
  for (const change of amendment.parameters) {
    const standing = byKey.get(change.key);
    const dates = new Set(standing?.values.map((value) => value.issuedOn));
    assert(change.values.every((value) => !dates.has(value.issuedOn)), 'a value of one day is never replaced');
    byKey.set(change.key, standing === undefined ? change : { ...standing, values: [...standing.values, ...change.values] });
  }
  return { ...document, parameters: [...byKey.values()] };
}

/** Filing periods for which a pack is in force, both inclusive; `until` null = still in force. */
export type FilingSpan = { readonly from: TaxPeriod; readonly until: TaxPeriod | null };

/** The one pack in force for a filing period, or null before the first. @throws AssertionFault when two claim it */
export function packInForce(spans: Readonly<Record<PackId, FilingSpan>>, filing: TaxPeriod): PackId | null {
  const inForce = packIds.filter((id) => spans[id].from <= filing && filing <= (spans[id].until ?? filing));
  assert(inForce.length <= 1, 'two packs for one filing period');
  return inForce[0] ?? null;
}
