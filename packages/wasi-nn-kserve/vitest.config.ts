import { fileURLToPath } from 'node:url';
import { packageTests } from '../../vitest.shared.js';

export default packageTests(
  import.meta.url,
  {
    // Which server a call goes to, on servers that only the test has.
    node: /^src\/servers\/(?!.*\.servers\.test)(?!clock|shared-servers)/,
    // Nothing here loads libwasmedge but the suite, which runs on both engines.
    libwasmedge: /^(?!.*\.conformance\.test)/,
  },
  {
    // Servers that all files share.
    globalSetup: [fileURLToPath(new URL('conformance/servers/global-setup.ts', import.meta.url))],
  },
);
