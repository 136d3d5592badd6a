import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from '../conformance/suite.js';

await conformanceTests(suite, { standIn: () => buildStandIn(false) });
await conformanceTests(
  { ...suite, title: `${suite.title}, as released from WasmEdge 0.15 on` },
  { engines: ['wasmedge'], providers: ['native'], standIn: () => buildStandIn(true) },
);
