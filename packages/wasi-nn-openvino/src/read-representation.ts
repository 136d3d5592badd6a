import { type ElementVisitor, readElements, xmlOf } from './read-elements.js';

/** What the XML of an intermediate representation says, as far as this package looks at it. */
export interface Representation {
  /** The XML from its first tag on. */
  readonly xml: Uint8Array;
  /** Bytes of all tensors that its operations give, where their shapes are fixed. */
  readonly tensorBytes: number;
}

/** Most bytes of the XML that a guest brings; that of a large language model has a tenth of it. */
const longestXml = 64 * 2 ** 20;

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
  const found = xmlOf(bytes);
  if (typeof found === 'string') return found;
  const { xml, text, begin } = found;
  const sizes = new TensorSizes();
  const problem = readElements(text, begin, sizes);
  return problem ?? { xml, tensorBytes: sizes.total };
}

/** Whether an element has a word for a file where information about the model or an operation's settings stand. */
function namesFiles(element: string, attributes: ReadonlyMap<string, string>): boolean {
  if (namesFile.test(element)) return true;
  if (element === 'attribute' && namesFile.test(attributes.get('name') ?? '')) return true;
  return [...attributes.keys()].some((name) => namesFile.test(name));
}

/** Adds up the sizes of the tensors that stand in elements `output`, `port` and `dim`; constants, which contexts share, are left out. */
class TensorSizes implements ElementVisitor {
  total = 0;
  #isConstant = false;
  #inOutput = false;
  #inDimension = false;
  #port: number | undefined;

  refuse(name: string, attributes: ReadonlyMap<string, string>): string | undefined {
    return namesFiles(name, attributes) ? `its XML may name a file, in the element ${name}` : undefined;
  }

  begin(name: string, attributes: ReadonlyMap<string, string>, isEmpty: boolean): void {
    if (isEmpty) return;
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
