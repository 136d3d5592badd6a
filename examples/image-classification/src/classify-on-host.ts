import { type ImageSource, imageTensor } from '@wasmedge-plugins/wasi-nn/images';
import { type BackendName, backends } from './backends.js';
import { type Classification, classificationOf } from './classification.js';

/** Names the shape on a picture, without a guest. */
export async function classifyOnHost(name: BackendName, picture: ImageSource): Promise<Classification> {
  return classificationOf(name === 'tflite' ? await scoresOfTflite(picture) : await scoresOf(name, picture));
}

async function scoresOf(name: Exclude<BackendName, 'tflite'>, picture: ImageSource): Promise<Float32Array> {
  using session = await backends[name].session();
  const image = await imageTensor(picture, { width: 32, height: 32 });
  return session.run({ image }).scores.data;
}

async function scoresOfTflite(picture: ImageSource): Promise<Float32Array> {
  using session = await backends.tflite.session();
  const image = await imageTensor(picture, { width: 32, height: 32, layout: 'nhwc' });
  return session.run({ image }).scores.data;
}
