import type { PluginCommandLine } from '@wasmedge-plugins/core';
import { backendCommandLine } from '@wasmedge-plugins/wasi-nn';
import { pytorchBackend } from './backend.js';
import { describeLibraries } from './library/describe-libraries.js';
import { pytorchReleases } from './platforms.js';
import { pytorch } from './plugin.js';

/** The PyTorch plug-in in `wasmedge-plugins run`. */
export const commandLine: PluginCommandLine = {
  ...backendCommandLine({ backend: pytorchBackend, releases: pytorchReleases, create: pytorch }),
  libraries: describeLibraries,
};
