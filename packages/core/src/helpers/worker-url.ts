import { builtin } from '../builtin.js';
import { ownAddress } from './own-address.js';

/**
 * Where the compiled file of a worker belongs, by the name of its entry in the build. Beside the built files it is a neighbour; code that
 * runs from source (tests) finds the copy that the test set-up compiles, because Node starts no TypeScript worker.
 */
export function workerUrl(name: string): URL {
  const own = ownAddress();
  const folder = own.endsWith('.ts') ? '../../node_modules/.cache/workers/' : './';
  return new URL(`${folder}${name}.js`, own);
}

/** {@link workerUrl}, if the file is there; in a bundle it is not. */
export function findWorker(name: string): URL | undefined {
  const url = workerUrl(name);
  return builtin('node:fs').existsSync(url) ? url : undefined;
}
