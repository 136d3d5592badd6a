import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { suite, suiteFor } from '../conformance/suite.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';

await conformanceTests(suiteFor('web'), { providers: ['embedded'] });
// Without the library no case runs, which would be a failure of its own.
await describeWithLibrary(async () => {
  await conformanceTests(suiteFor('native-library'), { providers: ['embedded'] });
  await conformanceTests(suite, { providers: ['embedded'], engines: ['v8'] });
});
