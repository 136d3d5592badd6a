import type { ValueType } from '../values/value-types.js';

/** A native plug-in, as it describes itself once it is loaded. */
export interface PluginDescription {
  /** Its WasmEdge name. */
  readonly name: string;
  /** Its own description; may be empty. */
  readonly description: string;
  /** Four numbers separated by dots. */
  readonly version: string;
  /** Version number of WasmEdge's plug-in API that it was built for. */
  readonly apiVersion: number;
  /** Language of its interface with WasmEdge. */
  readonly descriptor: 'c' | 'cpp';
  /** Its file. */
  readonly path: string;
  /** The wasm modules that guests can import from it. */
  readonly modules: readonly PluginModuleDescription[];
  /** Its options; `undefined` for a C++ plug-in, which does not expose them through the C API. */
  readonly options: readonly PluginOptionDescription[] | undefined;
}

/** A wasm module of a native plug-in. */
export interface PluginModuleDescription {
  /** The name that guests import from. */
  readonly name: string;
  /** The name by which WasmEdge creates it, often a different one. */
  readonly descriptorName: string;
  /** Its functions. */
  readonly functions: readonly PluginFunctionDescription[];
}

/** A function that guests can import. */
export interface PluginFunctionDescription {
  /** The name that guests import it by. */
  readonly name: string;
  /** Types of the parameters; `undefined` when JavaScript cannot pass one of them. */
  readonly params: readonly ValueType[] | undefined;
  /** Types of the results; `undefined` as for `params`. */
  readonly results: readonly ValueType[] | undefined;
}

/** Type of a C plug-in's option: `toggle` is a boolean; numbers have their width in bits. */
export type PluginOptionType =
  | 'none'
  | 'toggle'
  | 'i8'
  | 'i16'
  | 'i32'
  | 'i64'
  | 'u8'
  | 'u16'
  | 'u32'
  | 'u64'
  | 'f32'
  | 'f64'
  | 'string';

/** Types of a C plug-in's option, in the order of WasmEdge_ProgramOptionType. */
export const optionTypes: readonly PluginOptionType[] = [
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
];

/** An option of a C plug-in. */
export interface PluginOptionDescription {
  /** The name under which its value is given. */
  readonly name: string;
  /** The plug-in's description of it; may be empty. */
  readonly description: string;
  /** The type of its value; `none` for a type that WasmEdge does not report. */
  readonly type: PluginOptionType;
  /** The default that the plug-in declares; `undefined` if it declares none. */
  readonly default: boolean | number | bigint | string | undefined;
}
