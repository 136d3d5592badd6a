import { packageTests } from '../vitest.shared.js';

// The linter's rules are the same with every libwasmedge.
const rules = process.env.WASMEDGE_TESTS === 'libwasmedge' ? [] : ['../.dependency-cruiser.test.mjs'];

export default packageTests(
  import.meta.url,
  { libwasmedge: /^(?!bench\/)/ },
  { include: ['**/*.test.mjs', ...rules], typecheck: { enabled: false } },
);
