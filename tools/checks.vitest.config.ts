import { packageTests } from '../vitest.shared.js';

/** The checks that `tools/check.mjs` runs: what they look at takes minutes, and belongs to no package. */
export default packageTests(
  import.meta.url,
  {},
  {
    include: ['**/*.check.mjs'],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    maxConcurrency: 2,
    typecheck: { enabled: false },
  },
);
