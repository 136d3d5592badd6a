import type { PluginRelease } from '@wasmedge-plugins/core';

/** Native plug-ins that this package can run instead of its own backend: none. */
export const ggmlReleases: readonly PluginRelease[] = [];
