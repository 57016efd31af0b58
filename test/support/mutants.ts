/**
 * Mutants of packages 变异包: raw ones, in which bytes of a file are changed, and signed ones, in which one layer is changed and everything around it made
 * right again, so that the change reaches the check it is meant for. Each is the same for the same number and seed.
 */
import { sealTo, sectionOf, sha256, utf8, type Json, type Letter, type Mutation, type Party, type Section } from './exchange-packages.ts';

export type Chance = {
  /** A whole number below `limit`. */
  below(limit: number): number;
  of<T>(from: readonly T[]): T;
};

/** Numbers of a seed, the same for the same text. */
export function chanceOf(seed: string): Chance {
  let state = Number.parseInt(sha256(seed).slice(0, 8), 16) | 1;
  const below = (limit: number): number => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % Math.max(1, limit);
  };
  return {
    below,
    of: (from) => {
      const one = from[below(from.length)];
      if (one === undefined) throw new Error('nothing to choose from');
      return one;
    },
  };
}

/** A file with bytes changed, left out, put in or moved. */
export function rawMutant(bytes: Uint8Array, other: Uint8Array, chance: Chance): Uint8Array {
  const at = chance.below(bytes.length);
  const length = 1 + chance.below(40);
  const copy = Uint8Array.from(bytes);
  switch (chance.below(8)) {
    case 0: copy[at] = (copy[at] ?? 0) ^ (1 << chance.below(8)); return copy;
    case 1: copy[at] = chance.below(256); copy[chance.below(bytes.length)] = chance.below(256); return differing(copy, bytes);
    case 2: return bytes.subarray(0, at);
    case 3: return joined(bytes, Uint8Array.from({ length }, () => chance.below(256)));
    case 4: return joined(bytes.subarray(0, at), bytes.subarray(at + length));
    case 5: return joined(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
    // The frame is where lengths and versions are.
    case 6: copy[chance.below(96)] = chance.of([0, 1, 2, 0x7f, 0x80, 0xff]); return differing(copy, bytes);
    default: return joined(bytes.subarray(0, at), other.subarray(at));
  }
}

function differing(copy: Uint8Array, bytes: Uint8Array): Uint8Array {
  return Buffer.from(copy).equals(Buffer.from(bytes)) ? bytes.subarray(0, -1) : copy;
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export const absent = Symbol('absent');

/** What a field may be instead, whatever it was. */
export const others: readonly unknown[] = [
  absent, null, true, false, 0, 1, 2, -1, 1.5, '', ' ', 'x', '0', '1', '０', '1e3', '-0', '-1', '99999999999999999999', '2022-13', '2022-05', '2022-02-30', '2022-04-30', '\u0000', '甲\u202e',
  '9'.repeat(2_001), [], {}, [null], { a: 1 }, 'f'.repeat(64), 'f'.repeat(32), '91211382MA0000015E', '91211382ma0000015d', 'constructor',
];

export type Path = readonly (string | number)[];

/** Every place of a value, objects and arrays included, outermost first. */
export function placesOf(value: unknown, path: Path = []): Path[] {
  const inner = Array.isArray(value)
    ? value.flatMap((of, index) => placesOf(of, [...path, index]))
    : typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, of]) => placesOf(of, [...path, key])) : [];
  return path.length === 0 ? inner : [path, ...inner];
}

/** A copy of JSON with another value at a place. */
export function changed<T extends Json>(value: T, path: Path, to: unknown): T {
  const copy = structuredClone(value);
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  const last = path.at(-1) ?? '';
  if (to === absent) Reflect.deleteProperty(at, last);
  else at[last] = to;
  return copy;
}

/** Makes an object what another one is. */
export function become(made: Json, other: Json): void {
  for (const field of Object.keys(made)) Reflect.deleteProperty(made, field);
  Object.assign(made, other);
}

/** A value at a place. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((at: unknown, step) => (at as Record<string | number, unknown>)[step], value);
}

/** A value of the same form with one sign changed: a mistake of the hand. */
function nearly(value: unknown, chance: Chance): unknown {
  if (typeof value === 'number') return value + chance.of([-1, 1]);
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string' || value === '') return chance.of(others);
  const at = chance.below(value.length);
  const sign = value[at] ?? '';
  const instead = /[0-9]/.test(sign) ? String((Number(sign) + 1 + chance.below(8)) % 10) : chance.of(['a', 'B', '乙', sign.toUpperCase()]);
  return value.slice(0, at) + instead + value.slice(at + 1);
}

export type MutantTerms = {
  readonly letter: Letter;
  /** A third office and a stranger of the sender's name. */
  readonly third: Party;
  readonly stranger: Party;
  readonly chance: Chance;
};

/** A signed mutant: the letter and the mutation that writes it. */
export type SignedMutant = { readonly letter: Letter; readonly mutation: Mutation };
type Mutator = (terms: MutantTerms) => SignedMutant;

const both = (change: (of: Json) => void): Mutation => ({ manifest: change, header: change });
const set = (field: string, value: unknown): Mutation => both((of) => { of[field] = value; });

/** A row of a section, or none where it is empty. */
function someRow({ letter, chance }: MutantTerms): { readonly section: string; readonly index: number; readonly row: Json } {
  const full = Object.entries(letter.rows ?? {}).filter(([, rows]) => rows.length > 0);
  const [section, rows] = chance.of(full);
  const index = chance.below(rows.length);
  return { section, index, row: rows[index] ?? {} };
}

function withRows(letter: Letter, section: string, rows: readonly Json[]): Letter {
  return { ...letter, rows: { ...letter.rows, [section]: rows } };
}

const rowsOf = (letter: Letter, section: string): readonly Json[] => letter.rows?.[section] ?? [];

/** Changes of the document that every layer around agrees with. */
const ofRows: readonly Mutator[] = [
  (terms) => {
    const { section, index, row } = someRow(terms);
    const path = terms.chance.of(placesOf(row));
    return { letter: withRows(terms.letter, section, rowsOf(terms.letter, section).with(index, changed(row, path, terms.chance.of(others)))), mutation: {} };
  },
  (terms) => {
    const { section, index, row } = someRow(terms);
    const path = terms.chance.of(placesOf(row).filter((at) => typeof valueAt(row, at) !== 'object'));
    return { letter: withRows(terms.letter, section, rowsOf(terms.letter, section).with(index, changed(row, path, nearly(valueAt(row, path), terms.chance)))), mutation: {} };
  },
  (terms) => {
    const { section, index } = someRow(terms);
    const rows = rowsOf(terms.letter, section);
    return { letter: withRows(terms.letter, section, terms.chance.of([rows.toSpliced(index, 1), rows.toSpliced(index, 0, rows[index] ?? {}), rows.toReversed(), [...rows, {}]])), mutation: {} };
  },
  // Two rows exchange a field: every total stays right.
  (terms) => {
    const { section, row } = someRow(terms);
    const rows = rowsOf(terms.letter, section);
    const field = terms.chance.of(Object.keys(row));
    const [first, second] = [rows[0] ?? {}, rows[1] ?? {}];
    return { letter: rows.length < 2 ? terms.letter : withRows(terms.letter, section, [{ ...first, [field]: second[field] }, { ...second, [field]: first[field] }, ...rows.slice(2)]), mutation: {} };
  },
  ({ letter, chance }) => ({ letter: { ...letter, period: chance.of([null, '2022-03', '2022-04', '2022-05']) }, mutation: {} }),
  ({ letter, chance }) => ({ letter: { ...letter, docId: chance.of([`${letter.kind ?? ''}/x`, `${letter.docId ?? ''}/2`, `${letter.docId ?? ''}/1`, `${letter.docId ?? ''}/02`, 'x']) }, mutation: {} }),
  ({ letter, chance }) => ({ letter: { ...letter, manifest: { ...letter.manifest, [chance.of(['reviewed_by', 'approved_by'])]: chance.of([null, '另一人', '']) } }, mutation: {} }),
];

/** Changes of manifest and header, field by field. */
const ofFields: readonly Mutator[] = [
  ({ letter, chance }) => ({
    letter,
    mutation: {
      manifest: (made) => {
        const path = chance.of(placesOf(made));
        const standing = valueAt(made, path);
        become(made, changed(made, path, chance.below(2) === 0 && typeof standing !== 'object' ? nearly(standing, chance) : chance.of(others)));
      },
    },
  }),
  ({ letter, chance }) => ({ letter, mutation: { header: (made) => { become(made, changed(made, chance.of(placesOf(made)), chance.of(others))); } } }),
  ({ letter, chance }) => ({ letter, mutation: { header: (made) => { const field = chance.of(Object.keys(made)); made[field] = nearly(made[field], chance); } } }),
  ({ letter, chance }) => ({ letter, mutation: set('created_at', chance.of(['2022-05-05T01:00:00.001Z', '2023-06-01T00:00:00.000Z', '2021-01-01T00:00:00.000Z'])) }),
];

/** Changes of the frame, the text, the sections and the sealing. */
const ofForm: readonly Mutator[] = [
  ({ letter, chance }) => ({ letter, mutation: { manifestText: (json) => misspelt(json, chance) } }),
  ({ letter, chance }) => ({ letter, mutation: { headerText: (json) => misspelt(json, chance) } }),
  ({ letter, chance }) => ({ letter, mutation: { sections: (made) => misplaced(made, chance) } }),
  ({ letter, chance }) => ({ letter, mutation: { plaintext: (bytes) => rawMutant(bytes, bytes, chance) } }),
  ({ letter, chance }) => ({ letter, mutation: { ciphertext: (bytes) => rawMutant(bytes, bytes, chance) } }),
  ({ letter, third, stranger, chance }) => ({
    letter,
    mutation: {
      seal: (plaintext) => sealTo(plaintext, chance.of([
        [letter.to.recipient], [third.recipient, letter.from.recipient], [letter.to.recipient, letter.from.recipient, third.recipient], [letter.to.recipient, stranger.recipient],
      ])),
    },
  }),
  ({ letter, third, stranger, chance }) => ({ letter, mutation: { signWith: chance.of([third.signing, stranger.signing, letter.from.root]) } }),
  ({ letter, chance }) => ({ letter, mutation: { file: (bytes) => rawMutant(bytes, bytes, chance) } }),
  ({ letter, chance }) => {
    const leaves = letter.leaves ?? [];
    const made = [...leaves, '44'.repeat(32)];
    return { letter: { ...letter, leaves: chance.of([made, leaves.slice(1), leaves.toReversed(), []]) }, mutation: chance.below(2) === 0 ? {} : { manifest: (of) => { of['ledger_head'] = { seq: 3, hash: 'cd'.repeat(32) }; } } };
  },
  // A section and its entry that agree with each other and not with the totals.
  (terms) => {
    const { section, row } = someRow(terms);
    return {
      letter: terms.letter,
      mutation: { sections: (made) => made.map((of) => (of.name === section ? { ...sectionOf(section, [...rowsOf(terms.letter, section), row]), sum: of.sum } : of)) },
    };
  },
];

function misspelt(json: string, chance: Chance): string {
  const at = chance.below(json.length);
  return chance.of([
    json.replace(':', ' :'), json.replace(',', ', '), `\ufeff${json}`, `${json}\n`, json.replace('"v":1', '"v":1,"v":1'), json.replace('{', '{"__proto__":1,'), json.replace('"v":1', '"v":1.0'),
    json.replace('"v":1', '"v":1e0'), json.slice(0, at), json.replace('{', `{"a":${'['.repeat(20)}${']'.repeat(20)},`), json.replace('tax', '\\u0074ax'), `[${json}]`, json.toUpperCase(),
  ]);
}

function misplaced(made: Section[], chance: Chance): Section[] {
  const at = chance.below(made.length);
  const one = made[at];
  if (one === undefined) return made;
  const other = (change: Partial<Section>): Section[] => made.map((of, index) => (index === at ? { ...of, ...change } : of));
  return chance.of<() => Section[]>([
    () => made.toReversed(), () => made.toSpliced(at, 1), () => [...made, one], () => other({ name: chance.of(['x', 'leaves', 'totals', 'constructor']) }), () => other({ rows: one.rows + 1 }),
    () => other({ sum: chance.of(['1', 'abc', '', '9223372036854775808', '-1']) }), () => other({ media: 'application/octet-stream' }),
    () => other({ bytes: joined(one.bytes, utf8('{}\n')) }), () => other({ bytes: one.bytes.subarray(0, -1) }), () => other({ bytes: joined(one.bytes.subarray(0, 9), Uint8Array.of(0xff), one.bytes.subarray(9)) }),
    () => other({ bytes: utf8(new TextDecoder().decode(one.bytes).replace('{', '{ ')) }), () => other({ bytes: utf8(new TextDecoder().decode(one.bytes).replaceAll('\n', '\r\n')) }),
  ])();
}

export const mutators: readonly Mutator[] = [...ofRows, ...ofRows, ...ofFields, ...ofForm];

/** One signed mutant by chance. */
export function signedMutant(terms: MutantTerms): SignedMutant {
  return terms.chance.of(mutators)(terms);
}
