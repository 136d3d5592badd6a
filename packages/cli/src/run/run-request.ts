import type {
  AotMode,
  EngineName,
  PlacementName,
  PluginCommandLineValue,
  ProviderName,
} from '@wasmedge-plugins/core';
import type { NativePluginFlag } from './native-plugin-flag.js';
import type { DirOption } from './parse-options.js';

/** What a command line of `run` asks for. */
export interface RunRequest {
  readonly guest: string;
  /** What stands after the guest. */
  readonly args: readonly string[];
  readonly options: RunOptions;
  /** Options of plug-ins, by their long name without the dashes. */
  readonly values: Readonly<Record<string, PluginCommandLineValue>>;
}

/** Options of `run` that do not come from plug-ins. */
export interface RunOptions {
  readonly engine?: EngineName;
  readonly placement: PlacementName;
  readonly aot?: AotMode;
  readonly provider: ProviderName;
  readonly plugin?: string[];
  readonly forbiddenPlugin?: string[];
  readonly dir?: DirOption[];
  readonly env?: Record<string, string>;
  readonly gasLimit?: number;
  readonly timeLimit?: number;
  readonly memoryPageLimit?: number;
  readonly reactor?: boolean;
  readonly library?: string;
  readonly nativePlugin?: NativePluginFlag[];
  readonly lockFile?: string;
  readonly publicKey?: string[];
  readonly refuseUnverified?: boolean;
  readonly trace?: boolean;
  readonly json?: boolean;
  readonly verbose?: boolean;
}
