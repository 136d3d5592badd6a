import { inspectPluginFile } from '@wasmedge-plugins/core/plugins';
import { ArchiveError } from '../errors/archive-error.js';

/**
 * Checks that an unpacked file is what its archive promised: a plug-in for the machine that was asked for.
 *
 * @throws {ArchiveError} when it is something else.
 */
export function checkPlugin(
  file: string,
  archiveName: string,
  machine: { readonly platform: NodeJS.Platform; readonly arch: NodeJS.Architecture },
): void {
  const refuse = (why: string, cause?: unknown): never => {
    throw new ArchiveError(`${archiveName} has not the plug-in in it: ${why}. Nothing was installed.`, {
      cause,
    });
  };
  const { platform, architectures, descriptor } = inspect(file, refuse);
  if (platform !== machine.platform || !architectures.includes(machine.arch)) {
    refuse(
      `the file is for ${platform} ${architectures.join(' and ')}, and should be for ${machine.platform} ${machine.arch}`,
    );
  }
  if (descriptor === undefined) {
    refuse('the file exports no descriptor of a plug-in');
  }
}

function inspect(file: string, refuse: (why: string, cause: unknown) => never) {
  try {
    return inspectPluginFile(file);
  } catch (error) {
    return refuse('the file is no library', error);
  }
}
