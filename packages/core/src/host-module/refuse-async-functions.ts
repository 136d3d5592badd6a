import { cannotWait } from './call-at-once.js';
import type { HostModule } from './host-module.js';

/**
 * Refuses functions that cannot be called at once, as far as that is seen before they are called.
 *
 * @throws {UnsupportedByPlacementError} naming the first one.
 */
export function refuseAsyncFunctions({ name, functions, otherForms = {} }: HostModule): void {
  for (const [functionName, { onCaller }] of [...Object.entries(functions), ...Object.entries(otherForms)]) {
    if (onCaller !== undefined && Object.prototype.toString.call(onCaller) === '[object AsyncFunction]') {
      throw cannotWait(`The host function ${name}.${functionName}`);
    }
  }
}
