import { packageTests } from '../../vitest.shared.js';

// The runner itself, with suites that need no library.
export default packageTests(import.meta.url, { libwasmedge: /^src\/(?!find-targets|vitest|compiled)/ });
