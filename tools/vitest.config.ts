import { packageTests } from '../vitest.shared.js';

// The linter's rules are the same with every libwasmedge.
const rules = process.env.WASMEDGE_TESTS === 'libwasmedge' ? [] : ['../.dependency-cruiser.test.mjs'];

export default packageTests(
  import.meta.url,
  {
    // What bundlers write is the same on every version; what loads the packages differs.
    node: /^bundlers\/bundles/,
    libwasmedge: /^(?!bench\/)/,
  },
  { include: ['**/*.test.mjs', ...rules], typecheck: { enabled: false } },
);
