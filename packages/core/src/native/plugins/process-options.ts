import { NativePluginLoadError } from '../../errors/native-plugin-load-error.js';
import type { NativeOptionValue } from '../../plugin/plugin.js';
import type { Library } from '../library.js';
import { NativeArea } from '../native-area.js';

const encoder = new TextEncoder();
let allIsAllowed = false;

/**
 * Sets the options of the released process plug-in, which is written in C++: the C API has one function for them. They belong to the
 * process, and what allows every command can never be taken back, so a later runtime that allows less is refused.
 */
export function setProcessOptions(
  library: Library,
  options: Readonly<Record<string, NativeOptionValue>>,
): void {
  const commands = options['allow-command'];
  const names = Array.isArray(commands) ? (commands as readonly string[]) : [];
  const allowAll = options['allow-command-all'] === true;
  if (allIsAllowed && !allowAll) {
    throw new NativePluginLoadError(
      'The native process plug-in of this process was told to allow every command, and that cannot be undone; run this guest in another process, or with the embedded provider.',
    );
  }
  allIsAllowed = allowAll;
  const texts = names.map((name) => encoder.encode(`${name}\0`));
  using pointers = new NativeArea(texts.length * 8);
  using characters = new NativeArea(texts.reduce((total, text) => total + text.byteLength, 0));
  let offset = 0;
  texts.forEach((text, index) => {
    characters.u8.set(text, offset);
    pointers.u64[index] = BigInt(characters.address + offset);
    offset += text.byteLength;
  });
  library.c.ModuleInstanceInitWasmEdgeProcess(pointers.address, names.length, allowAll);
}
