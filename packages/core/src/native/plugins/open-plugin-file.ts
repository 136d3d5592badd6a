import { NativePluginDependencyError, NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import type { Logger } from '../../logger/logger.js';
import type { PluginInspection } from '../../plugin-file/inspect-plugin-file.js';
import { missingDependency } from '../../plugin-file/plugin-problems.js';
import { koffi } from '../koffi.js';

/** A library of the process. */
export type OpenedFile = ReturnType<typeof koffi.load>;

/**
 * Loads a plug-in's file into the process, as WasmEdge is about to do, since WasmEdge does not tell why it could not.
 *
 * @param file what is loaded: the plug-in's file, or a copy of it.
 * @throws {NativePluginDependencyError} when something that it needs is missing.
 * @throws {NativePluginLoadError} for another reason of the system's loader.
 */
export function openPluginFile(file: string, inspection: PluginInspection, logger: Logger): OpenedFile {
  try {
    return koffi.load(file);
  } catch (cause) {
    const said = (cause as Error).message;
    const symbol = missingSymbol(said);
    if (symbol === undefined) {
      throw explain(inspection, said, cause);
    }
    return openWithoutSymbol(file, inspection, symbol, logger, cause);
  }
}

/** WasmEdge resolves functions when they are first called, so one that is never called may be missing. */
function openWithoutSymbol(
  file: string,
  inspection: PluginInspection,
  symbol: string,
  logger: Logger,
  cause: unknown,
): OpenedFile {
  try {
    const opened = koffi.load(file, { lazy: true });
    logger(
      'warn',
      `The native plug-in ${inspection.path} needs the symbol ${symbol}, which is missing; the process crashes if it is called. The plug-in may be built for another libwasmedge.`,
    );
    return opened;
  } catch {
    throw new NativePluginDependencyError(
      `The native plug-in ${inspection.path} needs the symbol ${symbol}, which no library here provides. It may be built for another version of libwasmedge or of a library; get a matching plug-in, or use provider: 'embedded'.`,
      { missing: [symbol] },
      { cause },
    );
  }
}

function explain(inspection: PluginInspection, said: string, cause: unknown): Error {
  const found = missingDependency(inspection);
  if (found !== undefined) {
    return found;
  }
  const missing = missingLibrary(said);
  return missing === undefined
    ? new NativePluginLoadError(
        `The native plug-in ${inspection.path} could not be loaded: ${said}. Check the file with wasmedge-plugins inspect, or use provider: 'embedded'.`,
        { cause },
      )
    : new NativePluginDependencyError(
        `The native plug-in ${inspection.path} needs ${missing}, which was not found. Install it, or name its folder in LD_LIBRARY_PATH before this program starts; or use provider: 'embedded'.`,
        { missing: [missing] },
        { cause },
      );
}

function missingSymbol(said: string): string | undefined {
  return /undefined symbol: ([^\s,]+)|[Ss]ymbol not found[^:']*[:'] ?'?([^\s']+)/
    .exec(said)
    ?.slice(1)
    .find(Boolean);
}

function missingLibrary(said: string): string | undefined {
  const version = /([^\s/]+): version [`'"]([^'"]+)['"] not found/.exec(said);
  if (version !== null) {
    return `${version[2]} of ${version[1]}`;
  }
  return /(\S+): cannot open shared object file|Library not loaded: (\S+)/.exec(said)?.slice(1).find(Boolean);
}
