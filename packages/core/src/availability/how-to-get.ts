import { pluginPackages } from '../register/plugin-packages.js';
import { type AvailabilityQuery, pluginAvailability } from './plugin-availability.js';

/**
 * How to get the native plug-in of a name on this machine, as a sentence: the command that installs WasmEdge's release of it, or why there
 * is none.
 *
 * @param query another machine, the WasmEdge that would load it, or the backend that is wanted. Default of the last: any.
 */
export function howToGetPlugin(name: string, query: AvailabilityQuery = {}): string {
  const packages = pluginPackages
    .filter((plugin) => plugin.name === name && (query.backend ?? plugin.backend) === plugin.backend)
    .map((plugin) => pluginAvailability(plugin.name, { ...query, backend: plugin.backend }));
  const [first] = packages;
  if (first === undefined) {
    return 'Get its file from its author.';
  }
  const released = packages.filter((entry) => entry.released);
  return released.length === 0
    ? first.reason
    : `Get WasmEdge's release of it with wasmedge-plugins install ${released.map(({ plugin }) => plugin.release?.asset).join(' or ')}.`;
}
