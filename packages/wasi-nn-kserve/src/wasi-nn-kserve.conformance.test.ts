import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { mlServerProblem } from '../conformance/servers/ml-server.js';
import { sharedServer } from '../conformance/servers/shared-server.js';
import { tritonProblem } from '../conformance/servers/triton.js';
import { suiteFor } from '../conformance/suite.js';

// Every placement and every check of a guest's calls is tried with one of them: what goes to the server is the same.
const inline = { providers: ['embedded'], placements: ['inline'] } as const;

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, async () => {
  const { grpc, http } = await sharedServer('triton');
  await conformanceTests(suiteFor('Triton by gRPC', `grpc://${grpc}`), { providers: ['embedded'] });
  await conformanceTests(suiteFor('Triton by HTTP', `http://${http}`, 'remote'), inline);
});

await describeWith('MLServer', { name: 'mlserver', problem: mlServerProblem }, async () => {
  const { grpc } = await sharedServer('mlserver');
  await conformanceTests(suiteFor('MLServer by gRPC', `grpc://${grpc}`, 'remote'), inline);
});
