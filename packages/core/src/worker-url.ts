/**
 * Where the compiled file of a worker is, by the name of its entry in the build. Beside the built files it is a neighbour; code that
 * runs from source (tests) finds the copy that the test set-up compiles, because Node starts no TypeScript worker.
 */
export function workerUrl(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? '../node_modules/.cache/workers/' : './';
  return new URL(`${folder}${name}.js`, import.meta.url);
}
