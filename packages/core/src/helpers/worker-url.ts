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

/** Files that were there, by name: a look at the disk takes longer than all else that makes a runtime. */
const found = new Map<string, URL>();

/** {@link workerUrl}, if the file is there; in a bundle it is not. */
export function findWorker(name: string): URL | undefined {
  const known = found.get(name);
  if (known !== undefined) return known;
  const url = workerUrl(name);
  if (!builtin('node:fs').existsSync(url)) return undefined;
  found.set(name, url);
  return url;
}
