/**
 * Handlers of 县区参数: a change is proposed by the system administrator and takes effect when a second person, who answers for the money, confirms exactly
 * what was proposed; a newer proposal takes the place of one that waits. The rules across fields are shared/administration/profile-rules.ts; how money is split is refunds'.
 * @source shared spec decisions 12; every split of a refund follows the shares, so that one person alone does not set them
 */
import type { administrationContract } from '../../shared/administration/contract.ts';
import { countyProfileSchema, type CountyProfile } from '../../shared/administration/model.ts';
import { profileChanges, profileFaults, profileRemarks } from '../../shared/administration/profile-rules.ts';
import { refuse } from '../../shared/errors.ts';
import type { DeskLine } from '../../shared/kernel/case.ts';
import { canonicalText, type Context, type HandlersOf, plain } from '../journal/index.ts';
import { sha256Hex } from '../platform/hash.ts';
import { personName, readProfileProposal, type ProfileProposal } from './administration.sql.ts';
import { profileChanged, profileProposed, profileRejected } from './entries.ts';

type ProfileOperations = 'administration.profile' | 'administration.profileProposal' | 'administration.proposeProfile' | 'administration.confirmProfile' | 'administration.rejectProfile';

export const confirmsProfile = ['reviewer', 'approver'] as const;

export const profileHandlers: HandlersOf<Pick<typeof administrationContract, ProfileOperations>> = {
  'administration.profile': plain((ctx) => ctx.profile),
  'administration.profileProposal': plain((ctx) => {
    const found = readProfileProposal(ctx.db);
    if (found === null) return { proposal: null };
    const { profile, reason, proposedBy, proposedAt } = found;
    return {
      proposal: {
        digest: digestOf(found), reason, proposedAt, proposedBy: personName(ctx.db, proposedBy), changes: [...profileChanges(ctx.profile, profile)],
        remarks: [...profileRemarks(profile)],
      },
    };
  }),
  'administration.proposeProfile': plain((ctx, { profile, reason }) => {
    if (canonicalText(profile) === canonicalText(ctx.profile)) return { changed: false };
    requireSound(ctx, profile);
    ctx.journal.append(profileProposed, { key: `administration.proposeProfile/${nextSeq(ctx)}`, subject: ctx.office.county, facts: { profile, reason } });
    return { changed: true };
  }),
  'administration.confirmProfile': plain((ctx, { digest }) => {
    const proposal = readProfileProposal(ctx.db) ?? refuse('PROFILE_NOT_PROPOSED');
    if (proposal.proposedBy === ctx.actor.username) refuse('PROFILE_SAME_PERSON', { name: ctx.actor.name });
    if (digestOf(proposal) !== digest) refuse('STALE_STATE');
    requireSound(ctx, proposal.profile);
    const { profile, reason } = proposal;
    ctx.journal.append(profileChanged, { key: `administration.profile/${nextSeq(ctx)}`, subject: ctx.office.county, facts: { profile, reason } });
    return profile;
  }),
  'administration.rejectProfile': plain((ctx, { reason }) => {
    if (readProfileProposal(ctx.db) === null) refuse('PROFILE_NOT_PROPOSED');
    ctx.journal.append(profileRejected, { key: `administration.rejectProfile/${nextSeq(ctx)}`, subject: ctx.office.county, facts: { reason } });
    return { changed: true };
  }),
};

/** A proposal that waits for its second person. */
export function profileDesk(ctx: Context): readonly DeskLine[] {
  const proposal = readProfileProposal(ctx.db);
  if (proposal === null) return [];
  const none = { total: null, dueOn: null, daysLeft: null, overdue: 0 };
  return [{ table: 'administration', state: 'profile-proposed', title: '县区参数修改待确认', may: confirmsProfile, count: 1, oldest: proposal.proposedAt, ...none }];
}

function requireSound(ctx: Context, profile: CountyProfile): void {
  const faults = profileFaults(profile, ctx.profile);
  if (faults.length > 0) refuse('PROFILE_UNFIT', { why: faults.join('；') });
}

/** What was shown to the person who confirms. */
function digestOf({ profile, proposedBy, proposedAt }: ProfileProposal): string {
  return sha256Hex(canonicalText({ profile: countyProfileSchema.parse(profile), proposedBy, proposedAt }));
}

function nextSeq(ctx: Context): string {
  return String(ctx.journal.head().seq + 1);
}
