/** A built guest of this package, from the source and from the built file in `dist`. */
export function guestFile(name: string): URL {
  const folder = import.meta.url.endsWith('.ts') ? './' : '../conformance/';
  return new URL(`${folder}${name}.wasm`, import.meta.url);
}
