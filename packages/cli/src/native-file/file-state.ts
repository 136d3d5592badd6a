import type { PluginDescription, PluginInspection } from '@wasmedge-plugins/core/plugins';

/** Why something does not work: a typed error of core, in words. */
export interface Problem {
  /** Absent when a process ended without a typed error. */
  readonly code?: string | undefined;
  readonly message: string;
}

/** What was found out about a native plug-in's file. */
export interface FileState {
  readonly path: string;
  /** The plug-in's WasmEdge name, where the file tells it. */
  readonly name: string | undefined;
  /** What its headers say; absent when it cannot be read as a library. */
  readonly inspection?: PluginInspection | undefined;
  /** What it says itself, once it was loaded in a process of its own. */
  readonly description?: PluginDescription | undefined;
  /** Whether it loads here; `undefined` when there is no libwasmedge to try it with. */
  readonly loads: boolean | undefined;
  /** Why it does not load, the first reason first. */
  readonly problems: readonly Problem[];
  /** What was said although it loads. */
  readonly warnings: readonly string[];
}
