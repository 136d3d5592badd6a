/** What the XML of an intermediate representation says, as far as this package looks at it. */
export interface Representation {
  /** The XML from its first tag on. */
  readonly xml: Uint8Array;
  /** Bytes of all tensors that its operations give, where their shapes are fixed. */
  readonly tensorBytes: number;
}

/** Most bytes of the XML that a guest brings; that of a large language model has a tenth of it. */
const longestXml = 64 * 2 ** 20;

/** How deep elements may be nested; a body in a body in a loop has some twenty levels, and OpenVINO reads them by recursion. */
const deepestNesting = 64;

// One tag, one comment, or text. A quoted value may contain the character that ends a tag. Of attributes, an element of OpenVINO has some ten.
const token =
  /<!--[\s\S]*?-->|<([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*')){0,256})\s*(\/?)>|<\/([\w.:-]+)\s*>|[^<]+/y;
const attribute = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const declaration = /^<\?xml\s[^<>]*\?>/;
const namesFile = /path|file|^(?:library|location|uri|url)$/i;

const precisionBits: Readonly<Record<string, number>> = {
  FP64: 64,
  I64: 64,
  U64: 64,
  FP32: 32,
  I32: 32,
  U32: 32,
  FP16: 16,
  BF16: 16,
  I16: 16,
  U16: 16,
};

/**
 * Reads the XML of an intermediate representation and refuses everything else: OpenVINO would take the bytes for ONNX, TensorFlow, Paddle or
 * another format, some of which name files of the host that belong to the model.
 *
 * @returns why it is refused, as the end of a sentence, or what it says.
 */
export function readRepresentation(bytes: Uint8Array): Representation | string {
  if (bytes.byteLength > longestXml) return `its XML has more than ${longestXml} bytes`;
  // Without what may stand before: in another format it would mean something.
  const xml = bytes.subarray(startOf(bytes));
  // Each byte a character: tags and names of attributes are ASCII.
  const text = Buffer.from(xml.buffer, xml.byteOffset, xml.byteLength).toString('latin1');
  const begin = declaration.exec(text)?.[0].length ?? 0;
  if (begin === 0 && !/^<net[\s>]/.test(text))
    return 'its first part is not XML of OpenVINO (`<?xml … ?><net …>`)';
  return readElements(xml, text, begin);
}

/** Behind the mark of byte order and white space. */
function startOf(bytes: Uint8Array): number {
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  while ([0x20, 0x09, 0x0a, 0x0d].includes(bytes[start] ?? 0)) start++;
  return start;
}

function readElements(xml: Uint8Array, text: string, begin: number): Representation | string {
  const open: string[] = [];
  const sizes = new TensorSizes();
  let isFirst = true;
  token.lastIndex = begin;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (found === null) return 'its XML has something besides elements, attributes, text and comments';
    const [all, name, rest = '', slash, ended] = found;
    if (ended !== undefined) {
      if (open.pop() !== ended) return `its XML has an end of ${ended} without a beginning`;
      sizes.end(ended);
      continue;
    }
    if (name === undefined) {
      if (all[0] !== '<') sizes.text(all);
      continue;
    }
    if (isFirst ? name !== 'net' : open.length === 0) return 'its XML is not one element net';
    isFirst = false;
    const attributes = readAttributes(rest);
    if (namesFiles(name, attributes)) return `its XML may name a file, in the element ${name}`;
    if (slash === '/') continue;
    open.push(name);
    if (open.length > deepestNesting) return `its XML is nested deeper than ${deepestNesting} levels`;
    sizes.begin(name, attributes);
  }
  if (open.length > 0 || isFirst) return 'its XML ends too early';
  return { xml, tensorBytes: sizes.total };
}

function readAttributes(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(attribute)].map(([, name = '', double, single]) => [name, double ?? single ?? '']),
  );
}

/** Whether an element has a word for a file where information about the model or an operation's settings stand. */
function namesFiles(element: string, attributes: ReadonlyMap<string, string>): boolean {
  if (namesFile.test(element)) return true;
  if (element === 'attribute' && namesFile.test(attributes.get('name') ?? '')) return true;
  return [...attributes.keys()].some((name) => namesFile.test(name));
}

/** Adds up the sizes of the tensors that stand in elements `output`, `port` and `dim`; constants, which contexts share, are left out. */
class TensorSizes {
  total = 0;
  #isConstant = false;
  #inOutput = false;
  #inDimension = false;
  #port: number | undefined;

  begin(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'layer') this.#isConstant = attributes.get('type') === 'Const';
    if (name === 'output') this.#inOutput = !this.#isConstant;
    if (name === 'port' && this.#inOutput) {
      this.#port = (precisionBits[attributes.get('precision') ?? ''] ?? 8) / 8;
    }
    this.#inDimension = name === 'dim';
  }

  text(text: string): void {
    // -1, for one that is not fixed, makes no number here.
    if (this.#inDimension && this.#port !== undefined) this.#port *= Math.max(Number(text) || 0, 0);
  }

  end(name: string): void {
    if (name === 'port') {
      this.total += this.#port ?? 0;
      this.#port = undefined;
    }
    if (name === 'output') this.#inOutput = false;
    this.#inDimension = false;
  }
}
