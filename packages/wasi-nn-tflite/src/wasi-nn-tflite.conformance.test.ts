import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { buildStandIn } from '../conformance/build-stand-in.js';
import { suite, suiteFor } from '../conformance/suite.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';

await conformanceTests(suiteFor('litert'), { providers: ['embedded'] });
// Without the library no case runs, which would be a failure of its own; the stand-in of the native plug-in is built on it.
await describeWithLibrary(async () => {
  await conformanceTests(suiteFor('native-library'), { providers: ['embedded'] });
  await conformanceTests(suite, { engines: ['wasmedge'], providers: ['native'], standIn: buildStandIn });
});
