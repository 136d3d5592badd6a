/**
 * What Node.js must be started with for V8's WebAssembly to go on where compiled code runs. Compiled code takes over the signal by which V8
 * notices accesses outside of a memory, and leaves the processor's memory protection keys changed after a trap: so V8 is to check bounds by
 * itself, and to use no keys. Node.js refuses an option that it does not know, and newer ones have none for the keys.
 */
export function sideBySideFlags(version = process.versions.node): readonly string[] {
  const hasOptionForKeys = Number.parseInt(version, 10) < 22;
  return hasOptionForKeys
    ? ['--wasm-enforce-bounds-checks', '--no-wasm-memory-protection-keys']
    : ['--wasm-enforce-bounds-checks'];
}
