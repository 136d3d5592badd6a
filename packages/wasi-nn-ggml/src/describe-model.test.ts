import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterAll, expect, it } from 'vitest';
import { encoderUrl, rerankerUrl } from '../conformance/encoders.js';
import { modelBytes, modelUrl } from '../conformance/models.js';
import { describeModel } from './describe-model.js';

const folder = mkdtempSync(join(tmpdir(), 'ggml-'));
afterAll(() => rmSync(folder, { recursive: true }));

const written = (bytes: Uint8Array) => {
  const path = join(folder, 'model.gguf');
  writeFileSync(path, bytes);
  return path;
};

// As tools/models/chat/write.py writes it.
it('tells what a GGUF file says of its model', async () => {
  expect(await describeModel(modelUrl.pathname)).toMatchObject({
    format: 'GGUF',
    bytes: modelBytes().length,
    notes: [
      'architecture: llama',
      'name: Chat of the tests',
      // A vector for each token, a norm, and three layers of attention, feed forward and norms.
      `parameters: ${262 * 64 + 64 + 3 * (2 * 64 * 64 + 2 * 64 * 32 + 3 * 64 * 176 + 2 * 64)}`,
      'context: 256',
      'embedding: 64',
      'vocabulary: 262',
      'gives: text, vectors',
      'chat template: yes',
    ],
  });
});

// As tools/models/encoder/make.py writes it.
it('tells of an encoder that it gives vectors, and how', async () => {
  const { notes } = await describeModel(encoderUrl.pathname);
  expect(notes).toEqual(
    expect.arrayContaining(['architecture: bert', 'context: 640', 'gives: vectors', 'pooling: mean']),
  );
});

it('tells of a model that ranks that it gives scores', async () => {
  expect((await describeModel(rerankerUrl.pathname)).notes).toContain('gives: vectors, scores');
});

it('refuses what is cut, and what is something else', async () => {
  const whole = modelBytes();
  for (const bytes of [new Uint8Array(), whole.slice(0, 3), whole.slice(0, 5000), new Uint8Array(9000)]) {
    await expect(describeModel(written(bytes))).rejects.toThrow(InvalidArgumentError);
  }
  // Also where its header is whole, and the data of its last tensor are not.
  for (const length of [whole.length / 2, whole.length - 64 * 4]) {
    await expect(describeModel(written(whole.slice(0, length)))).rejects.toThrow(
      /damaged: its tensor \S+ lies behind its end/,
    );
  }
  await expect(describeModel(join(folder, 'absent'))).rejects.toThrow(/cannot be read/);
  await expect(describeModel(folder)).rejects.toThrow(/cannot be read: it is not a regular file/);
});

it.skipIf(process.platform === 'win32')('refuses a pipe at once', async () => {
  const path = join(folder, 'pipe.gguf');
  execFileSync('mkfifo', [path]);
  await expect(describeModel(path)).rejects.toThrow(/cannot be read: it is not a regular file/);
});

it('ends with an answer or a refusal whichever byte of the header is another', async () => {
  const whole = modelBytes().slice(0, 16_384);
  let refused = 0;
  for (let round = 0; round < 1000; round++) {
    const bytes = whole.slice();
    bytes[Math.floor((round * bytes.length) / 8000)] = (round * 37) & 0xff;
    try {
      await describeModel(written(bytes));
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidArgumentError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(0);
});
