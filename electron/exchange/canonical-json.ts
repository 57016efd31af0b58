/**
 * Canonical JSON of packages: RFC 8785 written by the `canonicalize` library, and the gate every foreign JSON text passes. The
 * gate looks at depth before it parses, at keys before it touches a value, and at last demands that writing the value again
 * gives the same bytes. It knows no field; schemas come after it.
 * @source RFC 8785; shared spec exchange.md, fact 10
 */
import canonicalize from 'canonicalize';
import { canonicalText } from '../journal/index.ts';

export const jsonLimits = {
  /** Nesting of arrays and objects, the outermost counting as 1. */
  depthMax: 8,
  keysMax: 64,
  /** UTF-16 code units of one string or key. */
  stringMax: 2_000,
} as const;

/** Why a text did not pass; the Chinese words stand in `jsonFaultNames`. */
export type JsonFault =
  | 'not-utf8' | 'too-long' | 'too-deep' | 'not-json' | 'forbidden-key' | 'too-many-keys' | 'string-too-long'
  | 'lone-surrogate' | 'not-an-integer' | 'not-an-object' | 'not-canonical';

export const jsonFaultNames: Readonly<Record<JsonFault, string>> = {
  'not-utf8': '编码不是 UTF-8',
  'too-long': '超过长度上限',
  'too-deep': '嵌套过深',
  'not-json': '不是 JSON',
  'forbidden-key': '含有禁用的字段名',
  'too-many-keys': '字段过多',
  'string-too-long': '文字超过长度上限',
  'lone-surrogate': '含有残缺字符',
  'not-an-integer': '数字不是整数',
  'not-an-object': '不是对象',
  'not-canonical': '不是规范格式',
};

export type JsonGate =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly fault: JsonFault };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** RFC 8785 bytes of a value of our own. @throws AssertionFault for what JSON cannot carry */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalText(value));
}

/** UTF-8 text, or null. A byte order mark is kept, and so fails later. */
export function utf8Text(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** The gate for bytes. @param bytesMax refused above it before anything is decoded */
export function readCanonicalBytes(bytes: Uint8Array, bytesMax: number): JsonGate {
  if (bytes.length > bytesMax) return { ok: false, fault: 'too-long' };
  const text = utf8Text(bytes);
  return text === null ? { ok: false, fault: 'not-utf8' } : readCanonicalText(text);
}

/** The gate for text already decoded: one canonical JSON object and nothing else. */
export function readCanonicalText(text: string): JsonGate {
  if (!depthWithin(text, jsonLimits.depthMax)) return { ok: false, fault: 'too-deep' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return { ok: false, fault: 'not-json' };
    throw error;
  }
  if (!isRecord(value)) return { ok: false, fault: 'not-an-object' };
  const fault = faultIn(value);
  if (fault !== null) return { ok: false, fault };
  return canonicalize(value) === text ? { ok: true, value } : { ok: false, fault: 'not-canonical' };
}

/** Counts brackets outside strings, without parsing: 50,000 levels parse well and overflow every later step. */
function depthWithin(text: string, depthMax: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      depth += 1;
      if (depth > depthMax) return false;
    } else if (code === 0x7d || code === 0x5d) depth -= 1;
  }
  return true;
}

/** Recursion is safe here: the depth was counted before. */
function faultIn(value: unknown): JsonFault | null {
  if (typeof value === 'string') return stringFault(value);
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : 'not-an-integer';
  if (Array.isArray(value)) return firstFault(value, faultIn);
  if (!isRecord(value)) return null;
  const keys = Object.keys(value);
  if (keys.length > jsonLimits.keysMax) return 'too-many-keys';
  if (keys.includes('__proto__')) return 'forbidden-key';
  return firstFault(keys, stringFault) ?? firstFault(Object.values(value), faultIn);
}

function stringFault(text: string): JsonFault | null {
  if (text.length > jsonLimits.stringMax) return 'string-too-long';
  return text.isWellFormed() ? null : 'lone-surrogate';
}

function firstFault<T>(values: readonly T[], faultOf: (value: T) => JsonFault | null): JsonFault | null {
  for (const value of values) {
    const fault = faultOf(value);
    if (fault !== null) return fault;
  }
  return null;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
