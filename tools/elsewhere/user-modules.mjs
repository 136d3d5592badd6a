// @ts-check
// Host modules as a program has them.
import { hostModule, implement, signature } from '../../packages/core/dist/index.js';

const abi = { value: signature([], ['i32']) };

export const fixed = hostModule('fixed', implement(abi, { value: () => 7 }), {
  exportedAs: { module: import.meta.url, export: 'fixed' },
});

/** @param {{ base: number, more: Map<string, number> }} options */
export function counted({ base, more }) {
  const total = base + [...more.values()].reduce((sum, each) => sum + each, 0);
  return hostModule('counted', implement(abi, { value: () => total }), {
    exportedAs: { module: import.meta.url, export: 'counted' },
    arguments: [{ base, more }],
  });
}
