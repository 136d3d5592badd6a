import { AsyncResource } from 'node:async_hooks';

/** Where a call was made: what its guests ask for is answered there, with what `AsyncLocalStorage` has of that place. */
export type CallScope = AsyncResource;

/** The scope of a call that is made here. */
export function callScope(): CallScope {
  return new AsyncResource('WasmEdgePluginsCall', { requireManualDestroy: true });
}
