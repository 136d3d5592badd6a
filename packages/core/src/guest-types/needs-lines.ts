import { shownName } from '../errors/printable.js';
import type { ModuleTypes } from '../module-types/module-types.js';
import { guestNeeds } from './guest-needs.js';

const mostModules = 100;

/** What a guest needs to run, in words. */
export function needsLines(types: ModuleTypes): readonly string[] {
  const { wasi, plugins, otherModules } = guestNeeds(types);
  const isCommand = types.exports.some(({ name, type }) => name === '_start' && type.kind === 'function');
  const shown = otherModules.slice(0, mostModules);
  const lines = [
    ...(wasi ? ['- WASI preview 1, which every runtime provides.'] : []),
    ...plugins.map(
      ({ title, packageNames }) =>
        `- The plug-in ${title}, which is in the package ${packageNames.join(' or ')}.`,
    ),
    ...shown.map(
      (module) =>
        `- The module \`${shownName(module)}\`, which no known plug-in has: a host module of yours, or another guest.`,
    ),
    ...(otherModules.length > shown.length ? [`- ${otherModules.length - shown.length} more modules.`] : []),
  ];
  return [
    ...(isCommand ? ['It is a WASI command: `runtime.run(guest)` runs it.'] : []),
    ...(lines.length === 0 ? ['It needs nothing besides a runtime.'] : ['What it needs:', ...lines]),
  ];
}
