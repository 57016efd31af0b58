/**
 * The order of texts by code points 码位次序, which documents promise; JavaScript's own `<` compares UTF-16 units and puts rare characters
 * before U+E000.
 */
export function codePointOrder(one: string, other: string): number {
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    if (one.charCodeAt(at) === other.charCodeAt(at)) continue;
    // Inside a pair of units the pair decides: its second unit differs where the first is the same.
    const from = at > 0 && isLeadUnit(one.charCodeAt(at - 1)) ? at - 1 : at;
    return (one.codePointAt(from) ?? 0) - (other.codePointAt(from) ?? 0);
  }
  return one.length - other.length;
}

function isLeadUnit(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}
