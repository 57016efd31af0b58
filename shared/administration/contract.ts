/** Operations of 系统管理: the office, its people and its settings. */
import { z } from 'zod';
import { command, query } from '../kernel/operation.ts';
import { administratorDuties, businessDuties, duties } from '../kernel/office.ts';
import { agencySchema, civilDateSchema, instantSchema, requiredText, yuanTotal } from '../kernel/schema.ts';
import { nameText, personNameMax } from './name-text.ts';
import { countyProfileSchema, officeIdentitySchema, operatorSchema, passwordStandingSchema, usernameSchema } from './model.ts';

const dutiesSchema = z.array(z.enum(duties)).max(7);

export const administrationContract = {
  'administration.status': query(
    z.strictObject({}),
    z.strictObject({
      office: officeIdentitySchema,
      countyName: z.string(),
      head: z.strictObject({ seq: z.number().int(), hash: z.string() }),
      schemaVersion: z.number().int(),
      operators: z.number().int(),
      lastBackupAt: z.string().nullable(),
    }),
    { title: '单位概况', may: 'anyone' },
  ),
  'administration.desk': query(
    z.strictObject({}),
    z.strictObject({
      lines: z.array(
        z.strictObject({
          table: z.string(), state: z.string(), title: z.string(), may: z.array(z.enum(businessDuties)).readonly(), count: z.number().int(), total: yuanTotal.nullable(),
          oldest: z.string().nullable(), dueOn: civilDateSchema.nullable(), daysLeft: z.number().int().nullable(), overdue: z.number().int(),
        }),
      ).readonly(),
    }),
    { title: '待办', may: duties },
  ),
  'administration.profile': query(z.strictObject({}), countyProfileSchema, { title: '县区参数', may: duties }),
  'administration.profileProposal': query(
    z.strictObject({}),
    z.strictObject({
      proposal: z.strictObject({
        digest: z.string(), reason: z.string(), proposedBy: z.string(), proposedAt: instantSchema, remarks: z.array(z.string()),
        changes: z.array(z.strictObject({ label: z.string(), from: z.string(), to: z.string() })),
      }).nullable(),
    }),
    { title: '待确认的县区参数修改', may: duties },
  ),
  'administration.proposeProfile': command(
    z.strictObject({ profile: countyProfileSchema, reason: requiredText(200) }),
    z.strictObject({ changed: z.boolean() }),
    { title: '提出修改县区参数', may: ['system'], errors: ['PROFILE_UNFIT'] },
  ),
  /** `digest` is that of the proposal which the person has seen. */
  'administration.confirmProfile': command(
    z.strictObject({ digest: z.string().regex(/^[0-9a-f]{64}$/, '不是提案的校验码') }),
    countyProfileSchema,
    { title: '确认修改县区参数', may: ['reviewer', 'approver'], errors: ['PROFILE_NOT_PROPOSED', 'PROFILE_SAME_PERSON', 'PROFILE_UNFIT', 'STALE_STATE'] },
  ),
  'administration.rejectProfile': command(
    z.strictObject({ reason: requiredText(200) }),
    z.strictObject({ changed: z.boolean() }),
    { title: '退回县区参数修改', may: ['reviewer', 'approver'], errors: ['PROFILE_NOT_PROPOSED'] },
  ),
  'administration.operators': query(z.strictObject({}), z.strictObject({ operators: z.array(operatorSchema.extend({ password: passwordStandingSchema.nullable() })) }), {
    title: '操作员名单',
    may: 'signed-in',
    beforeOwnPassword: true,
  }),
  'administration.addOperator': command(
    z.strictObject({ username: usernameSchema, name: nameText(personNameMax), duties: dutiesSchema.default([]), password: z.string().max(200).optional() }),
    operatorSchema,
    { title: '建立操作员', may: ['system'], errors: ['OPERATOR_EXISTS', 'DUTIES_INCOMPATIBLE', 'PASSWORD_TOO_SHORT', 'PASSWORD_TRIVIAL', 'DUTY_NOT_HELD'] },
  ),
  'administration.setDuties': command(
    z.strictObject({ username: usernameSchema, duties: dutiesSchema }),
    operatorSchema,
    { title: '调整岗位', may: ['security'], errors: ['UNKNOWN_OPERATOR', 'DUTIES_INCOMPATIBLE', 'LAST_SECURITY_ADMINISTRATOR'] },
  ),
  'administration.setActive': command(
    z.strictObject({ username: usernameSchema, active: z.boolean(), reason: requiredText(200) }),
    operatorSchema,
    { title: '停用或启用操作员', may: ['security'], errors: ['UNKNOWN_OPERATOR', 'LAST_SECURITY_ADMINISTRATOR'] },
  ),
  'administration.setPassword': command(
    /** `current` is asked of whoever changes the own password. */
    z.strictObject({ username: usernameSchema, password: z.string().max(200), current: z.string().max(200).optional() }),
    z.strictObject({ username: usernameSchema }),
    {
      title: '更换或重设口令', may: 'signed-in', beforeOwnPassword: true,
      errors: ['UNKNOWN_OPERATOR', 'PASSWORD_TOO_SHORT', 'PASSWORD_TRIVIAL', 'PASSWORD_SAME', 'PASSWORD_WRONG', 'ACCOUNT_LOCKED', 'SECRET_NEEDED', 'DUTY_NOT_HELD', 'PASSWORD_NO_VOUCHER', 'STALE_STATE'],
    },
  ),
  'administration.vouchPassword': command(
    z.strictObject({ username: usernameSchema }),
    z.strictObject({ username: usernameSchema }),
    { title: '当面确认口令', may: administratorDuties, errors: ['UNKNOWN_OPERATOR', 'PASSWORD_NOT_TO_VOUCH', 'PASSWORD_VOUCH_SAME'] },
  ),
  'administration.unlock': command(
    z.strictObject({ username: usernameSchema }),
    z.strictObject({ username: usernameSchema }),
    { title: '解锁账户', may: ['security'], errors: ['UNKNOWN_OPERATOR'] },
  ),
  'administration.confirmDate': command(
    z.strictObject({ date: civilDateSchema, reason: requiredText(200) }),
    z.strictObject({ date: civilDateSchema, back: z.boolean() }),
    { title: '确认日期', may: administratorDuties, errors: ['DATE_DIFFERS', 'DUTY_NOT_HELD'], anyClock: true },
  ),
  'administration.agency': query(
    z.strictObject({}),
    z.strictObject({ agency: agencySchema, practice: z.boolean() }),
    { title: '单位类别', may: 'anyone' },
  ),
};
