/** Values that sections and the frame of a package share: taxpayer codes as stored, hashes, totals. Wire form only; no section stands here. */
import { z } from 'zod';
import type { Fen } from '../kernel/money.ts';
import { judgeUscc } from '../roster/uscc.ts';

/** Taxpayer code as stored: 18 characters with a right check character, or an older number of 15 or 20; capitals only. */
export const taxpayerCodeSchema = z
  .string()
  .max(20)
  .refine((text) => {
    const verdict = judgeUscc(text);
    return (verdict.kind === 'valid' || verdict.kind === 'legacy') && !verdict.upperCased;
  }, '统一社会信用代码不正确');

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, '不是摘要');

/** Totals stay below 2^63, as SQLite's INTEGER does. */
export const fenTotalLimit = 2n ** 63n;

const totalForm = /^(?:0|[1-9][0-9]{0,18})$/;

/** A total in fen: more digits than one amount may have. The second check is asked also of text that failed the first, so it asks for the form itself. */
export const fenTotal = z.codec(
  z.string().regex(totalForm).refine((text) => totalForm.test(text) && BigInt(text) < fenTotalLimit),
  z.bigint().nonnegative(),
  { decode: (text): Fen => BigInt(text), encode: (fen) => fen.toString() },
);
