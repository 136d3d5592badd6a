import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite, suiteFor } from '../conformance/suite.js';
import { forTensorFlowLite } from './__fixtures__/for-tensorflow-lite.js';

await conformanceTests(suiteFor('litert'), { providers: ['embedded'] });
// Without the library no case runs, which would be a failure of its own; the stand-in of the native plug-in is built on it.
if (forTensorFlowLite()) {
  await conformanceTests(suiteFor('native-library'), { providers: ['embedded'] });
  await conformanceTests(suite, { engines: ['wasmedge'], providers: ['native'], standIn: buildStandIn });
}
