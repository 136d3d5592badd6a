import { type FunctionsOf, type Prototypes, pointer } from '@wasmedge-plugins/wasi-nn/kit/native';

/** A pointer to a status that must be released; 0 when all is well. */
const status = pointer;

/** The function that the library exports; the others are in a table that it gives. */
export const exported = {
  apiBase: ['OrtGetApiBase', pointer, []],
} as const satisfies Prototypes;

/** What it points to: a function that gives the table, and one that tells the version. */
export const base = {
  api: ['GetApi', pointer, ['uint32_t']],
  version: ['GetVersionString', 'str', []],
} as const satisfies Prototypes;

/** The version of the table that is asked for: that of ONNX Runtime 1.24, whose places never change; earlier ones read files by any name that a model has. */
export const apiVersion = 24;

/** The functions that are used, from the structure `OrtApi` of the header `onnxruntime_c_api.h`, 1.24 to 1.30. */
export const prototypes = {
  errorCode: ['GetErrorCode', 'int32_t', [pointer]],
  errorMessage: ['GetErrorMessage', 'str', [pointer]],
  createEnv: ['CreateEnv', status, ['int32_t', 'str', pointer]],
  disableTelemetry: ['DisableTelemetryEvents', status, [pointer]],
  createSession: ['CreateSessionFromArray', status, [pointer, 'const uint8_t *', 'size_t', pointer, pointer]],
  run: ['Run', status, [pointer, pointer, pointer, pointer, 'size_t', pointer, 'size_t', pointer]],
  createOptions: ['CreateSessionOptions', status, [pointer]],
  setOptimization: ['SetSessionGraphOptimizationLevel', status, [pointer, 'int32_t']],
  setThreads: ['SetIntraOpNumThreads', status, [pointer, 'int32_t']],
  addConfigEntry: ['AddSessionConfigEntry', status, [pointer, 'str', 'str']],
  inputCount: ['SessionGetInputCount', status, [pointer, pointer]],
  outputCount: ['SessionGetOutputCount', status, [pointer, pointer]],
  inputType: ['SessionGetInputTypeInfo', status, [pointer, 'size_t', pointer]],
  outputType: ['SessionGetOutputTypeInfo', status, [pointer, 'size_t', pointer]],
  inputName: ['SessionGetInputName', status, [pointer, 'size_t', pointer, pointer]],
  outputName: ['SessionGetOutputName', status, [pointer, 'size_t', pointer, pointer]],
  createRunOptions: ['CreateRunOptions', status, [pointer]],
  terminateRun: ['RunOptionsSetTerminate', status, [pointer]],
  createTensor: [
    'CreateTensorWithDataAsOrtValue',
    status,
    [pointer, pointer, 'size_t', pointer, 'size_t', 'int32_t', pointer],
  ],
  tensorData: ['GetTensorMutableData', status, [pointer, pointer]],
  tensorInfoOf: ['CastTypeInfoToTensorInfo', status, [pointer, pointer]],
  elementType: ['GetTensorElementType', status, [pointer, pointer]],
  rank: ['GetDimensionsCount', status, [pointer, pointer]],
  dimensions: ['GetDimensions', status, [pointer, pointer, 'size_t']],
  elementCount: ['GetTensorShapeElementCount', status, [pointer, pointer]],
  tensorInfo: ['GetTensorTypeAndShape', status, [pointer, pointer]],
  createMemoryInfo: ['CreateCpuMemoryInfo', status, ['int32_t', 'int32_t', pointer]],
  freeText: ['AllocatorFree', status, [pointer, pointer]],
  defaultAllocator: ['GetAllocatorWithDefaultOptions', status, [pointer]],
  freeStatus: ['ReleaseStatus', 'void', [pointer]],
  freeSession: ['ReleaseSession', 'void', [pointer]],
  freeValue: ['ReleaseValue', 'void', [pointer]],
  freeRunOptions: ['ReleaseRunOptions', 'void', [pointer]],
  freeTypeInfo: ['ReleaseTypeInfo', 'void', [pointer]],
  freeTensorInfo: ['ReleaseTensorTypeAndShapeInfo', 'void', [pointer]],
  freeOptions: ['ReleaseSessionOptions', 'void', [pointer]],
  addProvider: [
    'SessionOptionsAppendExecutionProvider',
    status,
    [pointer, 'str', pointer, pointer, 'size_t'],
  ],
  addExternalData: [
    'AddExternalInitializersFromFilesInMemory',
    status,
    [pointer, pointer, pointer, pointer, 'size_t'],
  ],
} as const satisfies Prototypes;

/** The place of each in its structure. */
export const places = {
  api: 0,
  version: 1,
  errorCode: 1,
  errorMessage: 2,
  createEnv: 3,
  disableTelemetry: 6,
  createSession: 8,
  run: 9,
  createOptions: 10,
  setOptimization: 23,
  setThreads: 24,
  inputCount: 30,
  outputCount: 31,
  inputType: 33,
  outputType: 34,
  inputName: 36,
  outputName: 37,
  createRunOptions: 39,
  terminateRun: 46,
  createTensor: 49,
  tensorData: 51,
  tensorInfoOf: 55,
  elementType: 60,
  rank: 61,
  dimensions: 62,
  elementCount: 64,
  tensorInfo: 65,
  createMemoryInfo: 69,
  freeText: 76,
  defaultAllocator: 78,
  freeStatus: 93,
  freeSession: 95,
  freeValue: 96,
  freeRunOptions: 97,
  freeTypeInfo: 98,
  freeTensorInfo: 99,
  freeOptions: 100,
  addConfigEntry: 130,
  addProvider: 216,
  addExternalData: 279,
} as const satisfies Readonly<Record<keyof typeof base | keyof typeof prototypes, number>>;

/** The bound functions. */
export type OnnxRuntimeFunctions = FunctionsOf<typeof prototypes>;
