/**
 * Characters that stand where another one was lost 疑似丢失的字: what exports, old character sets and scanners put for a rare character. A name that holds
 * one is compared with the business licence before money is sent to it. Whether the name is right is for a person.
 * @source shared spec faults.md B4; conventions.md (GBK turns 𠮷 into `?`)
 */

/** Question marks, boxes, the geta mark, asterisks, object replacement, and the private use area, whose characters only one machine knows. */
const lostPattern = /[?\uff1f\u25a0\u25a1\u25a2\u25ad\u25af\u2610\u3013*\uff0a\ufffc\ufffd\p{Co}]/u;

/** The first such character of a text, or null. */
export function lostCharacter(text: string): string | null {
  return lostPattern.exec(text)?.[0] ?? null;
}
