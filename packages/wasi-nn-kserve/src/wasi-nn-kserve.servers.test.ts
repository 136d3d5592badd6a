import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { mlServerProblem } from '../conformance/servers/ml-server.js';
import { sharedServer } from '../conformance/servers/shared-server.js';
import { tritonProblem } from '../conformance/servers/triton.js';

const image = { name: 'image', datatype: 'FP32', shape: [1, 3, 32, 32], data: Array(3072).fill(0.5) };

// What the network says of a grey picture, by OpenVINO.
const scores = [0.2921, 0.1391, 0.4501, 0.1034, 0.0153];

for (const [title, name, problem] of [
  ['Triton', 'triton', tritonProblem],
  ['MLServer', 'mlserver', mlServerProblem],
] as const) {
  await describeWith(title, { name, problem }, () => {
    test(`${title} tells what is on a picture`, async () => {
      const { http } = await sharedServer(name);
      const response = await fetch(`http://${http}/v2/models/shapes/infer`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ inputs: [image] }),
      });
      const { outputs } = (await response.json()) as { outputs: { data: number[] }[] };
      expect(outputs[0]?.data.map((score) => score.toFixed(4))).toEqual(
        scores.map((score) => score.toFixed(4)),
      );
    });
  });
}
