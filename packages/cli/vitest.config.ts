import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // Files and words: nothing of them is run.
  libwasmedge: /^src\/(install\/(install|progress|unpack-plugin)|output\/|trust\/|help|packages|run-models)/,
});
