/* Structured-clone values as JSON, as Electron's IPC carries them. Source text: it runs in Node and in the page's preload world alike. */
/* global structuredClone */

// eslint-disable-next-line no-unused-vars -- taken by name out of this text
function makeCodec(toBase64, fromBase64) {
  function encode(value) {
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        if (Number.isFinite(value) && !Object.is(value, -0)) return value;
        return { $: 'number', v: Object.is(value, -0) ? '-0' : String(value) };
      case 'object':
        return value === null ? null : encodeObject(value);
      default:
        return value;
    }
  }
  function encodeObject(value) {
    if (Array.isArray(value)) return value.map(encode);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map(encode) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(encode) };
    if (value instanceof Error) return { $: 'error', n: value.name, v: value.message };
    if (value instanceof ArrayBuffer) return { $: 'bytes', t: 'ArrayBuffer', v: toBase64(new Uint8Array(value)) };
    if (ArrayBuffer.isView(value)) {
      const type = value.constructor.name === 'Buffer' ? 'Uint8Array' : value.constructor.name;
      return { $: 'bytes', t: type, v: toBase64(new Uint8Array(value.buffer, value.byteOffset, value.byteLength)) };
    }
    const entries = Object.keys(value).map((key) => [key, encode(value[key])]);
    // A field named like our own mark must not be taken for it.
    return '$' in value ? { $: 'object', v: entries } : Object.fromEntries(entries);
  }
  function decode(value) {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(decode);
    switch (value.$) {
      case undefined:
        return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)]));
      case 'undefined':
        return undefined;
      case 'bigint':
        return BigInt(value.v);
      case 'number':
        return Number(value.v);
      case 'date':
        return new Date(value.v);
      case 'map':
        return new Map(value.v.map(decode));
      case 'set':
        return new Set(value.v.map(decode));
      case 'error':
        return Object.assign(new Error(value.v), { name: value.n });
      case 'bytes': {
        const bytes = fromBase64(value.v);
        if (value.t === 'ArrayBuffer') return bytes.buffer;
        return value.t === 'Uint8Array' ? bytes : new globalThis[value.t](bytes.buffer);
      }
      case 'object':
        return Object.fromEntries(value.v.map(([key, part]) => [key, decode(part)]));
      default:
        throw new Error(`no such mark on the wire: ${value.$}`);
    }
  }
  return { encode: (value) => JSON.stringify(encode(structuredClone(value))), decode: (text) => decode(JSON.parse(text)) };
}
