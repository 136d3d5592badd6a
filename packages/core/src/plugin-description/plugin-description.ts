import type { ValueType } from '../values/value-types.js';

/** A native plug-in, as it describes itself once it is loaded. */
export interface PluginDescription {
  /** Its WasmEdge name. */
  readonly name: string;
  readonly description: string;
  /** Four numbers with points between them. */
  readonly version: string;
  /** Version of WasmEdge's plug-in API. */
  readonly apiVersion: number;
  /** Language of its interface with WasmEdge. */
  readonly descriptor: 'c' | 'cpp';
  /** Its file. */
  readonly path: string;
  readonly modules: readonly PluginModuleDescription[];
  /** Its options; `undefined` for a C++ plug-in, which does not tell them through the C API. */
  readonly options: readonly PluginOptionDescription[] | undefined;
}

/** A wasm module of a native plug-in. */
export interface PluginModuleDescription {
  /** The name that guests import from. */
  readonly name: string;
  /** The name that WasmEdge makes it by, often another. */
  readonly descriptorName: string;
  readonly functions: readonly PluginFunctionDescription[];
}

/** A function that guests can import. */
export interface PluginFunctionDescription {
  readonly name: string;
  /** `undefined` when a type is among them that JavaScript cannot pass. */
  readonly params: readonly ValueType[] | undefined;
  readonly results: readonly ValueType[] | undefined;
}

/** Types of a C plug-in's option, in the order of WasmEdge_ProgramOptionType. */
export const optionTypes = [
  'none',
  'toggle',
  'i8',
  'i16',
  'i32',
  'i64',
  'u8',
  'u16',
  'u32',
  'u64',
  'f32',
  'f64',
  'string',
] as const;

/** Type of a C plug-in's option. */
export type PluginOptionType = (typeof optionTypes)[number];

/** An option of a C plug-in. */
export interface PluginOptionDescription {
  readonly name: string;
  readonly description: string;
  readonly type: PluginOptionType;
  /** What the plug-in declares as its default; `undefined` where it declares none. */
  readonly default: boolean | number | bigint | string | undefined;
}
