import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { expect, it } from 'vitest';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { parsePreload } from './preload.js';

const backends = [sumBackend()];

// WasmEdge's own form; a path with a drive letter has a colon of its own.
it.each([
  ['road:sum:cpu:a.xml:b.bin', ['a.xml', 'b.bin']],
  ['road:SUM:CPU:/m/a.xml', ['/m/a.xml']],
  ['road:sum:cpu:C:\\m\\a.xml:D:/m/b.bin', ['C:\\m\\a.xml', 'D:/m/b.bin']],
  ['road:sum:cpu:C:b.bin', ['C', 'b.bin']],
])('%s', (text, paths) => {
  expect(parsePreload(text, backends)).toMatchObject({
    name: 'road',
    target: 'cpu',
    backend: backends[0],
    paths,
  });
});

// WasmEdge puts together again what follows the target of a model of GGML, which is one file.
it.each([
  ['default:sum:auto:a:b.gguf', ['a:b.gguf']],
  ['default:sum:auto:/m/2026-01-01T10:00:00/a::b', ['/m/2026-01-01T10:00:00/a::b']],
  ['default:sum:auto:C:\\m\\a.gguf', ['C:\\m\\a.gguf']],
])('%s of a model of one file', (text, paths) => {
  expect(parsePreload(text, [{ ...sumBackend(), mostParts: 1 }]).paths).toEqual(paths);
});

it('refuses more files than a model has', () => {
  const two = [{ ...sumBackend(), mostParts: 2 }];
  expect(parsePreload('road:sum:cpu:a.xml:b.bin', two).paths).toHaveLength(2);
  expect(() => parsePreload('road:sum:cpu:a:b.xml:b.bin', two)).toThrow(
    /names 3 files; a model of sum 3 has at most 2/,
  );
});

it('knows the target auto', () => {
  expect(parsePreload('a:sum:auto:x', backends).target).toBe('auto');
});

it.each([
  ['road', /does not name a model/],
  [':sum:cpu:a', /does not name a model/],
  ['road:sum:cpu', /does not name a model/],
  ['road:sum:cpu:', /does not name a model/],
  [
    'road:tensorflow:cpu:a',
    /encoding "tensorflow".*there are pytorch, sum, ggml \(@wasmedge-plugins\/wasi-nn-ggml\), onnx \(@wasmedge-plugins\/wasi-nn-onnx\), openvino/,
  ],
  ['road:sum:npu:a', /target "npu".*cpu, gpu, tpu, auto/],
])('refuses %s', (text, pattern) => {
  expect(() => parsePreload(text, backends)).toThrow(InvalidArgumentError);
  expect(() => parsePreload(text, backends)).toThrow(pattern);
});
