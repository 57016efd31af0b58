/** Entry kinds of 政策更正: proposed, received, confirmed, withdrawn, and their folds: the only writers of `policy_amendment`. */
import { z } from 'zod';
import { amendmentRoles } from '../../shared/administration/duties.ts';
import { amendmentDraftSchema, amendmentNoSchema } from '../../shared/policy/amendment.ts';
import { canonicalText, defineEntry, type EntryKind } from '../journal/index.ts';

export const amendmentProposed = defineEntry({
  kind: 'policy.propose', formerly: ['eligibility.amendment-proposed'],
  stream: 'business',
  version: 1,
  title: '提出政策更正',
  facts: z.strictObject({ no: amendmentNoSchema, draft: amendmentDraftSchema }),
  fold({ db }, { facts: { no, draft }, maker, at }) {
    db.prepare(
      `INSERT INTO policy_amendment (no, source, pack, draft, state, proposer, proposed_at) VALUES (@no, 'own', @pack, @draft, 'proposed', @maker, @at)`,
    ).run({ no, pack: draft.pack, draft: canonicalText(draft), maker, at });
  },
});

/** Amendments that the tax office signed; nobody of this office stands for them yet. */
export const amendmentsReceived = defineEntry({
  kind: 'policy.receive', formerly: ['eligibility.amendments-received'],
  stream: 'business',
  version: 1,
  title: '收到政策更正',
  facts: z.strictObject({
    packageId: z.string(),
    amendments: z.array(z.strictObject({ no: amendmentNoSchema, place: z.number().int().min(1), signedBy: z.string(), draft: amendmentDraftSchema })).min(1),
  }),
  fold({ db }, { facts: { packageId, amendments } }) {
    const insert = db.prepare(
      `INSERT INTO policy_amendment (no, source, package, signed_by, pack, draft, state, place) VALUES (@no, 'received', @packageId, @signedBy, @pack, @draft, 'received', @place)`,
    );
    for (const { no, place, signedBy, draft } of amendments) insert.run({ no, packageId, signedBy, pack: draft.pack, draft: canonicalText(draft), place });
  },
});

export const amendmentConfirmed = defineEntry({
  kind: 'policy.confirm', formerly: ['eligibility.amendment-confirmed'],
  stream: 'business',
  version: 1,
  title: '确认政策更正',
  facts: z.strictObject({
    no: amendmentNoSchema,
    role: z.enum(amendmentRoles),
    /** Place and the hash of the pack from now on; null for the first of two people. */
    effect: z.strictObject({ place: z.number().int().min(1), packHash: z.string().regex(/^[0-9a-f]{64}$/) }).nullable(),
  }),
  fold({ db }, { facts: { no, effect }, maker, at }) {
    if (effect === null) {
      db.prepare("UPDATE policy_amendment SET state = 'proposed', proposer = @maker, proposed_at = @at WHERE no = @no").run({ no, maker, at });
      return;
    }
    db.prepare("UPDATE policy_amendment SET state = 'in-force', place = @place, confirmer = @maker, confirmed_at = @at, pack_hash = @packHash WHERE no = @no").run({ no, maker, at, ...effect });
  },
});

export const amendmentWithdrawn = defineEntry({
  kind: 'policy.withdraw', formerly: ['eligibility.amendment-withdrawn'],
  stream: 'business',
  version: 1,
  title: '撤回政策更正',
  facts: z.strictObject({ no: amendmentNoSchema, reason: z.string() }),
  fold({ db }, { facts: { no, reason }, maker, at }) {
    db.prepare("UPDATE policy_amendment SET state = 'withdrawn', withdrawn_by = @maker, withdrawn_at = @at, withdraw_reason = @reason WHERE no = @no").run({ no, maker, at, reason });
  },
});

export const amendmentEntries: readonly EntryKind[] = [amendmentProposed, amendmentsReceived, amendmentConfirmed, amendmentWithdrawn];
