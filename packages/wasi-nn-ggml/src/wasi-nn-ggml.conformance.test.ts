import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { newerSuite, olderSuite } from '../conformance/suite.js';

await conformanceTests(olderSuite, { standIn: () => buildStandIn(false) });
await conformanceTests(
  { ...newerSuite, title: `${newerSuite.title}, as released from WasmEdge 0.15 on` },
  { engines: ['wasmedge'], providers: ['native'], standIn: () => buildStandIn(true) },
);
