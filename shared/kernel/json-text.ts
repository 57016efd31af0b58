/**
 * JSON from people and other programs 外来 JSON: read as JSON.parse does, except that a field that stands twice in one object is refused. JSON.parse lets the
 * last one win without a word, and two readers may then see two meanings.
 * @source RFC 8259, 4 (names within an object should be unique); shared spec faults.md C17, E7
 */

/** A field of an object stands twice. */
export class RepeatedField extends Error {
  override readonly name = 'RepeatedField';
  readonly field: string;
  constructor(field: string) {
    super(field);
    this.field = field;
  }
}

/** @throws SyntaxError as JSON.parse does; RepeatedField */
export function parseJsonText(text: string): unknown {
  const value: unknown = JSON.parse(text);
  refuseRepeated(text);
  return value;
}

/** Tokens that tell where an object begins, ends, and has its names. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],]/gs;

/** @param text that JSON.parse has taken */
function refuseRepeated(text: string): void {
  const open: (Set<string> | null)[] = [];
  let named = false;
  for (const [token] of text.matchAll(tokens)) {
    const names = open.at(-1) ?? null;
    if (token === '{' || token === '[') {
      open.push(token === '{' ? new Set() : null);
      named = false;
    } else if (token === '}' || token === ']') {
      open.pop();
      named = true;
    } else if (token === ',') named = false;
    else if (names !== null && !named) {
      const field = String(JSON.parse(token));
      if (names.has(field)) throw new RepeatedField(field);
      names.add(field);
      named = true;
    }
  }
}
