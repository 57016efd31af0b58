/** Names of people and offices as they are typed 名称: one line, not blank, no sign that cannot be seen. Entries of the journal keep what older programs took. */
import { requiredText } from '../kernel/schema.ts';
import type { z } from 'zod';

export const officeNameMax = 60;
export const personNameMax = 30;

/** @param max in characters as JavaScript counts them */
export function nameText(max: number): z.ZodString {
  return requiredText(max).refine((text) => !/[\t\n\r\u2028\u2029]/.test(text), '只能写在一行内');
}
