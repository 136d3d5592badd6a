import type { WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { findPlugins } from '@wasmedge-plugins/core/plugins';
import { examineFile } from '../native-file/examine-file.js';
import type { FileState } from '../native-file/file-state.js';
import { comesFirst } from '../native-file/name-elsewhere.js';

const maxFiles = 32;

/** The files that WasmEdge would come upon, in its order. */
export interface ExaminedFiles {
  readonly files: readonly FileState[];
  /** Files beyond those. */
  readonly notTried: readonly string[];
}

// A process of Node.js each; on the machines that there are, more of them would wait for each other.
const maxAtOnce = 4;

/**
 * Looks at every file that WasmEdge would come upon, in its order. Each is tried in a process of its own: a process has one plug-in of a
 * name, and all backends of WASI-NN have one. A later file of a name is told that it is one. Files beyond the 32nd are only named.
 */
export async function examineFiles(library: WasmEdgeInstallation): Promise<ExaminedFiles> {
  const paths = findPlugins({ library: library.path }).map(({ path }) => path);
  const states = await inTurns(paths.slice(0, maxFiles), (path) => examineFile(path, { library }));
  return { files: markLaterOnes(states), notTried: paths.slice(maxFiles) };
}

/** Tells the files whose name one before them has taken. */
function markLaterOnes(states: readonly FileState[]): FileState[] {
  return states.map((state, index) => {
    const { name, loads } = state;
    const first = states
      .slice(0, index)
      .find((entry) => entry.loads && name !== undefined && entry.name === name);
    return first !== undefined && loads && name !== undefined
      ? { ...state, warnings: [...state.warnings, comesFirst(first.path, name)] }
      : state;
  });
}

/** The results in the order of the entries, some of which are worked on at once. */
async function inTurns<Entry, Result>(
  entries: readonly Entry[],
  work: (entry: Entry) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < entries.length; index = next++) {
      results[index] = await work(entries[index] as Entry);
    }
  };
  await Promise.all(Array.from({ length: maxAtOnce }, worker));
  return results;
}
