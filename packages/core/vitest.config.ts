import { packageTests } from '../../vitest.shared.js';

export default packageTests(
  import.meta.url,
  {
    // Tables, readers of bytes and names, what C libraries and the compiler of WasmEdge do, and what libwasmedge answers by the same wrappers.
    node: /^src\/(aot|availability|errors|guest-types|module-types|native\/plugins|options|plugin-file|plugin-trust)\/|^src\/engines\/specification\/(?!specification-v8)/,
    // Tables and readers, and WASI by itself: on both engines it is the same host module.
    libwasmedge:
      /^src\/(availability|blocking|limits|module-types|options|plugin-file|plugin-trust|values)\/|^src\/wasi\/(?!differential|inherited-streams|network-denied|wasi-command|functions\/sockets)/,
    // What carries calls to threads and processes, and what is written about guests.
    aroundLibwasmedge:
      /^src\/(control|guest-types)\/|^src\/engines\/specification\/(?!specification-wasmedge)|^src\/placements\/(?!compiled-code|crashes|inline-compiled-code|out-of-memory|two-libraries)/,
  },
  { globalSetup: 'src/__fixtures__/build-workers.ts' },
);
