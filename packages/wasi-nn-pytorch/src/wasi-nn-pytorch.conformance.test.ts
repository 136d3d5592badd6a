import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite } from '../conformance/suite.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';

// Without libtorch no case runs, which would be a failure of its own.
await describeWithLibrary(() => conformanceTests(suite, { standIn: buildStandIn }));
