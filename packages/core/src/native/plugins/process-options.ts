import { NativePluginLoadError } from '../../errors/native-plugin-errors.js';
import type { NativeOptionValue } from '../../plugin/plugin.js';
import { CStringList } from '../c-string-list.js';
import type { Library } from '../library.js';

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
  using list = new CStringList(names);
  library.c.ModuleInstanceInitWasmEdgeProcess(list.address, list.length, allowAll);
}
