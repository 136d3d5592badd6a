import { readFileSync } from 'node:fs';
import { defineModel } from '@wasmedge-plugins/wasi-nn';

/** A file of this project, from the source and from the built file. */
export const projectFile = (path: string) => new URL(`../${path}`, import.meta.url);

/** What the model can see, in the order of its scores. */
export const labels: readonly string[] = readFileSync(projectFile('models/labels.txt'), 'utf8')
  .trim()
  .split('\n');

const outputs = { scores: { type: 'f32', shape: [1, 5] } } as const;

/** The network as OpenVINO and PyTorch take it: channel by channel. */
export const channelsFirst = defineModel({
  inputs: { image: { type: 'f32', shape: [1, 3, 32, 32] } },
  outputs,
});

/** The same network as TensorFlow Lite takes it: pixel by pixel. */
export const channelsLast = defineModel({
  inputs: { image: { type: 'f32', shape: [1, 32, 32, 3] } },
  outputs,
});
