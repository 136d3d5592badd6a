import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { backendCommandLine } from '@wasmedge-plugins/wasi-nn';
import { describeLibrary } from '@wasmedge-plugins/wasi-nn/kit';
import { openVinoBackend } from './backend.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { openVinoReleases } from './platforms.js';
import { openVINO } from './plugin.js';

/** The OpenVINO plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  ...backendCommandLine({ backend: openVinoBackend, releases: openVinoReleases, create: openVINO }),
  libraries: () => [describeLibrary('OpenVINO', OpenVinoLibrary.open)],
};
