import { NnError } from '@wasmedge-plugins/wasi-nn';
import { elementBytes, typeName } from '../library/element-types.js';
import { ModelReader, type PortTensor } from './model-reader.js';

/** What is known of a model before a library sees it. */
export interface ReadModel {
  /** Names of the files that its tensors lie in besides its own. */
  readonly externalFiles: readonly string[];
  /** Names of inputs and outputs whose number of dimensions it does not state; ONNX Runtime describes them as if they had none. */
  readonly shapeless: ReadonlySet<string>;
}

/**
 * Reads a model as far as is needed to refuse what WASI-NN cannot pass on.
 *
 * @throws {NnError} `invalid_argument` for a file that is not of ONNX, `unsupported_operation` for inputs and outputs of element types that not both runtimes have, or that are no tensors.
 */
export function readModel(bytes: Uint8Array): ReadModel {
  try {
    const reader = new ModelReader(bytes);
    const { inputs, outputs } = reader.ports();
    for (const input of inputs) refuse('input', input);
    for (const output of outputs) refuse('output', output);
    if (outputs.length === 0) {
      throw new NnError('invalid_argument', 'The model has no outputs; name in it what it is to compute.');
    }
    const { files, others } = reader.externalData();
    if (others.length > 0) {
      throw new NnError(
        'unsupported_operation',
        `Tensors of the model that are not initializers of its main graph lie in the file ${JSON.stringify(others[0]?.slice(0, 200))}; ONNX Runtime takes only those from a file. Save the model with them in it.`,
      );
    }
    const shapeless = [...inputs, ...outputs].filter(({ shape }) => shape === undefined);
    return {
      externalFiles: files,
      shapeless: new Set(shapeless.map(({ name }) => name)),
    };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new NnError('invalid_argument', `The model is not one of ONNX, or is damaged: ${error.message}.`);
  }
}

function refuse(what: string, { name, type, kind }: PortTensor): void {
  const isTaken = elementBytes(type ?? 0) !== undefined;
  if (kind === undefined && isTaken) return;
  const problem = kind ?? `a tensor with elements of the type ${typeName(type ?? 0)}`;
  throw new NnError(
    'unsupported_operation',
    `The ${what} ${JSON.stringify(name.slice(0, 200))} of the model is ${problem}, which cannot be passed on; convert it in the model.`,
  );
}
