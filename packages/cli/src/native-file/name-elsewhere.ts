import { realpathSync } from 'node:fs';
import type { WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { findPlugins } from '@wasmedge-plugins/core/plugins';
import { declaredName } from './declared-name.js';
import type { FileState } from './file-state.js';

/** A warning when WasmEdge itself would come upon another file of the same plug-in first. */
export function nameElsewhere({ path, name }: FileState, library: WasmEdgeInstallation): string | undefined {
  const other = findPlugins({ library: library.path }).find((found) => declaredName(found.path) === name);
  if (
    name === undefined ||
    other === undefined ||
    realpathSync.native(other.path) === realpathSync.native(path)
  ) {
    return undefined;
  }
  return comesFirst(other.path, name);
}

/** That another file has the name, and what to do. */
export function comesFirst(path: string, name: string): string {
  return `WasmEdge finds another ${name} first, ${path}, and a process can load only one of a name: to use this file, name it with --native-plugin.`;
}
