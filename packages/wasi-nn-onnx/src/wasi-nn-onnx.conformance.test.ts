import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { suite, suiteFor } from '../conformance/suite.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';

// A process has the sandbox in the same helper thread as this one, and starts it for every case.
await conformanceTests(suiteFor('web'), { providers: ['embedded'], placements: ['inline'] });
await conformanceTests(suiteFor('web'), {
  providers: ['embedded'],
  engines: ['v8'],
  placements: ['worker'],
});
// Without the library no case runs, which would be a failure of its own.
await describeWithLibrary(async () => {
  await conformanceTests(suiteFor('native-library'), { providers: ['embedded'] });
  // Which of the two runs a model does not depend on where the guest is.
  await conformanceTests(suite, { providers: ['embedded'], engines: ['v8'], placements: ['inline'] });
});
