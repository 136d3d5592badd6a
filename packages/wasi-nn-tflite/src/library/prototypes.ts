import { type FunctionsOf, type Prototypes, pointer } from '@wasmedge-plugins/wasi-nn/kit/native';

const status = 'int32_t';

/** The functions that are used, from TensorFlow Lite's header `c_api.h`, 2.5 and later. */
export const prototypes = {
  version: ['TfLiteVersion', 'str', []],
  modelCreate: ['TfLiteModelCreate', pointer, [pointer, 'size_t']],
  // Not in the earliest releases, which then write to stderr what is wrong with a model.
  modelCreateWithErrorReporter: [
    'TfLiteModelCreateWithErrorReporter',
    pointer,
    [pointer, 'size_t', pointer, pointer],
    'optional',
  ],
  modelDelete: ['TfLiteModelDelete', 'void', [pointer]],
  optionsCreate: ['TfLiteInterpreterOptionsCreate', pointer, []],
  optionsDelete: ['TfLiteInterpreterOptionsDelete', 'void', [pointer]],
  optionsSetThreads: ['TfLiteInterpreterOptionsSetNumThreads', 'void', [pointer, 'int32_t']],
  optionsSetErrorReporter: ['TfLiteInterpreterOptionsSetErrorReporter', 'void', [pointer, pointer, pointer]],
  interpreterCreate: ['TfLiteInterpreterCreate', pointer, [pointer, pointer]],
  interpreterDelete: ['TfLiteInterpreterDelete', 'void', [pointer]],
  allocate: ['TfLiteInterpreterAllocateTensors', status, [pointer]],
  invoke: ['TfLiteInterpreterInvoke', status, [pointer]],
  resizeInput: ['TfLiteInterpreterResizeInputTensor', status, [pointer, 'int32_t', pointer, 'int32_t']],
  inputCount: ['TfLiteInterpreterGetInputTensorCount', 'int32_t', [pointer]],
  input: ['TfLiteInterpreterGetInputTensor', pointer, [pointer, 'int32_t']],
  outputCount: ['TfLiteInterpreterGetOutputTensorCount', 'int32_t', [pointer]],
  output: ['TfLiteInterpreterGetOutputTensor', pointer, [pointer, 'int32_t']],
  tensorType: ['TfLiteTensorType', 'int32_t', [pointer]],
  tensorRank: ['TfLiteTensorNumDims', 'int32_t', [pointer]],
  tensorDimension: ['TfLiteTensorDim', 'int32_t', [pointer, 'int32_t']],
  tensorByteSize: ['TfLiteTensorByteSize', 'size_t', [pointer]],
  tensorData: ['TfLiteTensorData', pointer, [pointer]],
  tensorName: ['TfLiteTensorName', 'str', [pointer]],
} as const satisfies Prototypes;

/** The bound functions. */
export type TensorFlowLiteFunctions = FunctionsOf<typeof prototypes>;
