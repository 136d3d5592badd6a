import { packageTests } from '../../vitest.shared.js';

export default packageTests(import.meta.url, {
  // Readers of configurations, and what the library does with memory and processes.
  node: /^src\/(library\/|read-)|\.(memory|process)\.test/,
  // The backend's library and the guest's calls are the same on both engines; its suite runs on both, and the native plug-in on one.
  libwasmedge: /^(?!.*\.(conformance|native)\.test)/,
});
