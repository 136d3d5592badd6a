import type { WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { findPlugins } from '@wasmedge-plugins/core/plugins';
import { examineFile } from '../native-file/examine-file.js';
import type { FileState } from '../native-file/file-state.js';

const mostFiles = 32;

/**
 * Looks at every file that WasmEdge would come upon, in its order: a later one of the same name is tried in a process that has the earlier
 * one, as it would be.
 */
export async function examineFiles(library: WasmEdgeInstallation): Promise<readonly FileState[]> {
  const states: FileState[] = [];
  for (const { path } of findPlugins({ library: library.path }).slice(0, mostFiles)) {
    const alone = await examineFile(path, { library });
    const first = states.find(({ name, loads }) => loads && name !== undefined && name === alone.name);
    states.push(first && alone.loads ? await examineFile(path, { library, after: [first.path] }) : alone);
  }
  return states;
}
