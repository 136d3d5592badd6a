import type { PluginLibrary } from '@wasmedge-plugins/core';

/** What an open library tells of itself. */
export interface LibraryIdentity {
  /** Its file. */
  readonly path: string;
  /** Its version, as it tells it. */
  readonly version: string;
}

/**
 * What `wasmedge-plugins doctor` shows of a backend's library: where it is and its version, or what installs it.
 *
 * @param name what a person calls it: `OpenVINO`.
 * @param open opens it; what it throws is the problem that is shown.
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

/** What a search says when it does not find something; `undefined` when it does. */
export function problemOf(find: () => unknown): string | undefined {
  try {
    find();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
