import { defineModel, type Session, tensor } from '@wasmedge-plugins/wasi-nn';
import { describe, expectTypeOf, it } from 'vitest';
import { openVINO } from './index.js';

describe('openVINO()', () => {
  it('takes models of two files, and settings by name', () => {
    const right = () => [
      openVINO(),
      openVINO({ models: { road: { xml: 'road.xml', weights: new URL('file:///road.bin') } } }),
      openVINO({ models: { road: { xml: new Uint8Array(), weights: new Uint8Array(), target: 'auto' } } }),
      openVINO({
        models: {
          road: { xml: 'r.xml', weights: 'r.bin', config: { device: 'GPU.1', shapes: { x: [1, 3] } } },
        },
      }),
    ];
    const wrong = () => [
      // @ts-expect-error a model has weights
      openVINO({ models: { road: { xml: 'road.xml' } } }),
      // @ts-expect-error no such target
      openVINO({ models: { road: { xml: 'r.xml', weights: 'r.bin', target: 'npu' } } }),
      // @ts-expect-error properties are strings
      openVINO({ models: { r: { xml: 'r', weights: 'r', config: { properties: { THREADS: 2 } } } } }),
      // @ts-expect-error it is device
      openVINO({ models: { r: { xml: 'r', weights: 'r', config: { devic: 'CPU' } } } }),
      // @ts-expect-error it is weights
      openVINO({ models: { r: { xml: 'r', weights: 'r', weigths: 'r' } } }),
      // @ts-expect-error it is shapes
      openVINO().session({ xml: 'r', weights: 'r', config: { shape: { x: [1] } } }),
      // @ts-expect-error no such provider
      openVINO({ provider: 'wasm' }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('takes models of one file with formats, and only then', () => {
    const right = () => [
      openVINO({ formats: ['onnx'], models: { road: { xml: 'road.onnx' } } }),
      openVINO({
        formats: ['tensorflowlite'],
        models: { road: { xml: 'road.tflite' }, other: { xml: 'r.xml', weights: 'r.bin' } },
      }),
      openVINO({ formats: ['onnx'] }).session({ xml: 'road.onnx', config: { device: 'CPU' } }),
    ];
    const wrong = () => [
      // @ts-expect-error without formats a model has weights
      openVINO().session({ xml: 'road.onnx' }),
      // @ts-expect-error it is tensorflowlite
      openVINO({ formats: ['tflite'] }),
      // @ts-expect-error a model has a file
      openVINO({ formats: ['onnx'], models: { road: {} } }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('gives a session that is typed by the definition of its model', () => {
    const model = defineModel({
      inputs: { image: { type: 'f32', shape: [1, 3, 8, 8] } },
      outputs: { label: { type: 'i64', shape: [1] } },
    });
    const open = () => openVINO().session({ xml: 'r.xml', weights: 'r.bin', model });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<Session<typeof model>>();
    const run = (session: Session<typeof model>) =>
      session.run({ image: tensor('f32', [1, 3, 8, 8], new Float32Array(192)) }).label.data;
    expectTypeOf(run).returns.toEqualTypeOf<BigInt64Array>();
  });
});
