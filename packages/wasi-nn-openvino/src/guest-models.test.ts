import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime } from '@wasmedge-plugins/core';
import { tensor } from '@wasmedge-plugins/wasi-nn';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { modelParts } from '../conformance/models.js';
import { describeWithLibrary } from './__fixtures__/describe-with-library.js';
import { onnxWithFile } from './__fixtures__/onnx.js';
import { openVINO } from './index.js';

const unsupportedOperation = 6;
const invalidArgument = 1;

async function load(parts: readonly Uint8Array[], options: Parameters<typeof openVINO>[0] = {}) {
  using runtime = await createRuntime({ plugins: [openVINO(options)], logger: () => {} });
  const guest = await RawNn.in(inlineCaseRuntime(runtime), { encoding: 0, parts: () => parts });
  return guest.exports.load(...(await guest.storeModel()), 0, 0, 16);
}

it('a guest loads no model of its own unless the host allows it', async () => {
  expect(await load(modelParts('add'))).toBe(unsupportedOperation);
});

await describeWithLibrary(() => {
  describe('a model of a guest', () => {
    const before = process.cwd();
    const folder = mkdtempSync(join(tmpdir(), 'openvino-guest-'));
    beforeAll(() => {
      process.chdir(folder);
      writeFileSync('secret', Float32Array.of(1234.5));
    });
    afterAll(() => {
      process.chdir(before);
      rmSync(folder, { recursive: true });
    });

    it('is an intermediate representation, with guestModels allow', async () => {
      expect(await load(modelParts('add'), { guestModels: 'allow' })).toBe(0);
    });

    it('is none of ONNX, which would have a file of the host in it', async () => {
      const model = onnxWithFile('secret');
      // That it would, a model of the host shows.
      using session = await openVINO({ formats: ['onnx'] }).session({ xml: model });
      const { y } = session.run({ x: tensor('f32', [1], Float32Array.of(0.5)) });
      expect([...(y?.data ?? [])]).toEqual([1235]);
      const answer = await load([model, readFileSync('secret')], { guestModels: 'allow' });
      expect(answer).toBe(invalidArgument);
    });
  });
});
