import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // A reader of bytes.
  node: /^src\/embedded\/asymmetric\/der\//,
  libwasmedge: /^src\/embedded\/|^src\/(abi|plugin)\.|\.(coverage|fuzz)\.test/,
});
