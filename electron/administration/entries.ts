/** Entry kinds of 系统管理 and their folds: the office opened, people, settings, sign-ins and refused acts. */
import { z } from 'zod';
import { countyProfileSchema, officeIdentitySchema, operatorSchema } from '../../shared/administration/model.ts';
import { civilDateSchema, instantSchema } from '../../shared/kernel/schema.ts';
import { defineEntry, type EntryKind } from '../journal/index.ts';

/** Business key of the first entry of every ledger. */
export const officeOpenedKey = 'administration.office-opened';

/** Who makes the entries of a founding: the program itself. */
const foundingMaker = '#program';

/** Business key of the entry of a person whom the founding made. */
export function firstOperatorKey(username: string): string {
  return `administration.operator/${username}/first`;
}

export const officeOpened = defineEntry({
  kind: 'administration.open', formerly: ['administration.office-opened'],
  stream: 'business',
  version: 1,
  title: '建立单位账本',
  facts: z.strictObject({ office: officeIdentitySchema, profile: countyProfileSchema }),
  fold({ db }, { facts: { office, profile } }) {
    db.prepare('INSERT INTO office (id, agency, county, name, practice, opened_at, profile) VALUES (1, @agency, @county, @name, @practice, @openedAt, @profile)').run({
      agency: office.agency,
      county: office.county,
      name: office.name,
      practice: office.practice ? 1n : 0n,
      openedAt: office.openedAt,
      profile: JSON.stringify(profile),
    });
  },
});

export const profileProposed = defineEntry({
  kind: 'administration.proposeProfile',
  stream: 'business',
  version: 1,
  title: '提出修改县区参数',
  facts: z.strictObject({ profile: countyProfileSchema, reason: z.string() }),
  fold({ db }, { maker, at, facts: { profile, reason } }) {
    db.prepare('INSERT OR REPLACE INTO profile_proposal (id, profile, reason, proposed_by, proposed_at) VALUES (1, @profile, @reason, @maker, @at)').run({
      profile: JSON.stringify(profile), reason, maker, at,
    });
  },
});

export const profileRejected = defineEntry({
  kind: 'administration.rejectProfile',
  stream: 'business',
  version: 1,
  title: '退回县区参数修改',
  facts: z.strictObject({ reason: z.string() }),
  fold({ db }) {
    db.exec('DELETE FROM profile_proposal');
  },
});

/** The profile takes effect: made by the person who confirms what another proposed. Before there were proposals one person set it at once. */
export const profileChanged = defineEntry({
  kind: 'administration.setProfile', formerly: ['administration.profile-changed'],
  stream: 'business',
  version: 1,
  title: '修改县区参数',
  facts: z.strictObject({ profile: countyProfileSchema, reason: z.string() }),
  fold({ db }, { facts }) {
    db.prepare('UPDATE office SET profile = @profile').run({ profile: JSON.stringify(facts.profile) });
    db.exec('DELETE FROM profile_proposal');
  },
});

export const operatorSet = defineEntry({
  kind: 'administration.setOperator', formerly: ['administration.operator-set'],
  stream: 'business',
  version: 1,
  title: '操作员与岗位',
  facts: z.strictObject({ operator: operatorSchema, reason: z.string().nullable() }),
  fold({ db }, { facts: { operator } }) {
    db.prepare(
      'INSERT INTO operator (username, name, duties, active) VALUES (@username, @name, @duties, @active) ON CONFLICT (username) DO UPDATE SET name = @name, duties = @duties, active = @active',
    ).run({
      username: operator.username,
      name: operator.name,
      duties: JSON.stringify(operator.duties),
      active: operator.active ? 1n : 0n,
    });
  },
});

/**
 * Audit: a password set, an account unlocked, a sign-in; no secret and no taxpayer is ever in it. Of passwords it makes the state that decides
 * whether the owner may act: whose password another set, whether it was changed since, whether somebody must still vouch for the owner.
 */
export const accessRecorded = defineEntry({
  kind: 'administration.noteAccess', formerly: ['administration.access'],
  stream: 'audit',
  version: 3,
  title: '登录与口令',
  facts: z.strictObject({
    username: z.string(),
    what: z.enum([
      'signed-in', 'sign-in-failed', 'locked', 'unlocked', 'password-set', 'password-vouched', 'keys-opened', 'key-passphrase-wrong', 'key-passphrase-locked',
    ]),
    /** With `password-set` by another: somebody else must vouch for the owner once it has been changed. */
    vouch: z.boolean(),
    /** With `password-set`: the digest of the stored password hash; entries from before version 3 have none. */
    digest: z.string().regex(/^[0-9a-f]{64}$/).optional(),
  }),
  // Before version 2 nobody vouched.
  upcast: { 1: (facts) => ({ ...(facts as Readonly<Record<string, string>>), vouch: false }), 2: (facts) => facts }, // version 1 was two texts
  fold({ db }, { maker, at, facts: { username, what, vouch } }) {
    const row = { username, maker, at };
    if (what === 'password-set' && maker !== username && maker !== foundingMaker) {
      const columns = 'username, set_by, set_at, vouch, changed_at';
      db.prepare(`INSERT OR REPLACE INTO password_standing (${columns}) VALUES (@username, @maker, @at, @vouch, NULL)`).run({ ...row, vouch: vouch ? 1n : 0n });
    } else if (what === 'password-set') {
      db.prepare('DELETE FROM password_standing WHERE username = @username AND vouch = 0').run({ username });
      db.prepare('UPDATE password_standing SET changed_at = @at WHERE username = @username').run({ username, at });
    } else if (what === 'password-vouched') {
      db.prepare('DELETE FROM password_standing WHERE username = @username').run({ username });
    }
  },
});

/** Audit: an act refused for want of a duty or by the separation of duties. */
export const actRefused = defineEntry({
  kind: 'administration.refuseAct', formerly: ['administration.act-refused'],
  stream: 'audit',
  version: 1,
  title: '越权操作被拒',
  facts: z.strictObject({ operation: z.string(), code: z.string() }),
  fold() {
    // Audit entries make no state.
  },
});

/** The date told by a person: after a jump ahead of days, or, with `back`, after acts under a date that lay ahead. */
export const dateConfirmed = defineEntry({
  kind: 'administration.confirmDate',
  stream: 'business',
  version: 1,
  title: '确认日期',
  facts: z.strictObject({ date: civilDateSchema, floor: instantSchema.nullable(), back: z.boolean(), reason: z.string() }),
  fold() {
    // The floor of the clock is read from the log itself.
  },
});

export const administrationEntries: readonly EntryKind[] = [officeOpened, profileProposed, profileRejected, profileChanged, operatorSet, accessRecorded, actRefused, dateConfirmed];
