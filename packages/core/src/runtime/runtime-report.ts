import type { EngineName } from '../engines/engine.js';
import type { ProviderName } from '../plugin/plugin.js';
import type { Voucher } from '../plugin-trust/verify-plugin.js';

/** What a runtime chose, and why. */
export interface RuntimeReport {
  readonly engine: EngineName;
  /** Why this engine: the option that asked for it, or that it is the default. */
  readonly engineReason: string;
  /** The libwasmedge in use, on engine `wasmedge`. */
  readonly library?: { readonly path: string; readonly version: string };
  readonly plugins: readonly PluginReport[];
}

/** What a runtime chose for one plug-in. */
export interface PluginReport {
  readonly name: string;
  readonly provider: ProviderName;
  readonly reason: string;
  /** File of a native plug-in. */
  readonly path?: string;
  /** What vouched for that file, where `nativePlugins` asked for something; empty when nothing did. */
  readonly verifiedBy?: readonly Voucher[];
  readonly modules: readonly string[];
}
