// @ts-check
// Host modules as a program has them.
import { hostModule, implement, signature } from '@wasmedge-plugins/core';

const abi = { value: signature([], ['i32']) };

/** @type {import('@wasmedge-plugins/core').HostModule} */
export const fixed = hostModule('fixed', implement(abi, { value: () => 7 }), {
  exportedAs: { module: import.meta.url, export: 'fixed' },
});

/**
 * @param {{ base: number, more: Map<string, number> }} options
 * @returns {import('@wasmedge-plugins/core').HostModule}
 */
export function counted({ base, more }) {
  const total = base + [...more.values()].reduce((sum, each) => sum + each, 0);
  return hostModule('counted', implement(abi, { value: () => total }), {
    exportedAs: { module: import.meta.url, export: 'counted' },
    arguments: [{ base, more }],
  });
}
