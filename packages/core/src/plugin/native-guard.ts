import type { HostModule } from '../host-module/host-module.js';
import type { GuestMemory } from '../memory/guest-memory.js';
import type { PluginFunctionDescription } from '../plugin-description/plugin-description.js';
import type { PluginContext } from './plugin-context.js';

/**
 * Functions of a native plug-in's module, and the memory that they see: a native function sees the memory of the module that calls it, so
 * this is a separate, tiny guest. Disposal frees both.
 */
export interface NativeModuleCalls extends Disposable {
  /** The functions by name; numbers in, a number out. */
  readonly exports: Readonly<Record<string, (...args: number[]) => number>>;
  /** One page of 64 KiB at first. */
  readonly memory: GuestMemory;
}

/** A module of a native plug-in that a {@link NativeGuard} protects. */
export interface NativeModule {
  /** The name that guests import from. */
  readonly name: string;
  /** Its functions, with their types as WasmEdge reports them. */
  readonly functions: readonly PluginFunctionDescription[];
  /**
   * Makes one more caller of the functions; the state of the plug-in is the same for all.
   *
   * @throws {DisposedError} when the runtime is gone.
   */
  open(): NativeModuleCalls;
}

/**
 * Makes the module that guests import in place of a native one. It checks the guests' data, copies it into its own memory, and calls the
 * native functions on that: the memory they read and write there cannot be a guest's.
 */
export type NativeGuard = (module: NativeModule, context: PluginContext) => HostModule;
