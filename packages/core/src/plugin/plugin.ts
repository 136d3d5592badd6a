import type { HostModule } from '../host-module/host-module.js';
import type { Recipe } from '../recipe/recipe.js';
import type { BackendName } from '../register/register.js';
import type { NativeGuard } from './native-guard.js';
import type { PluginContext } from './plugin-context.js';
import type { SocketPolicy } from './socket-policy.js';

/** Where a plug-in's functions come from. */
export type ProviderName = 'embedded' | 'native';

/** One plug-in's state and functions in one runtime. */
export interface PluginInstance {
  /** The modules that guests import from it; their names are those of {@link Plugin.moduleNames}. */
  readonly modules: readonly HostModule[];
  /** What guests may do with WASI sockets because of this plug-in. Default: nothing. If there are several plug-ins, the first that allows something decides. */
  readonly sockets?: SocketPolicy | undefined;
  /** What it has chosen by itself and why, read for each `runtime.report()`: a sentence without a full stop each. Default: nothing. */
  readonly choices?: readonly string[] | undefined;
  /** Releases what the instance holds; called once, when the runtime ends. Default: there is nothing to release. */
  [Symbol.dispose]?(): void;
}

/** How a native plug-in is found, configured and loaded. */
export interface NativePluginRequest {
  /**
   * File name without platform prefix and suffix, for example `wasmedgePluginWasmEdgeProcess`. Default: the file in the usual places that
   * declares the plug-in's name.
   */
  readonly fileName?: string | undefined;
  /** The file to load. Default: the usual places are searched. */
  readonly path?: string | undefined;
  /**
   * Which plug-in a file is instead, as the end of "it is …"; several plug-ins may have one name and one file name, and the file tells them apart. `undefined` for a file
   * that is this plug-in, or does not tell. Nothing of the file has been run. Default: every file is this plug-in.
   */
  readonly refuse?: ((path: string) => string | undefined) | undefined;
  /** Which backend is wanted, for a plug-in that has several, so that messages tell how to get that one. Default: any. */
  readonly backend?: BackendName | undefined;
  /** Whether a file that declares a name other than the plug-in's is still accepted, under its own name. Default: `false`. */
  readonly anyName?: boolean | undefined;
  /** SHA-256 of the file in hexadecimal, or a list of them; a file with another one is not loaded. Default: what the runtime demands. */
  readonly sha256?: string | readonly string[] | undefined;
  /** Values of the plug-in's options, by name. */
  readonly options: Readonly<Record<string, NativeOptionValue>>;
  /** Its known defects, logged once per process when the plug-in is loaded. Default: nothing is logged. */
  readonly warning?: string | undefined;
  /** Makes a module that guests import in place of each of the plug-in's. Default: guests import the plug-in's own. */
  readonly guard?: NativeGuard | undefined;
  /** Makes the policy for WASI sockets that guests get because of this plug-in. Default: nothing. */
  readonly sockets?: ((context: PluginContext) => SocketPolicy) | undefined;
}

/** The value of one option of a native plug-in; a list is for a repeatable option. */
export type NativeOptionValue = string | number | bigint | boolean | readonly string[];

/** Key of the function that combines several plug-ins with the same WasmEdge name into one. */
export const combinePlugins: unique symbol = Symbol.for('@wasmedge-plugins/combine') as never;

/** An entry of `createRuntime({ plugins })`. */
export interface Plugin {
  /** The plug-in's WasmEdge name, for example `wasmedge_process`. */
  readonly name: string;
  /** Where the functions come from. */
  readonly provider: ProviderName;
  /** Why that provider, for `runtime.report()`, if the plug-in chose it itself. Default: that the option asks for it, or that it works everywhere. */
  readonly reason?: string | undefined;
  /** Names of the wasm modules that guests import from it. */
  readonly moduleNames: readonly string[];
  /**
   * Makes the embedded provider's state and functions for one runtime; only called when `provider` is `embedded`.
   *
   * @throws anything: `createRuntime` rejects with it, and everything made before is disposed.
   */
  create(context: PluginContext): PluginInstance;
  /** What the native provider needs; only read when `provider` is `native`. Default: there is no native provider. */
  readonly native?: NativePluginRequest | undefined;
  /**
   * How it is recreated in another thread or process. Default: it cannot be. A changed copy, such as `{ ...plugin, create }`, has none, since the recipe would
   * make it without the change.
   */
  readonly recipe?: Recipe | undefined;
  /** Combines several plug-ins with the same name into one. Default: a second one is an error. */
  readonly [combinePlugins]?: (plugins: readonly Plugin[]) => Plugin;
}
