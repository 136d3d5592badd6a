import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from './__fixtures__/sum-suite.js';

await conformanceTests(suite, { standIn: buildStandIn, compiled: true });
