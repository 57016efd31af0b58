/**
 * XML from outside 外来 XML, piece by piece: elements in the language of the root by their local name, texts, and nothing else. What stands in another
 * language (extensions, alternate content) is passed over with all that it holds. Document types, entities beyond the five of XML, deep nesting
 * and endless texts end the reading; it resolves and fetches nothing.
 * @source shared spec exchange.md 2.7; faults.md E08; XML 1.0; Namespaces in XML 1.0; ECMA-376 part 3 (markup compatibility)
 */
import { SaxesParser } from 'saxes';

export type XmlFault = 'doctype' | 'depth' | 'text' | 'encoding' | 'malformed';

/** The part cannot be trusted; `detail` is for the log. */
export class ForeignXmlFault extends Error {
  override readonly name = 'ForeignXmlFault';
  readonly fault: XmlFault;
  constructor(fault: XmlFault, detail: string) {
    super(detail);
    this.fault = fault;
  }
}

export const xmlDepthMax = 64;
/** Most bytes between two events: a spreadsheet cell holds 32,767 characters. */
const silentBytesMax = 4 * 1024 * 1024;

export type XmlAttributes = Readonly<Record<string, string>>;

export type XmlListener = {
  open(name: string, attributes: XmlAttributes): void;
  close(name: string): void;
  text(text: string): void;
};

/**
 * Reads a part to its end; yields after each piece, so that the caller can take what the listener has gathered.
 * @throws ForeignXmlFault, and whatever `blocks` throws
 */
export async function* readXml(blocks: AsyncIterable<Uint8Array>, listener: XmlListener): AsyncGenerator<void, void, void> {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  let silent = 0;
  const language = new Language();
  /** Depth of the outermost element in another language; 0 outside one. */
  let foreignFrom = 0;
  parser.on('doctype', () => {
    throw new ForeignXmlFault('doctype', 'a document type');
  });
  parser.on('error', (error) => {
    throw new ForeignXmlFault('malformed', error.message);
  });
  parser.on('opentag', ({ name, attributes }) => {
    silent = 0;
    if (++depth > xmlDepthMax) throw new ForeignXmlFault('depth', name);
    if (foreignFrom > 0) return;
    if (language.isForeign(name, attributes)) foreignFrom = depth;
    else listener.open(localName(name), attributes);
  });
  parser.on('closetag', ({ name }) => {
    silent = 0;
    if (foreignFrom === 0) listener.close(localName(name));
    else if (foreignFrom === depth) foreignFrom = 0;
    depth -= 1;
  });
  parser.on('text', (text) => {
    if (foreignFrom === 0) listener.text(text);
  });
  parser.on('cdata', (text) => {
    if (foreignFrom === 0) listener.text(text);
  });
  let decoder: Decoder | null = null;
  for await (const block of blocks) {
    silent += block.length;
    decoder ??= decoderOf(block);
    parser.write(decoded(decoder, block, true));
    // Counted after the events of this piece: what they left over belongs to the next.
    if (silent > silentBytesMax) throw new ForeignXmlFault('text', `${String(silent)} bytes without an event`);
    yield;
  }
  if (decoder !== null) parser.write(decoded(decoder, new Uint8Array(0), false));
  parser.close();
}

/** Which elements belong to the language of a document: those that its root's prefix names, unless a prefix or `xmlns` says otherwise. */
class Language {
  #prefix: string | null = null;
  #namespace: string | undefined;
  readonly #same = new Set<string>();

  isForeign(name: string, attributes: XmlAttributes): boolean {
    const prefix = prefixOf(name);
    if (this.#prefix === null) {
      this.#prefix = prefix;
      this.#namespace = attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`];
      for (const [key, value] of Object.entries(attributes)) if (value === this.#namespace && key.startsWith('xmlns')) this.#same.add(key.slice('xmlns:'.length));
      return false;
    }
    if (prefix === this.#prefix) return prefix === '' && attributes['xmlns'] !== undefined && attributes['xmlns'] !== this.#namespace;
    return !this.#same.has(prefix);
  }
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

/** Reads a small part whole. */
export async function walkXml(blocks: AsyncIterable<Uint8Array>, listener: Partial<XmlListener>): Promise<void> {
  const nothing = (): void => undefined;
  const whole: XmlListener = { open: listener.open ?? nothing, close: listener.close ?? nothing, text: listener.text ?? nothing };
  const reading = readXml(blocks, whole);
  while ((await reading.next()).done !== true);
}

/** An attribute by its local name. */
export function attribute(attributes: XmlAttributes, name: string): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`));
  return prefixed === undefined ? undefined : attributes[prefixed];
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

type Decoder = InstanceType<typeof TextDecoder>;

function decoderOf(block: Uint8Array): Decoder {
  const [first, second] = block;
  const encoding = first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  return new TextDecoder(encoding, { fatal: true });
}

function decoded(decoder: Decoder, block: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(block, { stream });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new ForeignXmlFault('encoding', error.message);
  }
}
