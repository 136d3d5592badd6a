import { type AvailabilityQuery, pluginAvailability } from './plugin-availability.js';
import { releasedPlugins } from './releases.js';

/**
 * How to get the native plug-in of a name on this machine, as a sentence: the command that installs WasmEdge's release of it, or why there
 * is none.
 *
 * @param query another machine, or the WasmEdge that would load it.
 */
export function howToGetPlugin(name: string, query: AvailabilityQuery = {}): string {
  const known = releasedPlugins
    .filter((plugin) => plugin.name === name)
    .map(({ backend }) => pluginAvailability(name, { ...query, backend }));
  const [first] = known;
  if (first === undefined) {
    return 'Get its file from its author.';
  }
  const released = known.filter((entry) => entry.released);
  return released.length === 0
    ? first.reason
    : `Get WasmEdge's release of it with wasmedge-plugins install ${released.map(({ plugin }) => plugin.asset).join(' or ')}.`;
}
