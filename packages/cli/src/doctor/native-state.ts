import { basename } from 'node:path';
import { type PluginPackage, packagesNeeding } from '@wasmedge-plugins/core';
import { pluginFileName } from '@wasmedge-plugins/core/plugins';
import type { FileState } from '../native-file/file-state.js';
import type { NativeState } from './doctor-report.js';
import type { ExaminedFiles } from './examine-files.js';

/** What the files that were found mean for one plug-in. */
export function nativeState(plugin: PluginPackage, { files, notTried }: ExaminedFiles): NativeState {
  const own = files.filter((file) => isFileOf(plugin, file));
  // The first that loads is the one that is used; the first of all says why none does.
  const file = own.find(({ loads }) => loads) ?? own[0];
  if (file === undefined) {
    const path = notTried.find((other) => isNamed(other, plugin));
    return path === undefined ? { installed: false } : { installed: true, path };
  }
  const { path, loads, problems } = file;
  const [problem] = problems;
  return {
    installed: true,
    path,
    ...(loads !== undefined && { loads }),
    ...(problem?.code !== undefined && { code: problem.code }),
    ...(problem !== undefined && { problem: problem.message }),
  };
}

function isFileOf(plugin: PluginPackage, file: FileState): boolean {
  if (plugin.fileName === undefined || (file.name !== plugin.name && !isNamed(file.path, plugin))) {
    return false;
  }
  // The files of all backends have one name; what they need tells one from another.
  const told = packagesNeeding(file.inspection?.needed ?? []);
  return plugin.backend === undefined || told.length === 0 || told.includes(plugin);
}

function isNamed(path: string, { fileName }: PluginPackage): boolean {
  return fileName !== undefined && basename(path) === pluginFileName(fileName);
}
