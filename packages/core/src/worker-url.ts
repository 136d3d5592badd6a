import { existsSync } from 'node:fs';

/**
 * Where the compiled file of a worker belongs, by the name of its entry in the build. Beside the built files it is a neighbour; code that
 * runs from source (tests) finds the copy that the test set-up compiles, because Node starts no TypeScript worker. `undefined` in a
 * bundle of the CommonJS format, which has no address of its own.
 */
export function workerUrl(name: string): URL | undefined {
  const own: string | undefined = import.meta.url;
  if (own === undefined) return undefined;
  return new URL(`${own.endsWith('.ts') ? '../node_modules/.cache/workers/' : './'}${name}.js`, own);
}

/** {@link workerUrl}, if the file is there; in a bundle it is not. */
export function findWorker(name: string): URL | undefined {
  const url = workerUrl(name);
  return url !== undefined && existsSync(url) ? url : undefined;
}
