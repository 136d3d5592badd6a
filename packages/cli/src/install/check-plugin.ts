import { inspectPluginFile, pluginApiVersion } from '@wasmedge-plugins/core/plugins';
import { ArchiveError } from '../errors.js';

/**
 * Checks that an unpacked file is what its archive promised: the plug-in, for the machine and the release that were asked for.
 *
 * @throws {ArchiveError} when it is something else.
 */
export function checkPlugin(
  file: string,
  archiveName: string,
  wanted: {
    readonly platform: NodeJS.Platform;
    readonly arch: NodeJS.Architecture;
    readonly name: string;
    readonly version: string;
  },
): void {
  const refuse = (why: string, cause?: unknown): never => {
    throw new ArchiveError(`${archiveName} does not contain the plug-in: ${why}. Nothing was installed.`, {
      cause,
    });
  };
  const { platform, architectures, descriptor, declared } = inspect(file, refuse);
  if (platform !== wanted.platform || !architectures.includes(wanted.arch)) {
    refuse(
      `the file is for ${platform} ${architectures.join(' and ')}, but should be for ${wanted.platform} ${wanted.arch}`,
    );
  }
  if (descriptor === undefined) {
    refuse('the file exports no descriptor of a plug-in');
  }
  if (declared.name !== undefined && declared.name !== wanted.name) {
    refuse(`the file is the plug-in ${JSON.stringify(declared.name)}, but should be ${wanted.name}`);
  }
  const apiVersion = pluginApiVersion(wanted.version);
  if (declared.apiVersion !== undefined && apiVersion !== undefined && declared.apiVersion !== apiVersion) {
    refuse(
      `the file is for version ${declared.apiVersion} of the plug-in API, and WasmEdge ${wanted.version} has version ${apiVersion}`,
    );
  }
}

function inspect(file: string, refuse: (why: string, cause: unknown) => never) {
  try {
    return inspectPluginFile(file);
  } catch (error) {
    return refuse('the file is not a library', error);
  }
}
