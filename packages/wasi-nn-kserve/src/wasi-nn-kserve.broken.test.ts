import { defectTests, describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { brokenKServePlugin, defectNames } from '../conformance/broken/broken-plugin.js';
import { sharedServer } from '../conformance/servers/shared-server.js';
import { tritonProblem } from '../conformance/servers/triton.js';
import { suiteFor } from '../conformance/suite.js';

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, async () => {
  const suite = suiteFor('Triton', `grpc://${(await sharedServer('triton')).grpc}`);
  defectTests(suite, (defect, setup) => brokenKServePlugin(suite, defect, setup), defectNames);
});
