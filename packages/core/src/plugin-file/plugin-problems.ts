import {
  NativePluginArchitectureError,
  NativePluginDependencyError,
  NativePluginInvalidError,
  NativePluginVersionError,
} from '../errors/native-plugin-errors.js';
import type { WasmEdgePluginsError } from '../errors/wasmedge-plugins-error.js';
import { librariesWithApiVersion, pluginApiVersion } from './api-version.js';
import type { PluginInspection } from './inspect-plugin-file.js';
import { pluginSuffix } from './plugin-places.js';

/** The libwasmedge that will load a plug-in. */
export interface TargetLibrary {
  /** As the library reports it, for example `0.14.1`. */
  readonly version: string;
}

/**
 * What would keep a plug-in from loading, as far as its file reveals: the errors that a runtime would throw, in order.
 *
 * @param library the libwasmedge; without it, the API version is not compared.
 */
export function pluginProblems(
  inspection: PluginInspection,
  library?: TargetLibrary,
): readonly WasmEdgePluginsError[] {
  return [
    invalidPlugin(inspection),
    wrongArchitecture(inspection),
    missingDependency(inspection),
    library && wrongApiVersion(inspection.path, inspection.declared.apiVersion, library),
  ].filter((error) => error !== undefined);
}

/** The error for a file that is not a plug-in. */
export function invalidPlugin(inspection: PluginInspection): NativePluginInvalidError | undefined {
  const { path, isLibrary, descriptor, fitsHere } = inspection;
  if (!isLibrary) {
    return new NativePluginInvalidError(
      `${path} is not a native plug-in: it is a program or an object file, and a plug-in is a shared library. Name the file of the plug-in.`,
    );
  }
  if (descriptor === undefined) {
    return new NativePluginInvalidError(
      `${path} is not a native plug-in: it exports neither GetDescriptor nor WasmEdge_Plugin_GetDescriptor. Name the file of the plug-in; plug-ins older than WasmEdge 0.13 are not supported.`,
    );
  }
  if (fitsHere && !path.endsWith(pluginSuffix())) {
    return new NativePluginInvalidError(
      `WasmEdge silently ignores ${path}, because its name does not end in ${pluginSuffix()}. Rename it.`,
    );
  }
  return undefined;
}

/** The error for a file of another platform or processor. */
export function wrongArchitecture(inspection: PluginInspection): NativePluginArchitectureError | undefined {
  if (inspection.fitsHere) {
    return undefined;
  }
  const wanted = `${process.platform} ${process.arch}`;
  const found = inspection.architectures.map((architecture) => `${inspection.platform} ${architecture}`);
  return new NativePluginArchitectureError(
    `The native plug-in ${inspection.path} is built for ${found.join(' and ')}, but this process is ${wanted}. Get the file for ${wanted}, or use provider: 'embedded'.`,
    { wanted, found },
  );
}

/** The error for a file whose libraries are not all here. */
export function missingDependency(inspection: PluginInspection): NativePluginDependencyError | undefined {
  const libraries = inspection.libraries ?? [];
  const absent = libraries.filter(({ path }) => path === undefined);
  const old = libraries.flatMap(({ name, path, missingVersions }) =>
    missingVersions.map((version) => ({ name, path, version })),
  );
  if (absent.length === 0 && old.length === 0) {
    return undefined;
  }
  const lines = [
    ...absent.map(({ name, neededBy }) => `  ${name}, which was not found${through(inspection, neededBy)}`),
    ...old.map(({ name, path, version }) => `  ${version} of ${name}, which ${path} lacks`),
  ];
  return new NativePluginDependencyError(
    [
      `The native plug-in ${inspection.path} needs files that are missing on this machine:`,
      ...lines,
      adviceFor(
        absent.map(({ name }) => name),
        old.map(({ version }) => version),
      ),
    ].join('\n'),
    {
      missing: [
        ...absent.map(({ name }) => name),
        ...old.map(({ name, version }) => `${version} of ${name}`),
      ],
    },
  );
}

/** The error for a file of another plug-in API. */
export function wrongApiVersion(
  path: string,
  apiVersion: number | undefined,
  library: TargetLibrary,
): NativePluginVersionError | undefined {
  const libraryApiVersion = pluginApiVersion(library.version);
  if (apiVersion === undefined || libraryApiVersion === undefined || apiVersion === libraryApiVersion) {
    return undefined;
  }
  return new NativePluginVersionError(
    `The native plug-in ${path} is built for version ${apiVersion} of the plug-in API (libwasmedge ${librariesWithApiVersion(apiVersion)}), but libwasmedge ${library.version} has version ${libraryApiVersion}. Get the plug-in of release ${library.version}, or name the other libwasmedge with the option library.`,
    { pluginApiVersion: apiVersion, libraryApiVersion },
  );
}

function through(inspection: PluginInspection, neededBy: string): string {
  return neededBy === inspection.path ? '' : ` (needed by ${neededBy})`;
}

function adviceFor(absent: readonly string[], versions: readonly string[]): string {
  if (absent.length === 0 && versions.every((version) => version.startsWith('GLIBC_'))) {
    return "This system is older than the one the plug-in was built on. Use a newer system, build the plug-in here, or use provider: 'embedded'.";
  }
  return "Install them, or name their folder in LD_LIBRARY_PATH (PATH on Windows) before this program starts; or use provider: 'embedded'.";
}
