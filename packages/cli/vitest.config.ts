import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // All but what finds libwasmedge, loads plug-in files into it, or runs guests on it.
  libwasmedge:
    /^src\/(?!(compile|doctor|run|run-aot|run-models|run-placements)\.test|doctor\/|install\/install|native-file\/|probe\/|trust\/)/,
  // What gets, trusts and lists files, and loads them only at the end.
  aroundLibwasmedge: /^src\/(run-models|install\/install|trust\/trust)\.test/,
});
