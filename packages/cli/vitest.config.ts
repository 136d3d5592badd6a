import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // All but what finds libwasmedge, loads plug-in files into it, or runs guests on it.
  libwasmedge:
    /^src\/(?!(compile|doctor|run|run-aot|run-placements)\.test|doctor\/|install\/install-and-use|native-file\/|probe\/)/,
});
