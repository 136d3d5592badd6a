import { describe, expectTypeOf, it } from 'vitest';
import { type Generated, type GGMLConfig, type GGMLSession, ggml, type RankedDocument } from './index.js';
import type { GuestConfig } from './options/guest-options.js';

describe('ggml()', () => {
  it('takes models that are one file, and options by name', () => {
    const right = () => [
      ggml(),
      ggml({ release: '0.14', gpu: 'auto', maxContextSize: 8192, maxThreads: 2 }),
      ggml({ provider: 'native', nativePath: 'plugin.so' }),
      ggml({ models: { a: { file: 'a.gguf', target: 'auto', config: { 'ctx-size': 1024, temp: 0 } } } }),
    ];
    const wrong = () => [
      // @ts-expect-error there is no such release
      ggml({ release: '0.13' }),
      // @ts-expect-error a model has a file
      ggml({ models: { a: {} } }),
      // @ts-expect-error a number
      ggml({ models: { a: { file: 'a.gguf', config: { temp: '0' } } } }),
      // @ts-expect-error it is ctx-size
      ggml({ models: { a: { file: 'a.gguf', config: { ctxSize: 1024 } } } }),
      // @ts-expect-error it is maxThreads
      ggml({ maxThread: 2 }),
      // @ts-expect-error language models have no definition of tensors
      ggml().session({ file: 'a.gguf', model: {} }),
    ];
    expectTypeOf(right).toBeFunction();
    expectTypeOf(wrong).toBeFunction();
  });

  it('takes every option that guests pass', () => {
    expectTypeOf<keyof GGMLConfig>().toEqualTypeOf<keyof GuestConfig>();
    expectTypeOf<GGMLConfig>().toExtend<GuestConfig>();
    expectTypeOf<GGMLConfig['flash-attn']>().toEqualTypeOf<
      boolean | 'on' | 'enabled' | 'off' | 'disabled' | 'auto' | undefined
    >();
    const wrong = () => [
      // @ts-expect-error neither a boolean nor a mode
      ggml({ models: { a: { file: 'a.gguf', config: { 'flash-attn': 'yes' } } } }),
      // @ts-expect-error there is no such mode
      ggml({ models: { a: { file: 'a.gguf', config: { 'split-mode': 'diagonal' } } } }),
    ];
    expectTypeOf(wrong).toBeFunction();
  });

  it('gives a session of text', () => {
    const open = () => ggml().session({ file: 'a.gguf' });
    expectTypeOf(open).returns.resolves.toEqualTypeOf<GGMLSession>();
    const generate = (session: GGMLSession) => [
      session.generate('a'),
      session.generate([{ role: 'user', content: 'a' }], { maxTokens: 5, seed: 1, stop: ['a', 'b'] }),
      session.generate('a', { jsonSchema: { type: 'object' }, signal: new AbortController().signal }),
    ];
    expectTypeOf(generate).returns.items.toEqualTypeOf<Generated>();
    const wrong = (session: GGMLSession) => [
      // @ts-expect-error it is maxTokens
      session.generate('a', { maxToken: 5 }),
      // @ts-expect-error a number
      session.generate('a', { temperature: 'hot' }),
      // @ts-expect-error there is no such role
      session.generate([{ role: 'guest', content: 'a' }]),
      // @ts-expect-error a text
      session.embed(5),
      // @ts-expect-error several documents
      session.rank('a', 'b'),
      // @ts-expect-error a query
      session.rank(['b']),
    ];
    expectTypeOf(wrong).toBeFunction();
    const embed = (session: GGMLSession) => session.embed('a');
    expectTypeOf(embed).returns.resolves.toEqualTypeOf<Float32Array>();
    const rank = (session: GGMLSession) => session.rank('a', ['b', 'c'] as const);
    expectTypeOf(rank).returns.resolves.toEqualTypeOf<readonly RankedDocument[]>();
  });
});
