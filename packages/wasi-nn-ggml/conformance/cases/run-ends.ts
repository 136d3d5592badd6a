import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued, dialogue } from '../models.js';

const numpy = 'a forward pass in NumPy of the same file (tools/models/chat)';
const sea = continued('The sea');
const other = dialogue('Thank you.');

/** What a guest does in the middle of a run of `compute_single`, after which nothing of that run may be seen. */
export const runEndCases: readonly ConformanceCase[] = [
  {
    name: 'a run that is left in the middle leaves nothing behind, however it is left',
    source: `${numpy}; WasmEdge 0.17.1: set_input and fini_single lead out of a run`,
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      assert.equal(await guest.prompt(execution, sea.prompt), 0);
      const begin = async ({ text } = sea) => {
        await mapInOrder([1, 2, 3], async (count) => {
          assert.equal(await guest.computeSingle(execution), 0);
          assert.equal((await guest.piece(execution)).text, text.slice(count - 1, count));
          assert.equal((await guest.output(execution)).text, text.slice(0, count));
          assert.equal((await guest.counts(execution)).output_tokens, count);
        });
      };
      await begin();
      assert.equal(await guest.raw.exports.fini_single(execution), 0);
      await begin();
      assert.equal(await guest.compute(execution), 0);
      assert.equal((await guest.output(execution)).text, sea.text);
      await begin();
      assert.equal(await guest.prompt(execution, other.prompt), 0);
      await begin(other);
      assert.equal(await guest.answer(execution, sea.prompt), sea.text);
      await begin();
      assert.equal(await guest.options(execution, { embedding: true }), 0);
      assert.equal(await guest.compute(execution), 0);
      assert.match((await guest.output(execution)).text, /^\{"n_embedding": 64,/);
      assert.equal(await guest.options(execution, { embedding: false }), 0);
      await begin();
    },
  },
  {
    name: 'options that are set in the middle of a run act with the next one',
    source: `${numpy}; this package: an option of the sampler or the context acts with the next computation`,
    upstreamDiffers: 'a grammar that cannot be used may end the process, so that none is passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      const next = async (from: number, to: number) => {
        await mapInOrder(
          Array.from({ length: to - from }, (_, index) => from + index),
          async (index) => {
            assert.equal(await guest.computeSingle(execution), 0);
            assert.equal((await guest.piece(execution)).text, sea.text[index]);
          },
        );
      };
      assert.equal(await guest.prompt(execution, sea.prompt), 0);
      await next(0, 2);
      assert.equal(await guest.options(execution, { grammar: 'root ::= "zz"', 'ctx-size': 128 }), 0);
      await next(2, 4);
      // A number of tokens is for compute only.
      assert.equal(await guest.options(execution, { 'n-predict': 5 }), 0);
      await next(4, 8);
      assert.equal(await guest.compute(execution), 0);
      assert.match((await guest.output(execution)).text, /^zz/);
      assert.equal(await guest.options(execution, { grammar: '' }), 0);
      assert.equal(await guest.compute(execution), 0);
      assert.equal((await guest.output(execution)).text, sea.text.slice(0, 5));
      await next(0, 2);
      // Another number of layers loads the model again.
      assert.equal(await guest.options(execution, { 'n-gpu-layers': 1 }), 0);
      await next(0, 2);
    },
  },
  {
    name: 'runs of two contexts go on in turn, and end with their model',
    source: numpy,
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const { graph } = await guest.loadByName('default');
      const runs = await mapInOrder([sea, other, sea], async ({ prompt, text }) => {
        const execution = await guest.createContext(graph);
        assert.equal(await guest.prompt(execution, prompt), 0);
        return { execution, text };
      });
      await mapInOrder([0, 1, 2], async (index) => {
        await mapInOrder(runs, async ({ execution, text }) => {
          assert.equal(await guest.computeSingle(execution), 0);
          assert.equal((await guest.piece(execution)).text, text[index]);
        });
      });
      assert.equal(await guest.raw.exports.finalize_execution_context(runs[0]?.execution ?? -1), 0);
      assert.equal(await guest.computeSingle(runs[1]?.execution ?? -1), 0);
      assert.equal(await guest.raw.exports.unload(graph), 0);
      assert.equal(await guest.computeSingle(runs[1]?.execution ?? -1), 1);
      assert.equal(await guest.answer(await guest.open(), sea.prompt), sea.text);
    },
  },
  {
    name: 'chance with a seed, penalties and a grammar gives the same token by token',
    source: 'compute of the same options',
    upstreamDiffers: 'a grammar that cannot be used may end the process, so that none is passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({
        ...greedy,
        temp: 2,
        seed: 7,
        'repeat-penalty': 1.5,
        'last-n-penalty': 4,
        grammar: 'root ::= [a-z ]*',
        'n-predict': 24,
        'ignore-eos': true,
      });
      const whole = await guest.answer(execution, sea.prompt);
      const pieces = await mapInOrder(Array.from({ length: 24 }), async () => {
        assert.equal(await guest.computeSingle(execution), 0);
        return (await guest.piece(execution)).text;
      });
      assert.equal(pieces.join(''), whole);
      assert.equal((await guest.counts(execution)).output_tokens, 24);
    },
  },
];
