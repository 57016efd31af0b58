/**
 * Amendments of policy values 政策更正 over the documents of the packs: whether a proposal may stand, the documents as amended, and the values
 * with the amendment that set each. Pure: documents and amendments come in, nothing is read or written.
 * @source shared spec house.md (Amendments of values travel as signed data), decisions 16
 */
import { valueFormSays, valueText, ratioUnits } from '../../shared/policy/value-forms.ts';
import type { AmendmentDraft } from '../../shared/policy/amendment.ts';
import { refusal } from '../../shared/errors.ts';
import { present } from '../../shared/kernel/assert.ts';
import type { CivilDate } from '../../shared/kernel/civil-date.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { exceeds, one, parseRatio } from '../../shared/kernel/ratio.ts';
import { canonicalText } from '../journal/index.ts';
import { amended, type Amendment, packTable, type ParameterDocument } from '../eligibility/index.ts';

type Parameter = ParameterDocument['parameters'][number];
type DatedValue = Parameter['values'][number];

/** The value that stands today: the one issued last. */
export function standingValue(parameter: Parameter): DatedValue {
  return present(parameter.values.toSorted((a, b) => (a.issuedOn < b.issuedOn ? -1 : 1)).at(-1), 'a parameter has a value');
}

/**
 * Why the draft may not stand over this document; null when it may. Asked when it is proposed, when it is received, and again when it is
 * confirmed, because another may have taken effect between.
 */
export function judgeAmendment(document: ParameterDocument, draft: AmendmentDraft, today: CivilDate): Refusal | null {
  if (draft.issuedOn > today) return refusal('AMENDMENT_DATE_AHEAD', { issuedOn: draft.issuedOn });
  const seen = new Set<string>();
  for (const change of draft.changes) {
    const parameter = document.parameters.find(({ key }) => key === change.key);
    const schema = Object.hasOwn(packTable[draft.pack].schema.shape, change.key) ? packTable[draft.pack].schema.shape[change.key] : undefined;
    if (parameter === undefined || schema === undefined) return refusal('AMENDMENT_KEY_UNKNOWN', { pack: draft.pack, key: change.key });
    const { label, unit } = parameter;
    if (seen.has(change.key)) return refusal('AMENDMENT_KEY_TWICE', { label });
    seen.add(change.key);
    if (change.unit !== unit) return refusal('AMENDMENT_UNIT_DIFFERS', { label, unit, given: change.unit });
    const given = valueText(unit, change.value).slice(0, 200);
    // The schema is of a required key; optional ones are optional only for a day before their issue.
    const parsed = schema.safeParse(change.value);
    if (!parsed.success || change.value === null || aboveOne(unit, change.value)) return refusal('AMENDMENT_VALUE_MALFORMED', { label, given, form: valueFormSays(unit) });
    const standing = standingValue(parameter);
    if (draft.issuedOn <= standing.issuedOn) return refusal('AMENDMENT_NOT_LATER', { label, standing: standing.issuedOn, issuedOn: draft.issuedOn });
    if (canonicalText(standing.value) === canonicalText(change.value)) return refusal('AMENDMENT_CHANGES_NOTHING', { label, given });
  }
  return null;
}

/** Whether the document has every value of the draft already under its day: a later program brings what was amended before. */
export function alreadyHeld(document: ParameterDocument, draft: AmendmentDraft): boolean {
  return draft.changes.every((change) => {
    const values = document.parameters.find(({ key }) => key === change.key)?.values ?? [];
    return values.some(({ issuedOn, value }) => issuedOn === draft.issuedOn && canonicalText(value) === canonicalText(change.value));
  });
}

/** A share or a rate of more than the whole is a slip of the percent sign. */
function aboveOne(unit: string, value: unknown): boolean {
  if (!ratioUnits.includes(unit)) return false;
  const ratio = typeof value === 'string' ? parseRatio(value) : null;
  return ratio === null || exceeds(ratio, one);
}

/**
 * The document with the draft's values added. A value that the shipped document already has for that day (a later program brings what was
 * amended before) is left as it is; a different one of the same day is refused.
 * @throws Refusal POLICY_PACK_BROKEN
 */
export function amendedBy(document: ParameterDocument, { no, draft }: { readonly no: string; readonly draft: AmendmentDraft }): ParameterDocument {
  const parameters = draft.changes.flatMap((change): Amendment['parameters'] => {
    const parameter = document.parameters.find(({ key }) => key === change.key);
    const same = parameter?.values.find(({ issuedOn }) => issuedOn === draft.issuedOn);
    if (parameter === undefined || (same !== undefined && canonicalText(same.value) !== canonicalText(change.value))) {
      throw refusal('POLICY_PACK_BROKEN', { pack: draft.pack, fault: `与已生效的政策更正 ${no} 不符：${change.key}` });
    }
    if (same !== undefined) return [];
    const { value, cites, certainty, note } = change;
    return [{ key: change.key, label: parameter.label, unit: parameter.unit, values: [{ value, issuedOn: draft.issuedOn, cites: [...cites], certainty, ...(note === null ? {} : { note }) }] }];
  });
  return amended(document, { pack: draft.pack, title: draft.title, parameters });
}

/** The amended document as text: what is hashed, so that equal amendments give equal hashes in every office. */
export function documentText(document: ParameterDocument): string {
  return canonicalText(document);
}
