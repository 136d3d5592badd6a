import { type WasmEdgeInstallation, WasmEdgePluginsError } from '@wasmedge-plugins/core';
import { inspectPluginFile, type PluginInspection, pluginProblems } from '@wasmedge-plugins/core/plugins';
import { probe } from '../probe/probe.js';
import type { FileState, Problem } from './file-state.js';

/** In what a file is tried. */
export interface FileSurroundings {
  /** The libwasmedge to load it into; without one, only its headers are read. */
  readonly library: WasmEdgeInstallation | undefined;
  /** Files that the process has loaded before. Default: none. */
  readonly after?: readonly string[];
}

/** Finds out all about a native plug-in's file: reads its headers, and loads it in a process of its own when they allow that. */
export async function examineFile(
  path: string,
  { library, after = [] }: FileSurroundings,
): Promise<FileState> {
  let inspection: PluginInspection;
  try {
    inspection = inspectPluginFile(path, { library: library?.path });
  } catch (error) {
    return { path, name: undefined, loads: false, problems: [asProblem(error)], warnings: [] };
  }
  const told = pluginProblems(inspection, library).map(asProblem);
  const state = { path, name: inspection.declared.name, inspection, warnings: [] };
  const hopeless = told.some(({ code }) => code !== 'ERR_NATIVE_PLUGIN_DEPENDENCY');
  if (library === undefined || hopeless) {
    return { ...state, loads: told.length > 0 ? false : undefined, problems: told };
  }
  const answer = await probe({ kind: 'load', paths: [...after, path], library: library.path });
  if (answer.kind === 'loaded') {
    const { description, warnings } = answer;
    return { ...state, name: description.name, description, loads: true, problems: [], warnings };
  }
  const { message, code } =
    answer.kind === 'problem' ? answer : { message: 'it was not tried', code: undefined };
  const others = told.filter((problem) => problem.code !== code);
  return { ...state, loads: false, problems: [{ message, code }, ...others] };
}

/** An error as something that is told, not thrown. */
export function asProblem(error: unknown): Problem {
  return {
    code: WasmEdgePluginsError.isInstance(error) ? error.code : undefined,
    message: error instanceof Error ? error.message : String(error),
  };
}
