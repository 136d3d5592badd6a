import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // Nothing here loads libwasmedge but the suite, which runs on both engines.
  libwasmedge: /^(?!.*\.conformance\.test)/,
});
