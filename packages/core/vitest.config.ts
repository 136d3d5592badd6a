import { packageTests } from '../../vitest.shared.js';

export default packageTests(
  import.meta.url,
  {
    // Tables and readers of bytes and names.
    node: /^src\/(availability|errors|options|plugin-file)\//,
    // Those too, and WASI by itself: on both engines it is the same host module.
    libwasmedge:
      /^src\/(availability|blocking|limits|module-types|options|plugin-file|plugin-trust|values)\/|^src\/wasi\/(?!differential|inherited-streams|network-denied|wasi-command|functions\/sockets)/,
  },
  { globalSetup: 'src/__fixtures__/build-workers.ts' },
);
