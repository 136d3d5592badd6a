import { packageTests } from '../vitest.shared.js';

export default packageTests(
  import.meta.url,
  { libwasmedge: /^(?!bench\/|elsewhere\/)/ },
  { include: ['**/*.test.mjs'], typecheck: { enabled: false } },
);
