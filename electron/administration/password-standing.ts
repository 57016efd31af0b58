/** Whether a person may act with the password in force 口令状态: what is said about it on the list of people, and the refusal. It changes nothing. */
import type { Operator, PasswordStanding } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { shanghaiDateTime } from '../../shared/kernel/civil-date.ts';
import type { Context } from '../journal/index.ts';
import { readOperators, readPasswordStanding, type PasswordStanding as StoredStanding } from './administration.sql.ts';

/** As the list of people says it; null for a password of one's own. */
export function passwordStandingOf(standings: readonly StoredStanding[], people: readonly Operator[], username: string): PasswordStanding | null {
  const found = standings.find((standing) => standing.username === username);
  if (found === undefined) return null;
  const { setBy, setAt, changedAt } = found;
  return { state: changedAt === null ? 'to-change' : 'to-vouch', by: people.find((person) => person.username === setBy)?.name ?? setBy, at: setAt };
}

/** @throws Refusal PASSWORD_TO_CHANGE, PASSWORD_TO_VOUCH while a password set by another is in force */
export function refuseUnsettledPassword({ db, actor }: Context, title: string): void {
  const stored = readPasswordStanding(db, actor.username);
  const standing = stored === null ? null : passwordStandingOf([stored], readOperators(db), actor.username);
  if (standing === null) return;
  refuse(standing.state === 'to-change' ? 'PASSWORD_TO_CHANGE' : 'PASSWORD_TO_VOUCH', { name: actor.name, by: standing.by, at: shanghaiDateTime(standing.at), title });
}
