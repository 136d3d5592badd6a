import type { LlamaNuma } from 'node-llama-cpp';

type NumaPolicy = 0 | 1 | 2 | 3 | 4;

/** How memory is spread over the nodes of a machine with several, as ggml numbers it and as node-llama-cpp names it. */
export const numaPolicies: ReadonlyMap<NumaPolicy, LlamaNuma> = new Map<NumaPolicy, LlamaNuma>([
  [0, false],
  [1, 'distribute'],
  [2, 'isolate'],
  [3, 'numactl'],
  [4, 'mirror'],
]);
