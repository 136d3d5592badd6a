import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued } from '../models.js';

/** What the options of the host decide. */
export const hostOptionCases: readonly ConformanceCase[] = [
  {
    name: 'until 0.14, a prompt is computed once, and a run keeps the prompt that it began with',
    source: 'WasmEdge 0.14.1, plugins/wasi_nn/ggml.cpp',
    async run(context) {
      // The native plug-in has a release of its own.
      const guest = await GGMLGuest.create(context, context.provider === 'native' ? {} : { release: '0.14' });
      const execution = await guest.open();
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
      assert.equal(await guest.compute(execution), 1);
      // The prompt is used up, and not the number of its tokens.
      assert.equal((await guest.counts(execution)).input_tokens, continued('The sea').inputTokens);
      assert.equal(await guest.prompt(execution, 'The sea'), 0);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal(await guest.prompt(execution, 'In the morning'), 0);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal((await guest.output(execution)).text, continued('The sea').text.slice(0, 2));
      assert.equal(await guest.raw.exports.fini_single(execution), 0);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal((await guest.output(execution)).text, continued('In the morning').text.slice(0, 2));
      // Unsigned there.
      assert.equal(await guest.options(execution, { 'n-predict': -1 }), 1);
      assert.equal(await guest.options(execution, { 'top-k': 'no option of 0.14' }), 0);
    },
  },
  {
    name: 'flash-attn of guests is a text in 0.17',
    source: 'WasmEdge 0.17.1, plugins/wasi_nn/GGML: a text',
    upstreamDiffers: 'each release has its own form, so that the option is not passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context, { release: '0.17' });
      const execution = await guest.open();
      assert.equal(await guest.options(execution, { 'flash-attn': true }), 1);
      assert.equal(await guest.options(execution, { 'flash-attn': 'on' }), 0);
    },
  },
  {
    name: 'flash-attn of guests is a boolean in 0.15 and 0.16',
    source: 'WasmEdge 0.15.0, plugins/wasi_nn/GGML: a boolean; 0.17.1: a text',
    upstreamDiffers: 'each release has its own form, so that the option is not passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context, { release: '0.15' });
      const execution = await guest.open();
      assert.equal(await guest.options(execution, { 'flash-attn': 'on' }), 1);
      assert.equal(await guest.options(execution, { 'flash-attn': false }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
      assert.equal(await guest.options(execution, { 'flash-attn': true }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
    },
  },
  {
    name: 'no guest gets a larger context, more memory or more threads than the host allows',
    source: 'the options of the case',
    upstreamDiffers: 'the memory of contexts is not counted',
    async run(context) {
      const guest = await GGMLGuest.create(context, { maxContextSize: 128, maxBytes: 3_000_000 });
      assert.equal((await guest.loadByName('default', { 'ctx-size': 129 })).errno, 7);
      const execution = await guest.open({ ...greedy, 'ctx-size': 128, threads: 100_000 });
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
      const others = await mapInOrder([1, 2, 3, 4], async () => {
        const other = await guest.open({ ...greedy, 'ctx-size': 128 });
        await guest.prompt(other, 'The sea');
        return guest.compute(other);
      });
      assert.ok(others.includes(7), `the contexts were computed with ${others.join(', ')}`);
    },
  },
];
