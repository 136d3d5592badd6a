import type { EngineName, ProviderName } from '@wasmedge-plugins/core';

/** An engine and a provider that a suite can be run on. */
export interface Target {
  /** The engine that runs the guests. */
  readonly engine: EngineName;
  /** Where the plug-in's functions come from. */
  readonly provider: ProviderName;
  /** True when the native plug-in is one that the test built in place of the released one. Default: `false`. */
  readonly standIn?: boolean;
  /** File of the native plug-in. Default: the plug-in looks in its usual places. */
  readonly nativePath?: string;
}

/** A target that cannot be had here. */
export interface IgnoredTarget extends Target {
  /** Why; may have several lines. */
  readonly reason: string;
  /** True when `CI_REQUIRE` names what is missing, so that its absence is a failure. */
  readonly required: boolean;
}

/** How a target is called in reports, for example `wasmedge, native (stand-in)`. */
export function targetLabel(target: Target): string {
  return `${target.engine}, ${providerLabel(target)}`;
}

/** The provider's part of {@link targetLabel}: a stand-in is never shown as the released plug-in. */
export function providerLabel(target: Target): string {
  return target.standIn ? `${target.provider} (stand-in)` : target.provider;
}
