import { type BackendName, type EncodingName, type PluginName, register } from './register.js';
import type { GuestCrate, NativeRelease } from './register-entry.js';

/** A package of this project that provides a plug-in. A plug-in with backends has one package for each. */
export interface PluginPackage {
  /** The package, which has an embedded provider for every platform. */
  readonly packageName: string;
  /** The name WasmEdge knows the plug-in by. */
  readonly name: PluginName;
  /** The plug-in's display name: `WASI-NN`. */
  readonly title: string;
  /** Which backend, for a plug-in that has several; absent if it has none. */
  readonly backend?: BackendName;
  /** Modules that guests import from the plug-in. */
  readonly moduleNames: readonly string[];
  /** File name of the native plug-in, without platform prefix and suffix; absent if there is none. */
  readonly fileName?: string;
  /** Rust crates through which guests use the plug-in. */
  readonly guestCrates: readonly GuestCrate[];
  /** Encodings of models that the backend loads, as `--nn-preload` names them. */
  readonly encodings: readonly EncodingName[];
  /** Case-insensitive regular expression for a library that only this backend's native plug-in needs. Absent if no library identifies it. */
  readonly library?: string;
  /** The native plug-in as WasmEdge releases it; absent if it does not. */
  readonly release?: NativeRelease;
}

const plugins = register.filter((entry) => entry.backendOf === undefined);
/** Backends of servers come last: a message that names the first package to install should name one that needs nothing else. */
const backends = register
  .filter((entry) => entry.backendOf !== undefined)
  .sort((a, b) => Number(a.encodings === undefined) - Number(b.encodings === undefined));

/** Every package that provides a plug-in, those of one plug-in next to each other. */
export const pluginPackages: readonly PluginPackage[] = plugins.flatMap((plugin): PluginPackage[] => {
  const own = backends.filter(({ backendOf }) => backendOf === plugin.name);
  const { fileName, ...shared } = plugin;
  return own.length === 0
    ? [{ ...plugin, encodings: [] }]
    : own.map(({ backendOf, name, ...rest }) => ({
        ...shared,
        // A backend that WasmEdge does not release has no native file.
        ...(rest.release !== undefined && fileName !== undefined && { fileName }),
        encodings: [],
        ...rest,
        name: backendOf,
        backend: name,
      }));
});

/** The packages of backends whose native plug-in needs one of these libraries; none if no library identifies one. */
export function packagesNeeding(libraries: readonly string[]): readonly PluginPackage[] {
  return pluginPackages.filter(({ library }) => {
    const pattern = library === undefined ? undefined : new RegExp(library, 'i');
    return pattern !== undefined && libraries.some((name) => pattern.test(name));
  });
}
