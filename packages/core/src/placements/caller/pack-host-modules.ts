import { CannotCrossError } from '../../errors/placement-errors.js';
import type { HostModule } from '../../host-module/host-module.js';
import type { PackedCallerModule } from '../protocol/caller-functions.js';
import { type CallerFunctions, staysHere } from './caller-functions.js';

/** Host modules, divided by what a member makes them of. */
export interface DividedHostModules {
  /** Those that are made again from their recipes. */
  readonly made: readonly HostModule[];
  /** What stays with the caller, and objects that go as data. */
  readonly kept: readonly PackedCallerModule[];
}

/**
 * Divides host modules into what a member makes again, and what stays here or goes there as data; a module of both kinds is in both.
 *
 * @throws {CannotCrossError} for a module that can neither be made again nor stay.
 */
export function divideHostModules(
  modules: readonly HostModule[],
  functions: CallerFunctions,
): DividedHostModules {
  const kept = modules
    .map((module) => functions.add(module))
    .filter((entry) => entry.functions.length > 0 || Object.keys(entry.objects).length > 0);
  const keptNames = new Set(kept.map(({ name }) => name));
  const made = modules.filter((module) => module.recipe !== undefined || !keptNames.has(module.name));
  for (const module of modules) refuseUnmakeable(module);
  return { made, kept };
}

function refuseUnmakeable({ name, functions, otherForms = {}, recipe }: HostModule): void {
  if (recipe !== undefined) return;
  const all = [...Object.entries(functions), ...Object.entries(otherForms)];
  const other = all.find(([, target]) => !staysHere(target));
  if (other === undefined) return;
  throw new CannotCrossError(
    `The host module ${name} cannot be created again in another thread or process: its function ${other[0]} needs exportedAs, which says which module exports it. Keep its functions in this thread with hostFunction(…, { on: 'caller' }), or create the module with hostModule() and exportedAs: { module: import.meta.url, export: 'its name' }; a modified copy needs its own.`,
  );
}
