import type { Machine } from './machine.js';
import { pluginAvailability } from './plugin-availability.js';
import { releasedPlugins } from './releases.js';

/**
 * How to get the native plug-in of a name on this machine, as a sentence: the command that installs WasmEdge's release of it, or why there
 * is none.
 *
 * @param machine another machine.
 */
export function howToGetPlugin(name: string, machine: Partial<Machine> = {}): string {
  const known = releasedPlugins
    .filter((plugin) => plugin.name === name)
    .map(({ backend }) => pluginAvailability(name, { ...machine, backend }));
  const [first] = known;
  if (first === undefined) {
    return 'Get its file from its maker.';
  }
  const released = known.filter((entry) => entry.released);
  return released.length === 0
    ? first.reason
    : `Get WasmEdge's release of it with wasmedge-plugins install ${released.map(({ plugin }) => plugin.asset).join(' or ')}.`;
}
