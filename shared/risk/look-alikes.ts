/**
 * What is compared to show look-alikes 形近与共用: the fold of a name, and the digits and letters of an account or phone. It shows; it never
 * matches.
 * @source shared spec risk.md (Fold, Shared); decisions.md 29
 */
import { z } from 'zod';

export const lookAlikesSchema = z.strictObject({ version: z.literal(1), note: z.string(), rows: z.array(z.string().min(2)).readonly() });

/** Each character of a row by the first of its row. */
export type LookAlikes = ReadonlyMap<string, string>;

export function lookAlikesOf({ rows }: z.infer<typeof lookAlikesSchema>): LookAlikes {
  return new Map(rows.flatMap((row) => {
    const [first = '', ...others] = Array.from(row);
    return others.map((other) => [other, first] as const);
  }));
}

export function foldedName(name: string, alikes: LookAlikes): string {
  const plain = name.normalize('NFKC').toLowerCase().replace(/[\s·‧•\-—()]/gu, '');
  return Array.from(plain, (character) => alikes.get(character) ?? character).join('');
}

/** Digits and letters of an account or a phone; '' equals nothing. */
export function comparedSigns(text: string): string {
  return text.normalize('NFKC').toUpperCase().replace(/[^\p{Nd}\p{L}]/gu, '');
}
