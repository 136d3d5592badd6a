import { packageTests } from '../../vitest.shared.js';

export default packageTests({
  globalSetup: 'src/__fixtures__/build-workers.ts',
  typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] },
});
