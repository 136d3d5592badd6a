import { packageTests } from '../../vitest.shared.js';

// It bundles guests; none runs on libwasmedge.
export default packageTests(import.meta.url, { libwasmedge: /^src\// });
