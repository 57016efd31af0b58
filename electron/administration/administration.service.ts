/** Handlers of 系统管理: people, duties, passwords, settings and the office's own status. */
import type { administrationContract } from '../../shared/administration/contract.ts';
import { dutiesCompatible } from '../../shared/administration/duties.ts';
import type { Operator } from '../../shared/administration/model.ts';
import { refuse } from '../../shared/errors.ts';
import { administratorDuties, dutyNames, type Duty } from '../../shared/kernel/office.ts';
import { type Context, type DeskSource, type HandlersOf, plain, prepared } from '../journal/index.ts';
import { readBackups } from './backup.sql.ts';
import { readOperator, readOperators, readPasswordStandings } from './administration.sql.ts';
import { clockFloor, clockStanding } from './clock-floor.ts';
import { dateConfirmed, operatorSet } from './entries.ts';
import { passwordStandingOf as standingOf } from './password-standing.ts';
import { firstHash, giveFirstPassword, passwordHandlers, requireOperator } from './passwords.service.ts';
import { profileHandlers } from './profile.service.ts';

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
  'administration.confirmDate': plain((ctx, { date, reason }) => {
    if (date !== ctx.today) refuse('DATE_DIFFERS', { given: date, today: ctx.today });
    const floor = clockFloor().at(ctx.db);
    const back = clockStanding(ctx.now, floor).kind === 'behind';
    if (back && !ctx.actor.duties.includes('security')) refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: '把日期改回', needed: dutyNames.security });
    ctx.journal.append(dateConfirmed, { key: `administration.date/${String(ctx.journal.head().seq + 1)}`, subject: ctx.office.county, facts: { date, floor, back, reason } });
    return { date, back };
  }),
  'administration.agency': plain((ctx) => ({ agency: ctx.office.agency, practice: ctx.office.practice })),
  'administration.operators': plain((ctx) => {
    const people = readOperators(ctx.db);
    const standings = readPasswordStandings(ctx.db);
    return { operators: people.map((operator) => ({ ...operator, password: standingOf(standings, people, operator.username) })) };
  }),
  'administration.addOperator': prepared({
    prepare: (env, { username, name, password }) => Promise.resolve(firstHash(env, password, [username, name, env.office.name])),
    apply: (ctx, { username, name, duties }, hash) => {
      if (readOperator(ctx.db, username) !== null) refuse('OPERATOR_EXISTS', { username });
      requireCompatible(duties);
      // The system administrator fills the other two administrators' chairs once; business duties are the security administrator's to give.
      const free = administratorDuties.filter((duty) => !readOperators(ctx.db).some((operator) => operator.active && operator.duties.includes(duty)));
      const beyond = duties.filter((duty) => !(free as readonly Duty[]).includes(duty));
      if (beyond.length > 0) refuse('DUTY_NOT_HELD', { person: ctx.actor.name, title: `授予${beyond.map((duty) => dutyNames[duty]).join('、')}岗位`, needed: dutyNames.security });
      const operator = setOperator(ctx, { username, name, duties, active: true }, null);
      if (hash !== null) giveFirstPassword(ctx, username, hash);
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
  ...profileHandlers,
  ...passwordHandlers,
};

/** Writes one operator through its entry. */
export function setOperator(ctx: Context, operator: Operator, reason: string | null): Operator {
  const facts = { operator: { ...operator, duties: [...operator.duties].sort() }, reason };
  ctx.journal.append(operatorSet, { key: `administration.operator/${operator.username}/${String(ctx.journal.head().seq + 1)}`, subject: operator.username, facts });
  return facts.operator;
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
