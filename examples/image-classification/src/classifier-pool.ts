import { fileURLToPath } from 'node:url';
import { createPool, type Pool, type PoolOptions } from '@wasmedge-plugins/core';
import { pooledSession } from '@wasmedge-plugins/wasi-nn';
import { type ImageSource, imageTensor } from '@wasmedge-plugins/wasi-nn/images';
import { tflite } from '@wasmedge-plugins/wasi-nn-tflite';
import { type Classification, classificationOf } from './classification.js';
import { channelsLast, projectFile } from './shapes.js';

/** Where the members of the pool are, how many there are, how many calls may wait for one, and what events call it. */
export type ClassifierPoolOptions = Pick<PoolOptions, 'placement' | 'size' | 'queue' | 'name'>;

/** Names shapes on pictures. */
export interface Classifier extends AsyncDisposable {
  /** Whether another call would be refused. */
  readonly isFull: boolean;
  /** By a guest in Rust that knows nothing of the host. */
  inGuest(picture: ImageSource, signal: AbortSignal): Promise<Classification>;
  /** By a session, without a guest. */
  inSession(picture: ImageSource, signal: AbortSignal): Promise<Classification>;
}

/** One that names several at a time, in threads or processes. */
export interface ClassifierPool extends Classifier {
  readonly pool: Pool;
}

const model = { file: projectFile('models/shapes.tflite') };
const size = { width: 32, height: 32, layout: 'nhwc' } as const;

/** Settles when every member has compiled the guest and loaded the model. */
export async function openClassifierPool(options: ClassifierPoolOptions = {}): Promise<ClassifierPool> {
  const { queue = 100 } = options;
  const pool = createPool({
    ...options,
    queue,
    guest: projectFile('conformance/classify-image.wasm'),
    plugins: [tflite({ runtime: 'litert', models: { tflite: model } })],
    wasi: { args: ['tflite', 'nhwc'], preopens: { models: fileURLToPath(projectFile('models')) } },
    limits: { timeoutMs: 10_000 },
  });
  try {
    const session = await pooledSession(pool, tflite({ runtime: 'litert' }), {
      ...model,
      model: channelsLast,
    });
    await pool.ready();
    // Nothing is changed by a call, so one whose process was killed is made again.
    const idempotent = true;
    return {
      pool,
      get isFull() {
        return pool.status.idle === 0 && pool.status.waiting >= queue;
      },
      async inGuest(picture, signal) {
        const { data } = await imageTensor(picture, { ...size, type: 'u8' });
        const { exitCode, stdout, stderr } = await pool.run({ stdin: data, signal, idempotent });
        if (exitCode !== 0) throw new Error(`The guest ended with ${exitCode}: ${Buffer.from(stderr)}`);
        const [, label = '', score] = Buffer.from(stdout).toString().trim().split(' ');
        return { label, score: Number(score) };
      },
      async inSession(picture, signal) {
        const image = await imageTensor(picture, size);
        const { scores } = await session.run({ image }, { signal, idempotent });
        return classificationOf(scores.data);
      },
      async [Symbol.asyncDispose]() {
        await pool.drain();
      },
    };
  } catch (error) {
    await pool[Symbol.asyncDispose]();
    throw error;
  }
}
