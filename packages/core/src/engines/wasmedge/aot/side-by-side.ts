// Compiled code takes over the signal by which V8 notices accesses outside of a memory, so V8 has to check bounds by itself; and it leaves
// the processor's memory protection keys changed after a trap, so V8 must use none. Node.js from 22 on has no option for the keys, and
// refuses to start with options that it does not know.
const checksBounds = ['--wasm-enforce-bounds-checks', '--disable-wasm-trap-handler'] as const;
const usesNoKeys = '--no-wasm-memory-protection-keys';

/** The options with which Node.js must be started so that V8's WebAssembly and compiled code can live in one process. */
export function sideBySideFlags(version = process.versions.node): readonly string[] {
  return hasOptionForKeys(version) ? [checksBounds[0], usesNoKeys] : [checksBounds[0]];
}

/** Which of {@link sideBySideFlags} this process was started without. Set later, they would not be true of what V8 has compiled by then. */
export function missingFlags(
  given: readonly string[] = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? '').split(' ')],
  version = process.versions.node,
): readonly string[] {
  const flags = given.map((flag) => flag.replaceAll('_', '-'));
  const has = (flag: string) => flags.includes(flag) && !flags.includes(opposite(flag));
  const missing = checksBounds.some(has) ? [] : [checksBounds[0] as string];
  return hasOptionForKeys(version) && !has(usesNoKeys) ? [...missing, usesNoKeys] : missing;
}

function hasOptionForKeys(version: string): boolean {
  return Number.parseInt(version, 10) < 22;
}

function opposite(flag: string): string {
  return flag.startsWith('--no-') ? `--${flag.slice(5)}` : `--no-${flag.slice(2)}`;
}
