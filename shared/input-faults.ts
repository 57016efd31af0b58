/**
 * What is wrong with an input, in Chinese 填写有误之处: the sentence for each kind of fault that a schema finds, and the name of the field. A schema's own
 * sentence stands before these. No name of the program and no word of its libraries reaches a person.
 * @source shared reviews faults.md E3
 */
import type { z } from 'zod';
import { fieldWords } from './field-words.ts';

export type InputFault = { readonly field: string; readonly message: string; readonly code: string };

const kinds: Readonly<Record<string, string>> = {
  string: '文字', number: '数字', int: '整数', boolean: '是或否', bigint: '整数', array: '清单', tuple: '清单', object: '一组内容', record: '一组内容', date: '日期', null: '空',
};

/** For `safeParse(value, { error: inputWords })`: the sentence where the schema itself has none. */
export const inputWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type': return issue.input === undefined ? '没有填写' : `应为${kinds[issue.expected] ?? '另一种内容'}`;
    case 'too_small': return lengthWords(issue.origin, '至少', issue.minimum) ?? `不能小于 ${String(issue.minimum)}`;
    case 'too_big': return lengthWords(issue.origin, '至多', issue.maximum) ?? `不能大于 ${String(issue.maximum)}`;
    case 'invalid_format': return '格式不符合要求';
    case 'not_multiple_of': return '不是所要求的倍数';
    case 'unrecognized_keys': return `多了 ${String(issue.keys.length)} 项不认识的内容`;
    case 'invalid_value': return '不在可选的范围内';
    case 'invalid_union': return '与哪一种填法都不符';
    default: return '不符合要求';
  }
};

function lengthWords(origin: string, bound: '至少' | '至多', count: number | bigint): string | null {
  if (origin === 'string') return bound === '至少' && count === 1 ? '不能为空' : `${bound} ${String(count)} 个字符`;
  return origin === 'array' || origin === 'set' ? `${bound} ${String(count)} 项` : null;
}

/** Every fault of an input, the field by its Chinese name: `账户信息·账号`, `第 3 项·金额`. */
export function inputFaults(error: z.ZodError): readonly InputFault[] {
  return error.issues.map(({ path, message, code }) => ({ field: path.map(wordOf).join('·'), message, code }));
}

/** The first fault as the middle of a sentence. */
export function firstFault(faults: readonly InputFault[]): string {
  const [first] = faults;
  if (first === undefined) return '';
  return `${first.field === '' ? '所填内容' : first.field}：${first.message}`;
}

function wordOf(part: PropertyKey): string {
  if (typeof part === 'number') return `第 ${String(part + 1)} 项`;
  return typeof part === 'string' && Object.hasOwn(fieldWords, part) ? (fieldWords[part] ?? '') : '其他项';
}
