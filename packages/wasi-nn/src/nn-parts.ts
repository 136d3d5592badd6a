import type { Backend } from './backend.js';
import type { NamedModel } from './embedded/named-model.js';
import type { NnLimits } from './nn-limits.js';
import type { TensorNumbering } from './tensor-numbering.js';

/** What one package adds to the WASI-NN of a runtime. */
export interface NnParts {
  readonly backends: readonly Backend[];
  readonly models: ReadonlyMap<string, NamedModel>;
  /** Encodings of which guests may load no bytes of their own. */
  readonly deniedEncodings: ReadonlySet<number>;
  readonly tensorNumbering: TensorNumbering;
  /** As far as the host has set them. */
  readonly limits: Partial<NnLimits>;
}

/** Key of a plug-in's parts, the same in every copy of this package. */
export const nnParts: unique symbol = Symbol.for('@wasmedge-plugins/wasi-nn/parts') as never;
