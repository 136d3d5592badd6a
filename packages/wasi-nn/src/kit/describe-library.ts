import type { PluginLibrary } from '@wasmedge-plugins/core';

/** An open library's description of itself. */
export interface LibraryIdentity {
  /** Its file. */
  readonly path: string;
  /** Its version, as it reports it. */
  readonly version: string;
}

/**
 * What `wasmedge-plugins doctor` shows of a backend's library: where it is and its version, or what installs it.
 *
 * @param name its display name: `OpenVINO`.
 * @param open opens it; an error that it throws is shown as the problem.
 * @param options whether the package works without it. Default: it does not.
 */
export function describeLibrary(
  name: string,
  open: () => LibraryIdentity,
  options: Pick<PluginLibrary, 'optional'> = {},
): PluginLibrary {
  try {
    const { path, version } = open();
    return { name, path, version, ...options };
  } catch (error) {
    return { name, problem: (error as Error).message, ...options };
  }
}

/** The message of a search that finds nothing; `undefined` when it finds something. */
export function problemOf(find: () => unknown): string | undefined {
  try {
    find();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
