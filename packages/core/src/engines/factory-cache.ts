import { formatSignature, type Signature } from '../values/signature.js';

/** How many signatures have their generated code kept; guests name a handful, and a hostile one as many as fit into its bytes. */
const mostKept = 256;
/** Parameters and results up to which code is generated for a signature, which makes calls fast; more are handled by a loop. */
const mostValues = 32;
/** How many signatures of one instance have code of their own. */
const mostPerInstance = 512;

/** Generated code by signature: that which was asked for longest ago is dropped, and made again when it is needed. */
export class FactoryCache<Factory> {
  readonly #factories = new Map<string, Factory>();

  /** The code for a signature; `scope` tells apart what one signature has different code for. */
  get(signature: Signature, generate: () => Factory, scope = ''): Factory {
    const key = `${scope}${formatSignature(signature)}`;
    const factory = this.#factories.get(key) ?? generate();
    this.#factories.delete(key);
    this.#factories.set(key, factory);
    if (this.#factories.size > mostKept) {
      this.#factories.delete(this.#factories.keys().next().value as string);
    }
    return factory;
  }
}

/** Counts the exports of one instance that have generated code, so that a guest cannot make its host write more than it is worth. */
export class GeneratedCode {
  #count = 0;

  /** Whether an export of this signature may have code of its own. */
  isWorthwhile({ params, results }: Signature): boolean {
    return params.length + results.length <= mostValues && ++this.#count <= mostPerInstance;
  }
}
