/** What is told of the elements of XML, in their order. */
export interface ElementVisitor {
  /** Why an element is refused, as the end of a sentence. Default: none is. */
  refuse?(name: string, attributes: ReadonlyMap<string, string>): string | undefined;
  /** An element begins; one that is empty has no end. */
  begin(name: string, attributes: ReadonlyMap<string, string>, isEmpty: boolean): void;
  text(text: string): void;
  end(name: string): void;
}

/** How deep elements may be nested; a body in a body in a loop has some twenty levels, and OpenVINO reads them by recursion. */
const deepestNesting = 64;

// One tag, one comment, or text. A quoted value may contain the character that ends a tag. Of attributes, an element of OpenVINO has some ten.
const token =
  /<!--[\s\S]*?-->|<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')){0,256})\s*(\/?)>|<\/([\w.:-]+)\s*>|[^<]+/y;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const declaration = /^<\?xml\s[^<>]*\?>/;
/**
 * The XML of OpenVINO from its first tag on, with each byte as a character: tags and names of attributes are ASCII. Or why it is something
 * else.
 */
export function xmlOf(
  bytes: Uint8Array,
): { readonly xml: Uint8Array; readonly text: string; readonly begin: number } | string {
  // Without what may stand before: in another format it would mean something.
  const xml = bytes.subarray(startOf(bytes));
  const text = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('latin1');
  const begin = declaration.exec(text)?.[0].length ?? 0;
  if (begin === 0 && !/^<net[\s>]/.test(text)) {
    return 'its first part is not XML of OpenVINO (`<?xml … ?><net …>`)';
  }
  return { xml, text, begin };
}

/** Behind the mark of byte order and white space. */
function startOf(bytes: Uint8Array): number {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[start] ?? 0)) start++;
  return start;
}

/** Reads one element `net` and all in it; answers with why it is refused, as the end of a sentence. */
export function readElements(text: string, begin: number, visitor: ElementVisitor): string | undefined {
  const open: string[] = [];
  let isFirst = true;
  token.lastIndex = begin;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null)
      return 'its XML contains something other than elements, attributes, text and comments';
    const [all, name, rest = '', slash, ended] = found;
    if (ended !== undefined) {
      if (open.pop() !== ended) return `its XML has a closing tag ${ended} without an opening tag`;
      visitor.end(ended);
      continue;
    }
    if (name === undefined) {
      if (all[0] !== '<') visitor.text(all);
      continue;
    }
    if (isFirst ? name !== 'net' : open.length === 0) return 'its XML is not a single element net';
    isFirst = false;
    const attributes = readAttributes(rest);
    const refusal = visitor.refuse?.(name, attributes);
    if (refusal !== undefined) return refusal;
    const isEmpty = slash === '/';
    if (!isEmpty) open.push(name);
    if (open.length > deepestNesting) return `its XML is nested deeper than ${deepestNesting} levels`;
    visitor.begin(name, attributes, isEmpty);
  }
  return open.length > 0 || isFirst ? 'its XML is truncated' : undefined;
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name, double ?? single ?? '']),
  );
}
