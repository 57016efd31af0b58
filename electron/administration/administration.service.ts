/** Handlers of 系统管理: people, duties, passwords, settings and the office's own status. */
import type { administrationContract } from '../../shared/administration/contract.ts';
import { dutiesCompatible } from '../../shared/administration/duties.ts';
import { passwordLengthMin, type Operator } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { administratorDuties, dutyNames, type Duty } from '../../shared/kernel/office.ts';
import { type Context, type DeskSource, type HandlersOf, plain, prepared } from '../journal/index.ts';
import { hashPassword } from '../platform/keystore.ts';
import { readBackups } from './backup.sql.ts';
import { readOperator, readOperators, writeFailures, writePasswordHash } from './administration.sql.ts';
import { accessRecorded, operatorSet, profileChanged } from './entries.ts';

/** What the office needs to show what waits anywhere. */
export type DeskNeeds = { readonly waiting: DeskSource };

export const deskHandlers = ({ waiting }: DeskNeeds): HandlersOf<Pick<typeof administrationContract, 'administration.desk'>> => ({
  'administration.desk': plain((ctx) => ({ lines: waiting(ctx) })),
});

export const administrationHandlers: HandlersOf<Omit<typeof administrationContract, 'administration.desk'>> = {
  'administration.status': plain((ctx) => ({
    office: ctx.office,
    countyName: ctx.profile.name,
    head: ctx.journal.head(),
    schemaVersion: Number(ctx.db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0n),
    operators: readOperators(ctx.db).filter((operator) => operator.active).length,
    lastBackupAt: readBackups(ctx.db, 1)[0]?.madeAt ?? null,
  })),
  'administration.agency': plain((ctx) => ({ agency: ctx.office.agency, practice: ctx.office.practice })),
  'administration.profile': plain((ctx) => ctx.profile),
  'administration.setProfile': plain((ctx, { profile, reason }) => {
    if (JSON.stringify(profile) === JSON.stringify(ctx.profile)) return { changed: false };
    ctx.journal.append(profileChanged, { key: `administration.profile/${ctx.journal.head().seq}`, subject: ctx.office.county, facts: { profile, reason } });
    return { changed: true };
  }),
  'administration.operators': plain((ctx) => ({ operators: readOperators(ctx.db) })),
  'administration.addOperator': prepared({
    prepare: (_env, { password }) => Promise.resolve(passwordHashOf(password)),
    apply: (ctx, { username, name, duties }, hash) => {
      if (readOperator(ctx.db, username) !== null) refuse('OPERATOR_EXISTS', { username });
      requireCompatible(duties);
      // The system administrator fills the other two administrators' chairs once; business duties are the security administrator's to give.
      const free = administratorDuties.filter((duty) => !readOperators(ctx.db).some((operator) => operator.active && operator.duties.includes(duty)));
      const beyond = duties.filter((duty) => !(free as readonly Duty[]).includes(duty));
      if (beyond.length > 0) refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: `授予${beyond.map((duty) => dutyNames[duty]).join('、')}岗位`, needed: dutyNames.security });
      const operator = setOperator(ctx, { username, name, duties, active: true }, null);
      if (hash !== null) setPassword(ctx, username, hash);
      return operator;
    },
  }),
  'administration.setDuties': plain((ctx, { username, duties }) => {
    const standing = requireOperator(ctx, username);
    requireCompatible(duties);
    keepLastAdministrator(ctx, standing, duties);
    return setOperator(ctx, { ...standing, duties }, null);
  }),
  'administration.setActive': plain((ctx, { username, active, reason }) => {
    const standing = requireOperator(ctx, username);
    if (!active) keepLastAdministrator(ctx, standing, []);
    return setOperator(ctx, { ...standing, active }, reason);
  }),
  'administration.setPassword': prepared({
    prepare: (_env, { password }) => Promise.resolve(passwordHashOf(password)),
    apply: (ctx, { username }, hash) => {
      requireOperator(ctx, username);
      if (ctx.actor.username !== username && !ctx.actor.duties.includes('security')) {
        refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: '重设他人口令', needed: dutyNames.security });
      }
      setPassword(ctx, username, hash ?? refuse('PASSWORD_TOO_SHORT', { min: passwordLengthMin }));
      return { username };
    },
  }),
  'administration.unlock': plain((ctx, { username }) => {
    requireOperator(ctx, username);
    writeFailures(ctx.db, username, { failures: 0, lockedUntil: null });
    recordAccess(ctx, username, 'unlocked');
    return { username };
  }),
};

/** Writes one operator through its entry. */
export function setOperator(ctx: Context, operator: Operator, reason: string | null): Operator {
  const facts = { operator: { ...operator, duties: [...operator.duties].sort() }, reason };
  ctx.journal.append(operatorSet, { key: `administration.operator/${operator.username}/${String(ctx.journal.head().seq + 1)}`, subject: operator.username, facts });
  return facts.operator;
}

/** Records one access fact in the audit stream. */
export function recordAccess(ctx: Context, username: string, what: 'signed-in' | 'sign-in-failed' | 'locked' | 'unlocked' | 'password-set'): void {
  ctx.journal.append(accessRecorded, { key: `administration.access/${String(ctx.journal.head().seq + 1)}`, subject: username, facts: { username, what } });
}

function setPassword(ctx: Context, username: string, hash: string): void {
  writePasswordHash(ctx.db, username, hash);
  writeFailures(ctx.db, username, { failures: 0, lockedUntil: null });
  recordAccess(ctx, username, 'password-set');
}

function passwordHashOf(password: string | undefined): string | null {
  if (password === undefined) return null;
  if ([...password].length < passwordLengthMin) refuse('PASSWORD_TOO_SHORT', { min: passwordLengthMin });
  return hashPassword(password);
}

function requireOperator(ctx: Context, username: string): Operator {
  return readOperator(ctx.db, username) ?? refuse('UNKNOWN_OPERATOR', { username });
}

function requireCompatible(duties: readonly Duty[]): void {
  if (!dutiesCompatible(duties)) refuse('DUTIES_INCOMPATIBLE', { duties: duties.map((duty) => dutyNames[duty]).join('、') });
}

/** No administrator's chair may be left empty by taking it from its last holder. */
function keepLastAdministrator(ctx: Context, standing: Operator, duties: readonly Duty[]): void {
  for (const duty of administratorDuties) {
    if (!standing.duties.includes(duty) || duties.includes(duty)) continue;
    const others = readOperators(ctx.db).filter((operator) => operator.active && operator.username !== standing.username && operator.duties.includes(duty));
    if (others.length === 0) refuse('LAST_SECURITY_ADMINISTRATOR', { duty: dutyNames[duty] });
  }
}
