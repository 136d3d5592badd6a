import type { Machine, PluginLibrary, PluginServer } from '@wasmedge-plugins/core';
import type { FileState } from '../native-file/file-state.js';

/** What `doctor` found out. */
export interface DoctorReport {
  /** False when something that was asked for, or is installed, does not work. */
  readonly ok: boolean;
  readonly machine: DoctorMachine;
  readonly engines: readonly EngineState[];
  readonly plugins: readonly PluginState[];
  /** The files that WasmEdge would come upon, in its order, 32 at most. */
  readonly files: readonly FileState[];
  /** Paths of those beyond. */
  readonly notTried: readonly string[];
  readonly compiledCode: CompiledCodeState;
  /** Servers that options name. */
  readonly servers: readonly PluginServer[];
}

/** Whether guests can be compiled, and the cache of compiled code. */
export interface CompiledCodeState {
  readonly directory: string;
  /** How many guests, in how many forms, are compiled. */
  readonly entries: number;
  readonly bytes: number;
  /** Whether the libwasmedge in use was built with its compiler; absent where there is none. */
  readonly hasCompiler?: boolean;
  /** Why what is compiled is not kept: the folder cannot be written to. */
  readonly notKept?: string;
  /** Why it is refused. */
  readonly problem?: string;
}

export interface DoctorMachine extends Machine {
  readonly node: string;
}

export interface EngineState {
  readonly name: 'v8' | 'wasmedge';
  readonly available: boolean;
  readonly version?: string;
  readonly path?: string;
  /** Folders in which WasmEdge looks for native plug-ins. */
  readonly pluginPlaces?: readonly string[];
  /** Why it is not available. */
  readonly problem?: string;
}

/** One package of a plug-in. */
export interface PluginState {
  readonly name: string;
  readonly packageName: string;
  /** Which backend, where the plug-in has several. */
  readonly backend?: string;
  readonly package: { readonly installed: boolean; readonly version?: string; readonly problem?: string };
  /** Whether WasmEdge released the native plug-in for this machine, and for the libwasmedge in use when there is one. */
  readonly released: ReleaseState;
  readonly native: NativeState;
  /** Libraries of the machine that the package needs; empty when it needs none or is not installed. */
  readonly libraries: readonly PluginLibrary[];
  /** Which provider a runtime would take. */
  readonly provider: 'embedded' | undefined;
  readonly reason: string;
}

export interface ReleaseState {
  readonly here: boolean;
  /** First and last version of WasmEdge that has it for this machine. */
  readonly since?: string;
  readonly until?: string;
  /** The asset of the release that belongs to the libwasmedge in use. */
  readonly asset?: string;
  /** Why it is released here or is not. */
  readonly why: string;
  /** What to use when it is not. */
  readonly instead?: string;
}

/** The native plug-in's file. */
export interface NativeState {
  /** `undefined` when it could not be looked for. */
  readonly installed: boolean | undefined;
  readonly path?: string;
  /** `undefined` when it was not tried. */
  readonly loads?: boolean;
  /** Code of the error that keeps it from loading. */
  readonly code?: string;
  readonly problem?: string;
}
