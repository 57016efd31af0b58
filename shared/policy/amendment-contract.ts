/** Operations of 政策参数 and 政策更正: what stands, proposing, confirming, withdrawing, and whom a changed value touches. */
import { z } from 'zod';
import { amendmentRoleDuties } from '../administration/duties.ts';
import { businessDuties, duties } from '../kernel/office.ts';
import { command, query } from '../kernel/operation.ts';
import { periodSchema, requiredText, textSchema, yuanDifference, yuanTotal } from '../kernel/schema.ts';
import { amendmentDraftSchema, amendmentNoSchema, amendmentStates, certainties } from './amendment.ts';
import { packIds, routeIds, sizeClasses, verdicts } from '../eligibility/model.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const grounds = { cites: z.array(z.string()), certainty: z.enum(certainties), note: z.string().nullable() };

const shownValue = z.strictObject({
  value: z.json(),
  text: z.string(),
  issuedOn: z.string(),
  ...grounds,
  /** Amendment that set it; null = shipped. */
  amendment: z.string().nullable(),
});

/** One amendment towards people. */
export const amendmentView = z.strictObject({
  no: amendmentNoSchema,
  source: z.enum(['own', 'received']),
  state: z.enum(amendmentStates),
  /** Its place among those that took effect in the tax office; null until then. */
  place: z.number().int().nullable(),
  draft: amendmentDraftSchema,
  changes: z.array(z.strictObject({ key: z.string(), label: z.string(), unit: z.string(), before: z.string(), after: z.string(), ...grounds })),
  /** Who signed it in the tax office, for a received one. */
  signedBy: z.string().nullable(),
  package: z.string().nullable(),
  proposer: z.string().nullable(),
  proposedAt: z.string().nullable(),
  confirmer: z.string().nullable(),
  confirmedAt: z.string().nullable(),
  withdrawnBy: z.string().nullable(),
  withdrawReason: z.string().nullable(),
  /** Hash of the pack as it stood from its confirmation on. */
  packHash: hash.nullable(),
});

/** A taxpayer's answer under one policy. */
const side = z.strictObject({
  verdict: z.enum(verdicts),
  route: z.enum(routeIds).nullable(),
  size: z.enum([...sizeClasses, 'undetermined']),
  existing: yuanDifference.nullable(),
  incremental: yuanDifference.nullable(),
  existingOpenFrom: periodSchema.nullable(),
  incrementalOpenFrom: periodSchema.nullable(),
  total: yuanTotal,
});

export const ruleChangeLine = z.strictObject({
  period: periodSchema,
  uscc: z.string(),
  name: z.string(),
  before: side,
  after: side,
  /** After less before. */
  difference: yuanDifference,
  refund: z.strictObject({ no: z.string(), state: z.string() }).nullable(),
  /** What the desk does next, one Chinese sentence without the final 。 */
  nextStep: z.string(),
});

const sums = { rows: z.number().int(), changed: z.number().int(), unchanged: z.number().int(), before: yuanTotal, after: yuanTotal, difference: yuanDifference };

const judged = [
  'AMENDMENT_KEY_UNKNOWN', 'AMENDMENT_KEY_TWICE', 'AMENDMENT_UNIT_DIFFERS', 'AMENDMENT_VALUE_MALFORMED', 'AMENDMENT_DATE_AHEAD', 'AMENDMENT_NOT_LATER',
  'AMENDMENT_CHANGES_NOTHING', 'POLICY_PACK_BROKEN',
] as const;

/** Lines that one answer may hold; the longest list is the whole roster of every period. */
export const ruleChangeLinesMax = 50_000;

export const amendmentContract = {
  'policy.parameters': query(
    z.strictObject({}),
    z.strictObject({
      packs: z.array(
        z.strictObject({
          pack: z.enum(packIds),
          title: z.string(),
          from: periodSchema,
          until: periodSchema.nullable(),
          hash,
          /** Hash of the file as shipped; the same while nothing is amended. */
          shippedHash: hash,
          parameters: z.array(
            z.strictObject({ key: z.string(), label: z.string(), unit: z.string(), form: z.string(), standing: shownValue, earlier: z.array(shownValue) }),
          ),
          settings: z.array(z.strictObject({ key: z.string(), label: z.string(), unit: z.string(), text: z.string(), note: z.string().nullable() })),
        }),
      ),
    }),
    { title: '政策参数', may: duties, errors: ['POLICY_PACK_BROKEN'] },
  ),
  'policy.amendments': query(z.strictObject({}), z.strictObject({ amendments: z.array(amendmentView) }), { title: '政策更正清单', may: duties, errors: ['POLICY_PACK_BROKEN'] }),
  'policy.propose': command(z.strictObject({ draft: amendmentDraftSchema }), amendmentView, {
    title: '提出政策更正', may: amendmentRoleDuties.proposer, agencies: ['tax'], errors: judged,
  }),
  'policy.confirm': command(z.strictObject({ no: amendmentNoSchema }), amendmentView, {
    title: '确认政策更正', may: [...new Set([...amendmentRoleDuties.confirmer, ...amendmentRoleDuties.proposer])],
    errors: [...judged, 'AMENDMENT_UNKNOWN', 'AMENDMENT_NOT_OPEN', 'AMENDMENT_SAME_PERSON', 'AMENDMENT_OUT_OF_ORDER'],
  }),
  'policy.withdraw': command(z.strictObject({ no: amendmentNoSchema, reason: requiredText(200) }), amendmentView, {
    title: '撤回政策更正', may: [...new Set([...amendmentRoleDuties.confirmer, ...amendmentRoleDuties.proposer])], agencies: ['tax'], errors: ['AMENDMENT_UNKNOWN', 'AMENDMENT_NOT_OPEN'],
  }),
  'policy.ruleChange': query(
    z.strictObject({
      /** An amendment by its number, in any state, or one that is only thought of. */
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('amendment'), no: amendmentNoSchema }),
        z.strictObject({ kind: z.literal('draft'), draft: amendmentDraftSchema }),
      ]),
      /** Absent = every filing period that has been assessed. */
      period: periodSchema.optional(),
      search: textSchema(60).optional(),
      offset: z.number().int().min(0).max(10_000_000).default(0),
      limit: z.number().int().min(1).max(ruleChangeLinesMax).default(200),
    }),
    z.strictObject({
      title: z.string(),
      amendment: z.string().nullable(),
      changes: amendmentView.shape.changes,
      packs: z.array(z.strictObject({ pack: z.enum(packIds), before: hash, after: hash })),
      periods: z.array(z.strictObject({ period: periodSchema, ...sums })),
      total: z.strictObject(sums),
      /** Changed taxpayers, largest difference first; `count` is over the search. */
      rows: z.array(ruleChangeLine),
      count: z.number().int(),
    }),
    { title: '规则更正影响清单', may: businessDuties, agencies: ['tax'], errors: [...judged, 'AMENDMENT_UNKNOWN', 'ROSTER_MISSING', 'PERIOD_BEFORE_POLICY'] },
  ),
};
