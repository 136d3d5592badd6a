import type { PluginCommandLine, PluginLibrary } from '@wasmedge-plugins/core';
import { backendCommandLine } from '@wasmedge-plugins/wasi-nn';
import { openVinoBackend } from './backend.js';
import { OpenVinoLibrary } from './library/open-vino-library.js';
import { openVinoReleases } from './platforms.js';
import { openVINO } from './plugin.js';

/** The OpenVINO plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  ...backendCommandLine({ backend: openVinoBackend, releases: openVinoReleases, create: openVINO }),
  libraries: () => [describeLibrary()],
};

function describeLibrary(): PluginLibrary {
  const name = 'OpenVINO';
  try {
    const { path, version } = OpenVinoLibrary.open();
    return { name, path, version };
  } catch (error) {
    return { name, problem: (error as Error).message };
  }
}
