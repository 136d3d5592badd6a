import { type ElementVisitor, readElements, xmlOf } from './read-elements.js';

/** A layer of an intermediate representation. */
export interface Layer {
  readonly type: string;
  readonly inputs: readonly Port[];
  readonly outputs: readonly Port[];
  /** Names of a result, and the first in alphabetical order of the tensor that it gets. */
  readonly outputNames: readonly string[];
}

/** A place where a layer takes or gives a tensor. */
export interface Port {
  readonly names: readonly string[];
  readonly precision: string | undefined;
  readonly shape: readonly number[];
}

const maxPorts = 65_536;
const maxDimensions = 64;

/** What the XML of a model says of it. */
export interface Layers {
  /** Its parameters and results. */
  readonly ports: readonly Layer[];
  /** How many bytes of weights its constants are in. */
  readonly weightBytes: number;
}

/** The parameters and results of a model, and how many weights it has; or why the XML is not that of a model, as the end of a sentence. */
export function readLayers(bytes: Uint8Array): Layers | string {
  const found = xmlOf(bytes);
  if (typeof found === 'string') return found;
  const visitor = new LayerVisitor();
  const problem = readElements(found.text, found.begin, visitor);
  return problem ?? visitor.problem ?? { ports: visitor.connected(), weightBytes: visitor.weightBytes };
}

interface OpenLayer {
  id: string;
  type: string;
  inputs: Port[];
  outputs: Port[];
  outputNames: readonly string[];
}

/** Keeps parameters, results, and the names of what leads to results; layers of bodies inside of layers are not the model's own. */
class LayerVisitor implements ElementVisitor {
  problem: string | undefined;
  /** Where the data of the last constant end, of a body's too. */
  weightBytes = 0;
  readonly #layers: OpenLayer[] = [];
  /** The first name of each port that gives something, by layer and port: any number of results can get the tensor of one port. */
  readonly #names = new Map<string, string>();
  readonly #edges = new Map<string, string>();
  readonly #path: string[] = [];
  #layer: OpenLayer | undefined;
  #port: { id: string; names: readonly string[]; precision: string | undefined; shape: number[] } | undefined;
  #ports = 0;

  begin(name: string, attributes: ReadonlyMap<string, string>, isEmpty: boolean): void {
    const path = [...this.#path, name].join('/');
    if (!isEmpty) this.#path.push(name);
    const get = (key: string) => unescaped(attributes.get(key) ?? '');
    if (path === 'net/layers/layer') {
      const outputNames = attributes.has('output_names') ? splitNames(get('output_names')) : [];
      const layer = { id: get('id'), type: get('type'), inputs: [], outputs: [], outputNames };
      this.#layer = layer;
      if (layer.type === 'Parameter' || layer.type === 'Result') this.#layers.push(layer);
    } else if (/^net\/layers\/layer\/(in|out)put\/port$/.test(path)) {
      if (++this.#ports > maxPorts * 16) this.problem = 'it has too many ports';
      const names = attributes.has('names') ? splitNames(get('names')) : [];
      this.#port = { id: get('id'), names, precision: attributes.get('precision'), shape: [] };
      if (isEmpty) this.#endPort(path.includes('/input/'));
    } else if (name === 'data' && attributes.has('offset')) {
      const end = Number(get('offset')) + Number(get('size'));
      if (end > this.weightBytes) this.weightBytes = end;
    } else if (path === 'net/edges/edge') {
      this.#edges.set(get('to-layer'), `${get('from-layer')} ${get('from-port')}`);
    }
  }

  text(text: string): void {
    if (this.#path.at(-1) !== 'dim' || this.#port === undefined || this.#path.length !== 6) return;
    const length = Number(text);
    if (!Number.isSafeInteger(length) || length < -1) this.problem = 'a dimension is not a number';
    if (this.#port.shape.length >= maxDimensions) this.problem = 'it has too many dimensions';
    else this.#port.shape.push(length);
  }

  end(): void {
    const path = this.#path.join('/');
    this.#path.pop();
    if (/^net\/layers\/layer\/(in|out)put\/port$/.test(path)) this.#endPort(path.includes('/input/'));
  }

  /** A result is called as the tensor that it gets. */
  connected(): readonly Layer[] {
    return this.#layers.map(({ id, type, inputs, outputs, outputNames }) => {
      const name = type === 'Result' ? this.#names.get(this.#edges.get(id) ?? '') : undefined;
      return {
        type,
        inputs,
        outputs,
        outputNames: name === undefined ? outputNames : [...outputNames, name],
      };
    });
  }

  #endPort(isInput: boolean): void {
    const [layer, port] = [this.#layer, this.#port];
    this.#port = undefined;
    if (layer === undefined || port === undefined) return;
    const { id, ...rest } = port;
    if (isInput) layer.inputs.push(rest);
    else {
      layer.outputs.push(rest);
      const [first] = [...rest.names].sort();
      if (first !== undefined) this.#names.set(`${layer.id} ${id}`, first);
    }
  }
}

/** Names are divided by commas; one that belongs to a name has a backslash before it. */
function splitNames(text: string): readonly string[] {
  return text.split(/(?<!\\),/).map((name) => name.replaceAll('\\,', ','));
}

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The five characters that XML knows by name; a document type, which could declare others, is not read. */
function unescaped(text: string): string {
  return Buffer.from(text, 'latin1')
    .toString('utf8')
    .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => characters[name] ?? '');
}
