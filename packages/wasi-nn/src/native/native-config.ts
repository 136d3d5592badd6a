/** Where a guest passes a configuration. */
export interface NativeConfigUse {
  /** Whether it is an input of a context; otherwise it comes with a model. */
  readonly isInput: boolean;
  /** The releases of WasmEdge that the plug-in is of: `0.14` and earlier, or `0.15` and later. */
  readonly release: '0.14' | '0.15';
}

/** What a guest's configuration is to a native plug-in. */
export interface NativeConfig {
  /** The text that the plug-in gets. */
  readonly text: string;
  /** Whether the model turns texts into vectors from then on. Default: as before. */
  readonly givesVectors?: boolean | undefined;
}

/** Reads a guest's configuration before a native plug-in does; throws an `NnError` for one that it must not get. */
export type NativeConfigReader = (text: string, use: NativeConfigUse) => NativeConfig;

/** The input of a context that is a configuration, with a plug-in that takes one. */
export const configInput = 1;
