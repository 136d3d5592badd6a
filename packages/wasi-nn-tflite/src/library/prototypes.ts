import { openWithNeeded } from './open-with-needed.js';

/** A pointer as a number: the fast way through koffi. */
const pointer = 'uint64_t';
const status = 'int32_t';

/** The functions that are used, from TensorFlow Lite's header `c_api.h`, 2.5 and later. */
export function bindTensorFlowLite(path: string) {
  const library = openWithNeeded(path);
  const bind = (name: string, result: string, parameters: string[]) =>
    library.func(`TfLite${name}`, result, parameters);
  const bindIfThere = (name: string, result: string, parameters: string[]) => {
    try {
      return bind(name, result, parameters);
    } catch {
      return undefined;
    }
  };
  return {
    version: bind('Version', 'str', []),
    modelCreate: bind('ModelCreate', pointer, [pointer, 'size_t']),
    // Not in the earliest releases, which then write to stderr what is wrong with a model.
    modelCreateWithErrorReporter: bindIfThere('ModelCreateWithErrorReporter', pointer, [
      pointer,
      'size_t',
      pointer,
      pointer,
    ]),
    modelDelete: bind('ModelDelete', 'void', [pointer]),
    optionsCreate: bind('InterpreterOptionsCreate', pointer, []),
    optionsDelete: bind('InterpreterOptionsDelete', 'void', [pointer]),
    optionsSetThreads: bind('InterpreterOptionsSetNumThreads', 'void', [pointer, 'int32_t']),
    optionsSetErrorReporter: bind('InterpreterOptionsSetErrorReporter', 'void', [pointer, pointer, pointer]),
    interpreterCreate: bind('InterpreterCreate', pointer, [pointer, pointer]),
    interpreterDelete: bind('InterpreterDelete', 'void', [pointer]),
    allocate: bind('InterpreterAllocateTensors', status, [pointer]),
    invoke: bind('InterpreterInvoke', status, [pointer]),
    resizeInput: bind('InterpreterResizeInputTensor', status, [pointer, 'int32_t', pointer, 'int32_t']),
    inputCount: bind('InterpreterGetInputTensorCount', 'int32_t', [pointer]),
    input: bind('InterpreterGetInputTensor', pointer, [pointer, 'int32_t']),
    outputCount: bind('InterpreterGetOutputTensorCount', 'int32_t', [pointer]),
    output: bind('InterpreterGetOutputTensor', pointer, [pointer, 'int32_t']),
    tensorType: bind('TensorType', 'int32_t', [pointer]),
    tensorRank: bind('TensorNumDims', 'int32_t', [pointer]),
    tensorDimension: bind('TensorDim', 'int32_t', [pointer, 'int32_t']),
    tensorByteSize: bind('TensorByteSize', 'size_t', [pointer]),
    tensorData: bind('TensorData', pointer, [pointer]),
    tensorName: bind('TensorName', 'str', [pointer]),
  };
}

/** The bound functions. */
export type TensorFlowLiteFunctions = ReturnType<typeof bindTensorFlowLite>;
