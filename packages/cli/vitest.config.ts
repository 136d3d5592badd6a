import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // Files and words: nothing of them is run.
  libwasmedge: /^src\/(install\/(progress|unpack-plugin)|help|packages|register)/,
});
