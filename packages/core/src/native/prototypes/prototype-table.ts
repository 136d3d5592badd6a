/** C types as koffi names them. Pointers are 64-bit numbers, which koffi passes fastest; a Result is its 32-bit code. */
export type CType =
  | 'void'
  | 'bool'
  | 'int32_t'
  | 'uint32_t'
  | 'uint64_t'
  | 'str'
  | 'bytes'
  | 'String'
  | 'Value';

/** Result and parameters of one C function, without the prefix `WasmEdge_` in its name. */
export type Prototype = readonly [result: CType, parameters: readonly CType[]];

/** Pointers to C objects are written `uint64_t`. */
const pointer = 'uint64_t';

/** The functions of libwasmedge 0.14 that a host needs. 0.15 and 0.16 only add functions, so they share it. */
export const prototypes014 = {
  VersionGet: ['str', []],
  LogOff: ['void', []],
  LogSetDebugLevel: ['void', []],
  ResultGetMessage: ['str', ['uint32_t']],

  ValTypeGenI32: ['uint64_t', []],
  ValTypeGenI64: ['uint64_t', []],
  ValTypeGenF32: ['uint64_t', []],
  ValTypeGenF64: ['uint64_t', []],
  ValTypeGenV128: ['uint64_t', []],
  ValTypeGenFuncRef: ['uint64_t', []],
  ValTypeGenExternRef: ['uint64_t', []],

  ConfigureCreate: [pointer, []],
  ConfigureDelete: ['void', [pointer]],
  ConfigureSetForceInterpreter: ['void', [pointer, 'bool']],
  ConfigureSetMaxMemoryPage: ['void', [pointer, 'uint32_t']],
  ConfigureStatisticsSetCostMeasuring: ['void', [pointer, 'bool']],
  ConfigureCompilerSetOptimizationLevel: ['void', [pointer, 'int32_t']],
  ConfigureCompilerSetOutputFormat: ['void', [pointer, 'int32_t']],
  ConfigureCompilerSetGenericBinary: ['void', [pointer, 'bool']],
  ConfigureCompilerSetInterruptible: ['void', [pointer, 'bool']],
  CompilerCreate: [pointer, [pointer]],
  CompilerDelete: ['void', [pointer]],
  CompilerCompileFromBuffer: ['uint32_t', [pointer, 'bytes', 'uint64_t', 'str']],

  StatisticsCreate: [pointer, []],
  StatisticsDelete: ['void', [pointer]],
  StatisticsSetCostLimit: ['void', [pointer, 'uint64_t']],
  StatisticsGetTotalCost: ['uint64_t', [pointer]],
  StatisticsClear: ['void', [pointer]],

  LoaderCreate: [pointer, [pointer]],
  LoaderDelete: ['void', [pointer]],
  LoaderParseFromBuffer: ['uint32_t', [pointer, pointer, 'bytes', 'uint32_t']],
  ASTModuleDelete: ['void', [pointer]],
  ValidatorCreate: [pointer, [pointer]],
  ValidatorDelete: ['void', [pointer]],
  ValidatorValidate: ['uint32_t', [pointer, pointer]],

  StoreCreate: [pointer, []],
  StoreDelete: ['void', [pointer]],
  ExecutorCreate: [pointer, [pointer, pointer]],
  ExecutorDelete: ['void', [pointer]],
  ExecutorInstantiate: ['uint32_t', [pointer, pointer, pointer, pointer]],
  ExecutorRegister: ['uint32_t', [pointer, pointer, pointer, pointer, 'String']],
  ExecutorRegisterImport: ['uint32_t', [pointer, pointer, pointer]],
  ExecutorInvoke: ['uint32_t', [pointer, pointer, pointer, 'uint32_t', pointer, 'uint32_t']],

  FunctionTypeCreate: [pointer, [pointer, 'uint32_t', pointer, 'uint32_t']],
  FunctionTypeDelete: ['void', [pointer]],
  FunctionTypeGetParametersLength: ['uint32_t', [pointer]],
  FunctionTypeGetParameters: ['uint32_t', [pointer, pointer, 'uint32_t']],
  FunctionTypeGetReturnsLength: ['uint32_t', [pointer]],
  FunctionTypeGetReturns: ['uint32_t', [pointer, pointer, 'uint32_t']],
  FunctionInstanceCreate: [pointer, [pointer, pointer, pointer, 'uint64_t']],
  FunctionInstanceDelete: ['void', [pointer]],
  FunctionInstanceGetFunctionType: [pointer, [pointer]],

  ModuleInstanceCreate: [pointer, ['String']],
  ModuleInstanceDelete: ['void', [pointer]],
  ModuleInstanceAddFunction: ['void', [pointer, 'String', pointer]],
  ModuleInstanceFindFunction: [pointer, [pointer, 'String']],
  ModuleInstanceFindMemory: [pointer, [pointer, 'String']],
  ModuleInstanceFindTable: [pointer, [pointer, 'String']],
  ModuleInstanceFindGlobal: [pointer, [pointer, 'String']],
  ModuleInstanceListFunctionLength: ['uint32_t', [pointer]],
  ModuleInstanceListFunction: ['uint32_t', [pointer, pointer, 'uint32_t']],
  ModuleInstanceGetModuleName: ['String', [pointer]],
  ModuleInstanceInitWasmEdgeProcess: ['void', [pointer, 'uint32_t', 'bool']],

  MemoryInstanceGetPointer: [pointer, [pointer, 'uint32_t', 'uint32_t']],
  MemoryInstanceGetPageSize: ['uint32_t', [pointer]],
  MemoryInstanceGrowPage: ['uint32_t', [pointer, 'uint32_t']],
  TableInstanceGetTableType: [pointer, [pointer]],
  TableTypeGetRefType: ['uint64_t', [pointer]],
  TableInstanceGetSize: ['uint32_t', [pointer]],
  TableInstanceGetData: ['uint32_t', [pointer, pointer, 'uint32_t']],
  TableInstanceSetData: ['uint32_t', [pointer, 'Value', 'uint32_t']],
  TableInstanceGrow: ['uint32_t', [pointer, 'uint32_t']],
  GlobalInstanceGetGlobalType: [pointer, [pointer]],
  GlobalTypeGetValType: ['uint64_t', [pointer]],
  GlobalInstanceGetValue: ['Value', [pointer]],
  GlobalInstanceSetValue: ['uint32_t', [pointer, 'Value']],

  CallingFrameGetMemoryInstance: [pointer, [pointer, 'uint32_t']],
  CallingFrameGetModuleInstance: [pointer, [pointer]],

  PluginLoadFromPath: ['void', ['str']],
  PluginListPluginsLength: ['uint32_t', []],
  PluginListPlugins: ['uint32_t', [pointer, 'uint32_t']],
  PluginFind: [pointer, ['String']],
  PluginListModuleLength: ['uint32_t', [pointer]],
  PluginListModule: ['uint32_t', [pointer, pointer, 'uint32_t']],
  PluginCreateModule: [pointer, [pointer, 'String']],
  PluginInitWASINN: ['void', [pointer, 'uint32_t']],
} as const satisfies Record<string, Prototype>;

/** Names of the functions, without their prefix. */
export type FunctionName = keyof typeof prototypes014;

/** One prototype for each function. */
export type PrototypeTable = Readonly<Record<FunctionName, Prototype>>;
