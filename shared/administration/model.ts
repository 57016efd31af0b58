/**
 * The office 单位, its people 操作员 and the county profile 县区参数. The profile is data: nothing in the code is particular to one
 * county. What the law leaves open (shares, subject codes, bounds) is a setting here with a stated default.
 */
import { z } from 'zod';
import { parseRatio } from '../kernel/ratio.ts';
import { agencySchema, instantSchema, requiredText } from '../kernel/schema.ts';
import { duties } from '../kernel/office.ts';

const shareText = z.string().refine((text) => parseRatio(text) !== null, '不是比例');

/** Parts that carry a refund 分担级次. */
export const shareParts = ['central', 'province', 'county'] as const;
export type SharePart = (typeof shareParts)[number];

export const countyProfileSchema = z.strictObject({
  /** 行政区划代码 GB/T 2260. */
  code: z.string().regex(/^[0-9]{6}$/),
  name: requiredText(50),
  /** 央地分担: default 50 / 35 / 15 (国发〔2019〕21号; below the province needs evidence, policy-facts 6.1). */
  shares: z.strictObject({ central: shareText, province: shareText, county: shareText }),
  /** Which part takes the remaining fen; no rule was found (policy-facts 6.2). */
  shareRemainderTo: z.enum(shareParts),
  /** 预算科目 by kind of taxpayer and policy (财预〔2022〕40号; policy-facts 6.2). */
  subjectCodes: z.array(
    z.strictObject({
      smallMicro: z.boolean(),
      policy: z.enum(['original', 'new']),
      code: z.string().regex(/^[0-9]{9}$/),
      name: requiredText(60),
    }),
  ).readonly(),
  /** Subject before the 2022 codes existed: applications made before `from`. */
  subjectCodeBefore: z.strictObject({ from: z.string(), code: z.string().regex(/^[0-9]{9}$/), name: requiredText(60) }),
  /** Which routes count as 原政策 or 新增政策: no rule was found, so this is a setting (policy-facts 12.13). */
  policyOfRoute: z.record(z.string(), z.enum(['original', 'new'])),
  /** 10: the monthly report is due by this day (county plan 二(五)). */
  monthlyReportDay: z.number().int().min(1).max(28),
});
export type CountyProfile = z.infer<typeof countyProfileSchema>;

/** Why an office on a read-only medium 只读介质 is only looked at: its ledger is sound. */
export const ledgerUnwritable = '账本文件或它所在的磁盘不能写入';

export const officeIdentitySchema = z.strictObject({
  agency: agencySchema,
  county: z.string().regex(/^[0-9]{6}$/),
  name: requiredText(60),
  /** Practice 演练: one operator a duty, no password, settable clock; never mixed with real offices. */
  practice: z.boolean(),
  openedAt: instantSchema,
});
export type OfficeIdentity = z.infer<typeof officeIdentitySchema>;

export const usernameRule = '2–32 位小写字母、数字、下划线或短横，字母开头';
export const usernameSchema = z.string().regex(/^[a-z][a-z0-9_-]{1,31}$/, `用户名为 ${usernameRule}`);

export const operatorSchema = z.strictObject({
  username: usernameSchema,
  name: requiredText(30),
  duties: z.array(z.enum(duties)).readonly(),
  active: z.boolean(),
});
export type Operator = z.infer<typeof operatorSchema>;

/**
 * A password that another set 他人设置的口令 and that does not yet let its owner act: `to-change` until the owner has changed it, then `to-vouch` until
 * an administrator other than the setter has seen the owner.
 */
export const passwordStandingSchema = z.strictObject({ state: z.enum(['to-change', 'to-vouch']), by: z.string(), at: instantSchema });
export type PasswordStanding = z.infer<typeof passwordStandingSchema>;

/** Shortest password of a real office, in characters (ASVS; ledger.md 3.1). */
export const passwordLengthMin = 12;
