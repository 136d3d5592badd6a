import { type PluginCommandLineValue, readMachine, type WasmEdgeInstallation } from '@wasmedge-plugins/core';
import { libraryInUse } from '../native-file/library-in-use.js';
import type { DoctorReport, EngineState } from './doctor-report.js';
import { examineCompiledCode } from './examine-compiled-code.js';
import { examineFiles } from './examine-files.js';
import { examinePlugins } from './examine-plugins.js';
import { examineServers } from './examine-servers.js';

/**
 * Finds out what can be run here, and how the servers are that options name.
 *
 * @param values options of plug-in packages.
 */
export async function examine(
  values: Readonly<Record<string, PluginCommandLineValue>> = {},
): Promise<DoctorReport> {
  const servers = await examineServers(values);
  const machine = { node: process.version.slice(1), ...readMachine() };
  const { library, problem } = await libraryInUse();
  const { files, notTried } =
    library === undefined ? { files: [], notTried: [] } : await examineFiles(library);
  const v8: EngineState = { name: 'v8', available: true, version: process.versions.v8 };
  const plugins = await examinePlugins(machine, library, { files, notTried });
  const compiledCode = examineCompiledCode(library);
  const libraryAskedFor = Boolean(process.env.WASMEDGE_LIBRARY);
  const ok =
    (library !== undefined || !libraryAskedFor) &&
    files.every(({ loads }) => loads !== false) &&
    plugins.every((plugin) => plugin.package.problem === undefined) &&
    servers.every(({ problem }) => problem === undefined) &&
    compiledCode.problem === undefined &&
    (compiledCode.notKept === undefined || !process.env.WASMEDGE_PLUGINS_AOT_CACHE);
  return {
    ok,
    machine,
    engines: [v8, wasmedge(library, problem)],
    plugins,
    files,
    notTried,
    compiledCode,
    servers,
  };
}

function wasmedge(library: WasmEdgeInstallation | undefined, problem: string | undefined): EngineState {
  if (library === undefined) {
    return { name: 'wasmedge', available: false, ...(problem !== undefined && { problem }) };
  }
  const { hasCompiler: _hasCompiler, ...about } = library;
  return { name: 'wasmedge', available: true, ...about };
}
