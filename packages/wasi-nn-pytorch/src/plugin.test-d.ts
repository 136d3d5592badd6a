import type { Plugin } from '@wasmedge-plugins/core';
import { defineModel, type Tensor, tensor } from '@wasmedge-plugins/wasi-nn';
import { expectTypeOf, it } from 'vitest';
import { pytorch } from './index.js';

const model = defineModel({
  inputs: { x: { type: 'f32', shape: [-1, 3] } },
  outputs: { classes: { type: 'i64', shape: [-1] } },
});

it('takes typed options and gives a plug-in', () => {
  expectTypeOf(pytorch({ models: { a: { file: 'a.pt', config: { threads: 2 } } } })).toExtend<Plugin>();
  // @ts-expect-error a model has a file
  pytorch({ models: { a: { script: 'a.pt' } } });
  // @ts-expect-error no such output types
  pytorch({ models: { a: { file: 'a.pt', config: { outputTypes: 'f64' } } } });
  // @ts-expect-error it is threads
  pytorch({ models: { a: { file: 'a.pt', config: { thread: 2 } } } });
  // @ts-expect-error it is outputTypes
  const open = () => pytorch().session({ file: 'a.pt', config: { outputType: 'own' } });
  expectTypeOf(open).toBeFunction();
});

it('holds callers of a session to its model', async () => {
  const session = await pytorch().session({ file: 'a.pt', model });
  const x = tensor('f32', [2, 3], new Float32Array(6));
  expectTypeOf(session.run({ x }).classes).toExtend<Tensor<'i64'>>();
  // @ts-expect-error the input is f32
  session.run({ x: tensor('f64', [2, 3], new Float64Array(6)) });
  // @ts-expect-error there is no input y
  session.run({ y: x });
});
