import { packageTests } from '../../vitest.shared.js';

export default packageTests({ typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] } });
