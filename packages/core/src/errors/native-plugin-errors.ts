import { hasErrorCode, WasmEdgePluginsError } from './wasmedge-plugins-error.js';

/** A native plug-in's file was not found where it was looked for. */
export class NativePluginNotFoundError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_NOT_FOUND';
  /** Every place that was searched, in order. */
  readonly places: readonly string[];

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, details: { readonly places: readonly string[] }, options?: ErrorOptions) {
    super(message, options);
    this.places = details.places;
  }

  static override isInstance(value: unknown): value is NativePluginNotFoundError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_NOT_FOUND');
  }
}

/** A file is not a WasmEdge plug-in. */
export class NativePluginInvalidError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_INVALID';

  static override isInstance(value: unknown): value is NativePluginInvalidError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_INVALID');
  }
}

/** A native plug-in is built for a different platform or processor. */
export class NativePluginArchitectureError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_ARCHITECTURE';
  /** The platform that this process loads, such as `linux x64`. */
  readonly wanted: string;
  /** The platforms that the file has. */
  readonly found: readonly string[];

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(
    message: string,
    details: { readonly wanted: string; readonly found: readonly string[] },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.wanted = details.wanted;
    this.found = details.found;
  }

  static override isInstance(value: unknown): value is NativePluginArchitectureError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_ARCHITECTURE');
  }
}

/** A native plug-in is built for a different version of the plug-in API than that of the libwasmedge in use. */
export class NativePluginVersionError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_VERSION';
  /** Version number of WasmEdge's plug-in API that the file is built for. */
  readonly pluginApiVersion: number;
  /** Version number of WasmEdge's plug-in API that the libwasmedge has. */
  readonly libraryApiVersion: number;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(
    message: string,
    details: { readonly pluginApiVersion: number; readonly libraryApiVersion: number },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.pluginApiVersion = details.pluginApiVersion;
    this.libraryApiVersion = details.libraryApiVersion;
  }

  static override isInstance(value: unknown): value is NativePluginVersionError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_VERSION');
  }
}

/** A native plug-in needs a library, a version of one, or a symbol that this machine lacks. */
export class NativePluginDependencyError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_DEPENDENCY';
  /** What is missing: `libfoo.so.1`, `GLIBC_2.38 of libc.so.6`, or the name of a symbol. */
  readonly missing: readonly string[];

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, details: { readonly missing: readonly string[] }, options?: ErrorOptions) {
    super(message, options);
    this.missing = details.missing;
  }

  static override isInstance(value: unknown): value is NativePluginDependencyError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_DEPENDENCY');
  }
}

/** A native plug-in is not one that the runtime was told to trust, and was not loaded. */
export class NativePluginUnverifiedError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_UNVERIFIED';
  /** `unknown`: nothing vouches for it; `hash`: it does not match its pin; `signature`: no key made its signature. */
  readonly reason: 'unknown' | 'hash' | 'signature';
  /** SHA-256 of the file, in hexadecimal. */
  readonly sha256: string;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(
    message: string,
    details: { readonly reason: 'unknown' | 'hash' | 'signature'; readonly sha256: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.reason = details.reason;
    this.sha256 = details.sha256;
  }

  static override isInstance(value: unknown): value is NativePluginUnverifiedError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_UNVERIFIED');
  }
}

/** A lock file of native plug-ins cannot be read or written, or is not valid. */
export class PluginLockError extends WasmEdgePluginsError {
  override readonly code = 'ERR_PLUGIN_LOCK';

  static override isInstance(value: unknown): value is PluginLockError {
    return hasErrorCode(value, 'ERR_PLUGIN_LOCK');
  }
}

/** The process already has another native plug-in of this name; WasmEdge keeps the first and cannot unload any. */
export class NativePluginNameTakenError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_NAME_TAKEN';
  /** Name of the plug-in. */
  readonly plugin: string;
  /** The file that has the name. */
  readonly takenBy: string;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(
    message: string,
    details: { readonly plugin: string; readonly takenBy: string },
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.plugin = details.plugin;
    this.takenBy = details.takenBy;
  }

  static override isInstance(value: unknown): value is NativePluginNameTakenError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_NAME_TAKEN');
  }
}

/** The process already has another native WASI-NN backend: they all have the same name, so a process can have only one. */
export class NativePluginBackendTakenError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_BACKEND_TAKEN';
  /** The file that was loaded. */
  readonly takenBy: string;

  /**
   * Makes the error.
   *
   * @param message what happened, and what to do next.
   * @param details the properties with the same names.
   * @param options the error that caused it, as `cause`. Default: none.
   */
  constructor(message: string, details: { readonly takenBy: string }, options?: ErrorOptions) {
    super(message, options);
    this.takenBy = details.takenBy;
  }

  static override isInstance(value: unknown): value is NativePluginBackendTakenError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_BACKEND_TAKEN');
  }
}

/** WasmEdge did not accept a native plug-in. */
export class NativePluginLoadError extends WasmEdgePluginsError {
  override readonly code = 'ERR_NATIVE_PLUGIN_LOAD';

  static override isInstance(value: unknown): value is NativePluginLoadError {
    return hasErrorCode(value, 'ERR_NATIVE_PLUGIN_LOAD');
  }
}
