/**
 * A taxpayer code typed by hand 手工录入的代码: every operation that takes one judges it at its border, check character and all, so that a slip of one key is
 * never another taxpayer and never nobody. Whether the office knows the taxpayer is asked by the operation itself.
 * @source GB 32100-2015
 */
import { z } from 'zod';
import { judgeUscc } from './uscc.ts';

/** What is wrong with a typed code, in Chinese; null when it may be one. */
export function typedCodeFault(text: string): string | null {
  const verdict = judgeUscc(text);
  switch (verdict.kind) {
    case 'valid': case 'legacy': return null;
    case 'check': return `统一社会信用代码校验位不符，按前 17 位末位应为“${verdict.expected}”，请对照原件逐位核对`;
    case 'length': return `有 ${String(verdict.length)} 位，统一社会信用代码应为 18 位（旧税号 15 或 20 位）`;
    case 'character': return `含有代码中不用的字符“${verdict.character}”，请核对是否把 1、0、5、2 误写成字母`;
    case 'digits-lost': return '代码已被表格软件改写，末几位丢失，请按原件录入';
  }
}

/** Blanks around it and small letters do not matter. */
export const typedCodeSchema = z.string().max(40).overwrite((text) => text.trim().toUpperCase()).check(({ value, issues }) => {
  const fault = typedCodeFault(value);
  if (fault !== null) issues.push({ code: 'custom', message: fault, input: value });
});
