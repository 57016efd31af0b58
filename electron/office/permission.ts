/** Whether a person may do or read something 岗位权限: by the office's kind and the duties held, and by nothing else. The password in force is judged apart. */
import { refusal } from '../../shared/errors.ts';
import type { Refusal } from '../../shared/kernel/errors.ts';
import { agencyNames, dutyNames, type Agency } from '../../shared/kernel/office.ts';
import type { Operation } from '../../shared/kernel/operation.ts';
import type { Actor } from '../journal/index.ts';

/** @param actor null before sign-in. @returns why not, or null: NOT_IN_THIS_OFFICE, SIGN_IN_NEEDED, DUTY_NOT_HELD */
export function permission({ title, agencies, may }: Pick<Operation, 'title' | 'agencies' | 'may'>, agency: Agency, actor: Pick<Actor, 'name' | 'duties'> | null): Refusal | null {
  if (!agencies.includes(agency)) return refusal('NOT_IN_THIS_OFFICE', { title, agency: agencyNames[agency], agencies: agencies.map((one) => agencyNames[one]).join('、') });
  if (may === 'anyone') return null;
  if (actor === null) return refusal('SIGN_IN_NEEDED', { title });
  if (may === 'signed-in' || actor.duties.some((duty) => may.includes(duty))) return null;
  return refusal('DUTY_NOT_HELD', { person: actor.name, title, needed: may.map((duty) => dutyNames[duty]).join('、') });
}
