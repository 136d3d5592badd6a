import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from '../conformance/suite.js';
import { describeWithLibtorch } from './__fixtures__/with-libtorch.js';

// Without libtorch no case runs, which would be a failure of its own.
await describeWithLibtorch(() => conformanceTests(suite, { standIn: buildStandIn }));
