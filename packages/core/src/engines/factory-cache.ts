import { formatSignature, type Signature } from '../values/signature.js';

/** How many signatures have their generated code kept; guests name a handful, and a hostile one as many as fit into its bytes. */
const maxKept = 256;
/** Parameters and results up to which code is generated for a signature, which makes calls fast; more are handled by a loop. */
const maxValues = 32;
/** How many signatures of one instance have code of their own. */
const maxPerInstance = 512;

/** Generated code by signature: that which was asked for longest ago is dropped, and made again when it is needed. */
export class FactoryCache<Factory> {
  readonly #factories = new Map<string, Factory>();

  /** The code for a signature; `scope` tells apart what one signature has different code for. */
  get(signature: Signature, generate: () => Factory, scope = ''): Factory {
    const key = scope + textOf(signature);
    const known = this.#factories.get(key);
    // Their order matters only once some must go.
    if (known !== undefined && this.#factories.size < maxKept / 2) return known;
    const factory = known ?? generate();
    this.#factories.delete(key);
    this.#factories.set(key, factory);
    if (this.#factories.size > maxKept) {
      this.#factories.delete(this.#factories.keys().next().value as string);
    }
    return factory;
  }
}

const texts = new WeakMap<Signature, string>();

function textOf(signature: Signature): string {
  let text = texts.get(signature);
  if (text === undefined) {
    text = formatSignature(signature);
    texts.set(signature, text);
  }
  return text;
}

/** Counts the exports of one instance that have generated code, so that a guest cannot make its host write more than it is worth. */
export class GeneratedCode {
  #count = 0;

  /** Whether an export of this signature may have code of its own. */
  isWorthwhile({ params, results }: Signature): boolean {
    return params.length + results.length <= maxValues && ++this.#count <= maxPerInstance;
  }
}
