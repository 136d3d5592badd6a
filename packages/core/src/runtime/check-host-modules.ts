import { shownName } from '../errors/printable.js';
import { InvalidArgumentError } from '../errors/runtime-errors.js';
import { checkHostItems } from '../host-module/check-host-items.js';
import { checkHostObjects } from '../host-module/check-host-objects.js';
import { type HostObjects, isHostObject } from '../host-module/host-object.js';
import { isTable } from '../options/is-table.js';
import { describeValue } from '../values/check-arguments.js';
import { refuseUncalled } from './refuse-uncalled.js';

/** Throws for a list that holds something else than host modules, naming the entry and what it is. */
export function checkHostModules(hostModules: unknown): void {
  if (hostModules === undefined) return;
  if (!Array.isArray(hostModules)) {
    throw new InvalidArgumentError(
      `The option hostModules must be an array of host modules made by hostModule(), not ${describeValue(hostModules)}.`,
    );
  }
  for (const [index, entry] of (hostModules as unknown[]).entries()) checkEntry(index, entry);
}

function checkEntry(index: number, entry: unknown): void {
  refuseUncalled('hostModules', index, entry, 'the host module');
  const { name, functions, otherForms = {}, objects = {} } = (entry ?? {}) as Record<string, unknown>;
  if (!isTable(entry) || typeof name !== 'string' || !isTable(functions)) {
    throw new InvalidArgumentError(
      `The entry ${index} of the option hostModules is ${describeValue(entry)}. A host module is what hostModule() returns.`,
    );
  }
  const which = `the host module "${shownName(name)}" (entry ${index} of the option hostModules)`;
  const isNothingElse = () => false;
  checkHostItems(which, functions, isNothingElse);
  checkHostItems(which, otherForms, isNothingElse);
  checkHostItems(which, objects, isHostObject);
  checkHostObjects(name, objects as HostObjects);
}
