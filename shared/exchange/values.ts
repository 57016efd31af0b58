/** Values that sections and the frame of a package share: taxpayer codes as stored, hashes, totals. Wire form only; no section stands here. */
import { z } from 'zod';
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

export { fenTotal, fenTotalLimit } from '../kernel/schema.ts';
