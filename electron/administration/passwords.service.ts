/**
 * Handlers of passwords 口令. Whoever knows a password that another person uses could act as that person; so a password set by another opens nothing
 * until its owner has changed it, and a third person has vouched 当面确认 that the owner did. Comparing and hashing is slow and happens before the
 * transaction.
 * @source shared reviews faults.md E2; decisions 12 (separation of duties)
 */
import type { administrationContract } from '../../shared/administration/contract.ts';
import type { Operator } from '../../shared/administration/model.ts';
import { passwordFault } from '../../shared/administration/password.ts';
import { refuse } from '../../shared/errors.ts';
import { administratorDuties, dutyNames, type Duty } from '../../shared/kernel/office.ts';
import { type Context, type HandlersOf, plain, type PrepareEnv, prepared } from '../journal/index.ts';
import { hashPassword, passwordMatches } from '../platform/keystore.ts';
import { recordAccess, writeSecret } from './access.ts';
import { personName, readOperator, readOperators, readPasswordHash, readPasswordStanding } from './administration.sql.ts';
import { counterOf, countRight, countWrong, notesInLedger, refuseWhileLocked } from './attempts.ts';

type PasswordContract = Pick<typeof administrationContract, 'administration.setPassword' | 'administration.vouchPassword' | 'administration.unlock'>;

/** A password made ready: its hash, and how the one in force compared when its owner named it. */
type Ready = { readonly hash: string; readonly owned: { readonly stored: string; readonly right: boolean } | null };

export const passwordHandlers: HandlersOf<PasswordContract> = {
  'administration.setPassword': prepared({
    prepare: (env, { username, password, current }) => Promise.resolve(ready(env, username, password, current)),
    apply: (ctx, { username }, { hash, owned }) => {
      requireOperator(ctx, username);
      if (ctx.actor.username === username) {
        requireOwner(ctx, username, owned);
        replacePassword(ctx, username, hash, false);
      } else {
        requireMaySetFor(ctx, username);
        replacePassword(ctx, username, hash, true);
      }
      return { username };
    },
  }),
  'administration.vouchPassword': plain((ctx, { username }) => {
    const operator = requireOperator(ctx, username);
    const standing = readPasswordStanding(ctx.db, username);
    if (standing?.changedAt === undefined || standing.changedAt === null) return refuse('PASSWORD_NOT_TO_VOUCH', { name: operator.name });
    if (ctx.actor.username === username || ctx.actor.username === standing.setBy) return refuse('PASSWORD_VOUCH_SAME', { name: operator.name, by: personName(ctx.db, standing.setBy) });
    recordAccess(ctx, username, 'password-vouched');
    return { username };
  }),
  'administration.unlock': plain((ctx, { username }) => {
    requireOperator(ctx, username);
    for (const asked of ['password', 'key-passphrase'] as const) notesInLedger.write(ctx, counterOf(asked, username), { failures: 0, lockedUntil: null });
    recordAccess(ctx, username, 'unlocked');
    return { username };
  }),
};

/** The hash of a first password 初始口令, or null where none is given. @throws Refusal PASSWORD_TOO_SHORT, PASSWORD_TRIVIAL */
export function firstHash({ random }: Pick<PrepareEnv, 'random'>, password: string | undefined, names: readonly string[]): string | null {
  if (password === undefined) return null;
  refuseWeak(password, names);
  return hashPassword(password, random);
}

/** Stores the first password that the system administrator gives with an account. Any other administrator there is must vouch for it later. */
export function giveFirstPassword(ctx: Context, username: string, hash: string): void {
  replacePassword(ctx, username, hash, administratorsBeside(ctx, username).length > 0);
}

/** @throws Refusal PASSWORD_TOO_SHORT, PASSWORD_TRIVIAL */
export function refuseWeak(password: string, names: readonly string[]): void {
  const fault = passwordFault(password, names);
  if (fault?.kind === 'short') refuse('PASSWORD_TOO_SHORT', { min: fault.min });
  if (fault?.kind === 'trivial') refuse('PASSWORD_TRIVIAL', { why: fault.why });
}

/** @throws Refusal UNKNOWN_OPERATOR */
export function requireOperator(ctx: Context, username: string): Operator {
  return readOperator(ctx.db, username) ?? refuse('UNKNOWN_OPERATOR', { username });
}

function ready(env: PrepareEnv, username: string, password: string, current: string | undefined): Ready {
  const { operator, stored } = env.read((ctx) => ({ operator: readOperator(ctx.db, username), stored: readPasswordHash(ctx.db, username) }));
  refuseWeak(password, [username, operator?.name ?? '', env.office.name]);
  if (env.actor.username !== username || stored === null) return { hash: hashPassword(password, env.random), owned: null };
  if (current === undefined || current === '') return refuse('SECRET_NEEDED', { what: '原口令' });
  env.read((ctx) => { refuseWhileLocked(ctx, 'password', username, notesInLedger); });
  if (current.normalize('NFC') === password.normalize('NFC')) return refuse('PASSWORD_SAME');
  return { hash: hashPassword(password, env.random), owned: { stored, right: passwordMatches(current, stored) } };
}

/** The owner named the password in force; a wrong one counts like a wrong sign-in. */
function requireOwner(ctx: Context, username: string, owned: Ready['owned']): void {
  const stored = readPasswordHash(ctx.db, username);
  if (stored !== (owned?.stored ?? null)) refuse('STALE_STATE');
  if (owned?.right === false) countWrong(ctx, 'password', username, notesInLedger);
}

function requireMaySetFor(ctx: Context, username: string): void {
  if (!ctx.actor.duties.includes('security')) refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: '重设他人口令', needed: dutyNames.security });
  // Somebody must be left who can vouch for the owner afterwards, or the account could never act again.
  if (!administratorsBeside(ctx, username).some((other) => readPasswordStanding(ctx.db, other.username) === null)) refuse('PASSWORD_NO_VOUCHER');
}

/** Active administrators beside the one who sets the password and the one whose it is. */
function administratorsBeside(ctx: Context, username: string): Operator[] {
  const isAdministrator = (duty: Duty): boolean => (administratorDuties as readonly Duty[]).includes(duty);
  return readOperators(ctx.db).filter((other) => other.active && other.username !== username && other.username !== ctx.actor.username && other.duties.some(isAdministrator));
}

function replacePassword(ctx: Context, username: string, hash: string, vouch: boolean): void {
  writeSecret(ctx.db, ctx.journal, { username, hash, vouch });
  countRight(ctx, 'password', username, notesInLedger);
}
