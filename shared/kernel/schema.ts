/**
 * Schemas 字段格式 that every contract shares. Amounts cross the border as text and are fen inside: yuan with two decimals
 * towards people and the command line (`yuanAmount`), integer fen inside packages and journal bodies (`fenAmount`).
 */
import { z } from 'zod';
import { parseCivilDate, parseInstant, type CivilDate, type Instant } from './civil-date.ts';
import { parseFen, parseTotal, parseYuan, yuanText, type Fen } from './money.ts';
import { agencies } from './office.ts';
import { parsePeriod, type TaxPeriod } from './tax-period.ts';

const yuanTextSchema = z.string().max(20).refine((text) => parseYuan(text) !== null, '不是金额（元，至多两位小数）');
const fenTextSchema = z.string().max(16).refine((text) => parseFen(text) !== null, '不是金额（整数分）');

/** Yuan text outside, fen inside; negative amounts accepted. */
export const yuanAmount = z.codec(yuanTextSchema, z.bigint(), {
  decode: (text): Fen => parseYuan(text) ?? 0n,
  encode: (fen) => yuanText(fen),
});

/** Yuan text outside, fen inside, never negative. */
export const yuanNotNegative = z.codec(
  yuanTextSchema.refine((text) => !text.startsWith('-'), '金额不得为负'),
  z.bigint().nonnegative(),
  { decode: (text): Fen => parseYuan(text) ?? 0n, encode: (fen) => yuanText(fen) },
);

/** Integer fen text in packages and bodies, fen inside; negative amounts accepted. */
export const fenAmount = z.codec(fenTextSchema, z.bigint(), {
  decode: (text): Fen => parseFen(text) ?? 0n,
  encode: (fen) => fen.toString(),
});

/** Integer fen text, never negative. */
export const fenNotNegative = z.codec(
  fenTextSchema.refine((text) => !text.startsWith('-'), '金额不得为负'),
  z.bigint().nonnegative(),
  { decode: (text): Fen => parseFen(text) ?? 0n, encode: (fen) => fen.toString() },
);

const totalForm = /^(?:0|[1-9][0-9]{0,18})$/;
/** Totals stay below 2^63, as SQLite's INTEGER does. */
export const fenTotalLimit = 2n ** 63n;

/** A total in fen 合计: more digits than one amount may have. The second check is asked also of text that failed the first, so it asks for the form itself. */
export const fenTotal = z.codec(
  z.string().regex(totalForm).refine((text) => totalForm.test(text) && BigInt(text) < fenTotalLimit),
  z.bigint().nonnegative(),
  { decode: (text): Fen => BigInt(text), encode: (fen) => fen.toString() },
);

const totalTextSchema = z.string().max(21).refine((text) => parseTotal(text) !== null, '不是金额合计（元，两位小数）');

/** What an office answers: an amount or a sum of amounts, yuan text outside, fen inside, never negative. */
export const yuanTotal = z.codec(totalTextSchema.refine((text) => !text.startsWith('-'), '合计不得为负'), z.bigint().nonnegative(), {
  decode: (text): Fen => parseTotal(text) ?? 0n, // checked above
  encode: (fen) => yuanText(fen),
});

/** The same of a difference, which may be negative. */
export const yuanDifference = z.codec(totalTextSchema, z.bigint(), {
  decode: (text): Fen => parseTotal(text) ?? 0n, // checked above
  encode: (fen) => yuanText(fen),
});

export const civilDateSchema = z.custom<CivilDate>(
  (value) => typeof value === 'string' && parseCivilDate(value) !== null,
  '不是有效日期（YYYY-MM-DD）',
);

export const periodSchema = z.custom<TaxPeriod>(
  (value) => typeof value === 'string' && parsePeriod(value) !== null,
  '不是有效月份（YYYY-MM）',
);

export const instantSchema = z.custom<Instant>(
  (value) => typeof value === 'string' && parseInstant(value) !== null,
  '不是有效时刻（UTC）',
);

export const agencySchema = z.enum(agencies);

/** Free text of people: no NUL, control or bidirectional control characters, no lone surrogates; at most `max` characters. */
export function textSchema(max: number): z.ZodString {
  return z
    .string()
    .max(max)
    // eslint-disable-next-line no-control-regex -- the control characters are the point
    .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]*$/, '含有不可见控制字符')
    .refine((text) => text.isWellFormed(), '含有残缺字符');
}

/** Free text that must not be blank. */
export function requiredText(max: number): z.ZodString {
  return textSchema(max).refine((text) => text.trim() !== '', '不能为空');
}

/** Window of a list: every list is answered window by window with the total of the filtered set. */
export const windowSchema = {
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(1000).default(200),
};
