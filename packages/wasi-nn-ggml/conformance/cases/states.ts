import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued, dialogue } from '../models.js';

const upstream = 'WasmEdge 0.17.1, plugins/wasi_nn/GGML';

/** What may follow what, and where there is no more room. */
export const stateCases: readonly ConformanceCase[] = [
  {
    name: 'without a prompt nothing is computed, and there are outputs of no length',
    source: `${upstream}; its unit test of a fresh context`,
    detects: ['fresh context refused'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      assert.deepEqual(await guest.output(execution), { errno: 0, text: '', written: 0 });
      assert.deepEqual(await guest.piece(execution), { errno: 0, text: '', written: 0 });
      assert.equal(await guest.compute(execution), 1);
      assert.equal(await guest.computeSingle(execution), 1);
      assert.deepEqual(await guest.output(execution), { errno: 0, text: '', written: 0 });
      assert.deepEqual(Object.keys(await guest.counts(execution)), [
        'input_tokens',
        'output_tokens',
        'llama_build_number',
        'llama_commit',
      ]);
      assert.equal(await guest.prompt(execution, 'The sea'), 0);
      assert.equal((await guest.counts(execution)).input_tokens, continued('The sea').inputTokens);
      assert.equal((await guest.counts(execution)).output_tokens, 0);
    },
  },
  {
    name: 'a prompt is computed anew as often as it is asked for, and prompts replace each other',
    source: `${upstream}: the prompt is kept`,
    detects: ['prompt used up'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      const { prompt, text } = continued('The sea');
      assert.equal(await guest.answer(execution, prompt), text);
      assert.equal(await guest.compute(execution), 0);
      assert.equal((await guest.output(execution)).text, text);
      assert.equal(await guest.prompt(execution, prompt), 0);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal(await guest.answer(execution, dialogue('Thank you.').prompt), dialogue('Thank you.').text);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal((await guest.output(execution)).text, 'Y');
    },
  },
  {
    name: 'a full context is 101, with one token more than it has room for',
    source: `${upstream}: n_ctx - prompt + 1 tokens`,
    detects: ['context shifted', 'token without room lost'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'ctx-size': 40 });
      const { prompt, inputTokens, text } = continued('Once upon a time');
      assert.equal(await guest.prompt(execution, prompt), 0);
      assert.equal(await guest.compute(execution), 101);
      const count = 40 - inputTokens + 1;
      assert.equal((await guest.output(execution)).text, text.slice(0, count));
      assert.equal((await guest.counts(execution)).output_tokens, count);
      const codes = await mapInOrder(Array.from({ length: count + 1 }), () => guest.computeSingle(execution));
      assert.deepEqual(codes, [...Array.from({ length: count - 1 }, () => 0), 101, 0]);
      assert.equal(await guest.options(execution, { 'n-predict': count - 1 }), 0);
      assert.equal(await guest.compute(execution), 0);
      assert.equal((await guest.output(execution)).text, text.slice(0, count - 1));
    },
  },
  {
    name: 'a prompt that leaves less than four tokens is 102, in each state and again',
    source: `${upstream}: more than n_ctx - 4 tokens`,
    detects: ['long prompt cut'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'ctx-size': 12 });
      // 8 tokens, and 9.
      assert.equal(await guest.prompt(execution, 'The sea'), 0);
      assert.equal(await guest.compute(execution), 101);
      assert.equal(await guest.computeSingle(execution), 0);
      assert.equal(await guest.prompt(execution, 'The seas'), 0);
      await mapInOrder([1, 2], async () => {
        assert.equal(await guest.computeSingle(execution), 102);
        assert.equal(await guest.compute(execution), 102);
        assert.equal((await guest.output(execution)).written, 0);
      });
      assert.equal(await guest.prompt(execution, 'x'.repeat(80_000)), 0);
      assert.equal(await guest.compute(execution), 102);
      assert.ok((await guest.counts(execution)).input_tokens > 12);
      assert.equal(await guest.options(execution, { embedding: true }), 0);
      assert.equal(await guest.compute(execution), 102);
      assert.equal(await guest.options(execution, { 'batch-size': 3 }), 0);
      assert.equal(await guest.prompt(execution, 'abc'), 0);
      assert.equal(await guest.compute(execution), 102);
      assert.equal(await guest.prompt(execution, 'ab'), 0);
      assert.equal(await guest.compute(execution), 0);
    },
  },
  {
    name: 'a buffer that is too small is 7, with the size that is needed and nothing written',
    source: "WasmEdge's unit tests at its head; 0.17.1 writes past the buffer",
    detects: ['buffer overrun'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      const { text } = continued('The sea');
      await guest.answer(execution, 'The sea');
      const needed = Buffer.byteLength(text);
      await mapInOrder([0, 1, needed - 1], async (size) => {
        assert.deepEqual(await guest.output(execution, 0, size), { errno: 7, text: '', written: needed });
        assert.ok(await guest.wroteNothing());
      });
      assert.deepEqual(await guest.output(execution, 0, needed), { errno: 0, text, written: needed });
    },
  },
  {
    name: 'an unloaded model is gone with its contexts, and is loaded anew by its name',
    source: `${upstream}; its contexts stay for what they gave`,
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const { graph } = await guest.loadByName('default');
      const execution = await guest.createContext(graph);
      assert.equal(await guest.prompt(execution, 'The sea'), 0);
      assert.equal(await guest.raw.exports.unload(graph), 0);
      assert.equal(await guest.compute(execution), 1);
      assert.equal(await guest.raw.exports.unload(graph), 1);
      const again = await guest.open();
      assert.equal(await guest.answer(again, 'The sea'), continued('The sea').text);
    },
  },
  {
    name: 'a model is one of several by its name, and a name without options has the defaults of the host',
    source: 'the models of the suite',
    upstreamDiffers: 'its models have no options of the host',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const [pointer, length] = await guest.raw.storeName('of few tokens');
      assert.equal(await guest.raw.exports.load_by_name(pointer, length, 16), 0);
      const execution = await guest.createContext(await guest.raw.number(16));
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text.slice(0, 4));
    },
  },
  {
    name: 'a name without a model is 8, a model without a file 103, and each again',
    source: 'WasmEdge 0.14.1; its example test/model-not-found',
    detects: ['missing file is 1'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      await mapInOrder([1, 2], async () => {
        assert.equal((await guest.loadByName('unknown')).errno, 8);
        assert.equal((await guest.loadByName('lost')).errno, 103);
      });
    },
  },
];
