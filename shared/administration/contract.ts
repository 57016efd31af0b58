/** Operations of 系统管理: the office, its people and its settings. */
import { z } from 'zod';
import { command, query } from '../kernel/operation.ts';
import { businessDuties, duties } from '../kernel/office.ts';
import { agencySchema, civilDateSchema, requiredText, yuanNotNegative } from '../kernel/schema.ts';
import { countyProfileSchema, officeIdentitySchema, operatorSchema, usernameSchema } from './model.ts';

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
          table: z.string(), state: z.string(), title: z.string(), may: z.array(z.enum(businessDuties)).readonly(), count: z.number().int(), total: yuanNotNegative.nullable(),
          oldest: z.string().nullable(), dueOn: civilDateSchema.nullable(), daysLeft: z.number().int().nullable(), overdue: z.number().int(),
        }),
      ).readonly(),
    }),
    { title: '待办', may: 'signed-in' },
  ),
  'administration.profile': query(z.strictObject({}), countyProfileSchema, { title: '县区参数', may: 'signed-in' }),
  'administration.setProfile': command(
    z.strictObject({ profile: countyProfileSchema, reason: requiredText(200) }),
    z.strictObject({ changed: z.boolean() }),
    { title: '修改县区参数', may: ['system'] },
  ),
  'administration.operators': query(z.strictObject({}), z.strictObject({ operators: z.array(operatorSchema) }), {
    title: '操作员名单',
    may: 'signed-in',
  }),
  'administration.addOperator': command(
    z.strictObject({ username: usernameSchema, name: requiredText(30), duties: dutiesSchema.default([]), password: z.string().max(200).optional() }),
    operatorSchema,
    { title: '建立操作员', may: ['system'], errors: ['OPERATOR_EXISTS', 'DUTIES_INCOMPATIBLE', 'PASSWORD_TOO_SHORT', 'DUTY_NOT_HELD'] },
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
    z.strictObject({ username: usernameSchema, password: z.string().max(200) }),
    z.strictObject({ username: usernameSchema }),
    { title: '重设口令', may: 'signed-in', errors: ['UNKNOWN_OPERATOR', 'PASSWORD_TOO_SHORT', 'DUTY_NOT_HELD'] },
  ),
  'administration.unlock': command(
    z.strictObject({ username: usernameSchema }),
    z.strictObject({ username: usernameSchema }),
    { title: '解锁账户', may: ['security'], errors: ['UNKNOWN_OPERATOR'] },
  ),
  'administration.agency': query(
    z.strictObject({}),
    z.strictObject({ agency: agencySchema, practice: z.boolean() }),
    { title: '单位类别', may: 'anyone' },
  ),
};
