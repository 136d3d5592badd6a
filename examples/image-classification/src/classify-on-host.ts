import { type ImageSource, imageTensor } from '@wasmedge-plugins/wasi-nn/images';
import { type BackendName, backends } from './backends.js';
import { labels } from './shapes.js';

/** A label, and how sure the model is of it, from 0 to 1. */
export interface Classification {
  readonly label: string;
  readonly score: number;
}

/** Names the shape on a picture, without a guest. */
export async function classifyOnHost(name: BackendName, picture: ImageSource): Promise<Classification> {
  const scores = name === 'tflite' ? await scoresOfTflite(picture) : await scoresOf(name, picture);
  const score = Math.max(...scores);
  return { label: labels[scores.indexOf(score)] ?? '', score };
}

async function scoresOf(name: 'openvino' | 'pytorch', picture: ImageSource): Promise<Float32Array> {
  using session = await backends[name].session();
  const image = await imageTensor(picture, { width: 32, height: 32 });
  return session.run({ image }).scores.data;
}

async function scoresOfTflite(picture: ImageSource): Promise<Float32Array> {
  using session = await backends.tflite.session();
  const image = await imageTensor(picture, { width: 32, height: 32, layout: 'nhwc' });
  return session.run({ image }).scores.data;
}
