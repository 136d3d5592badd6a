import type { EngineName, PlacementName, ProviderName } from '@wasmedge-plugins/core';

/** An engine, a provider and a placement that a suite can be run on. */
export interface Target {
  /** The engine that runs the guests. */
  readonly engine: EngineName;
  /** Where the plug-in's functions come from. */
  readonly provider: ProviderName;
  /** Where the guests run. Default: `inline`. */
  readonly placement?: PlacementName;
  /**
   * Whether guests of engine `wasmedge` in placement `process` are compiled to native code before they run. A case whose guests are not compiled fails.
   * Default: they are interpreted.
   */
  readonly aot?: 'wait';
  /** True when the native plug-in is one that the test built in place of the released one. Default: `false`. */
  readonly standIn?: boolean;
  /** File of the native plug-in. Default: the plug-in looks in its usual places. */
  readonly nativePath?: string;
}

/** A target that is not available here. */
export interface IgnoredTarget extends Target {
  /** Why; may have several lines. */
  readonly reason: string;
  /** True when `CI_REQUIRE` names what is missing, so that its absence is a failure. */
  readonly required: boolean;
}

/** A target's name in reports, for example `wasmedge, native (stand-in)` or `wasmedge, embedded, process, compiled`. */
export function targetLabel(target: Target): string {
  return `${target.engine}, ${providerLabel(target)}`;
}

/** What {@link targetLabel} says besides the engine: a stand-in is never shown as the released plug-in. */
export function providerLabel({ provider, standIn, placement = 'inline', aot }: Target): string {
  const name = standIn ? `${provider} (stand-in)` : provider;
  return [name, ...(placement === 'inline' ? [] : [placement]), ...(aot ? ['compiled'] : [])].join(', ');
}
