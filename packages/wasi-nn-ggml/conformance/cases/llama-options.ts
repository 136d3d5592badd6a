import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued, distance, withOptions } from '../models.js';

const notPassedOn = 'they can end the process with some models, so that they are not passed on';

/** As the options are before any of these was set. */
const unset = {
  'pooling-type': -1,
  'attention-type': -1,
  'rope-scaling-type': -1,
  'rope-freq-base': 0,
  'rope-freq-scale': 0,
  'yarn-orig-ctx': 0,
  'yarn-attn-factor': -1,
};

/** Options that change what llama.cpp computes. */
export const llamaOptionCases: readonly ConformanceCase[] = [
  {
    name: 'pooling, attention and positions are as the options say, when loaded and from then on',
    source: 'tools/models/chat/forward.py: NumPy, with YaRN by arXiv 2309.00071',
    upstreamDiffers: notPassedOn,
    detects: ['pooling ignored', 'positions ignored'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const changed = await guest.open({ ...greedy, embedding: true });
      assert.equal(withOptions.vectors.length, 14);
      await mapInOrder(withOptions.vectors, async ({ options, text, vector }) => {
        const off = async (execution: number) =>
          distance(JSON.parse(await guest.answer(execution, text)).embedding, vector);
        assert.equal(await guest.options(changed, { ...unset, ...options }), 0);
        const { errno, graph } = await guest.loadByName('default', {
          ...greedy,
          embedding: true,
          ...options,
        });
        assert.equal(errno, 0);
        const furthest = [await off(changed), await off(await guest.createContext(graph))];
        assert.equal(await guest.raw.exports.unload(graph), 0);
        const report = `with ${JSON.stringify(options)} the vectors are off by ${furthest}`;
        assert.ok(
          furthest.every((each) => each < 1e-3),
          report,
        );
      });
      assert.equal(await guest.options(changed, { ...unset, embedding: false }), 0);
      assert.equal(await guest.answer(changed, 'The sea'), continued('The sea').text);
    },
  },
  {
    name: 'DRY takes from tokens that would go on with a repetition',
    source: "tools/models/chat/repetition.py: NumPy, by the author's description",
    upstreamDiffers: 'dry-last-n-penalty is that of the other penalties',
    detects: ['repetitions ignored'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      const off = { 'dry-base': 1.75, 'dry-allowed-length': 2, 'dry-last-n-penalty': -1 };
      assert.ok(withOptions.texts.length > 12);
      await mapInOrder(withOptions.texts, async ({ options, prompt, count, text }) => {
        assert.equal(await guest.options(execution, { ...off, 'n-predict': count, ...options }), 0);
        assert.equal(await guest.answer(execution, prompt), text, JSON.stringify(options));
      });
      // What is looked back at is never more than the context, whatever is asked for.
      const huge = { ...off, 'dry-last-n-penalty': 2 ** 31 - 1, 'dry-allowed-length': 2 ** 31 - 1 };
      assert.equal(await guest.options(execution, { ...huge, 'dry-multipier': 1e300, 'n-predict': -1 }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
    },
  },
  {
    name: 'the memory of a context has the types that are asked for, and a model that has none of a type is 1',
    source:
      'llama.cpp, ggml.h: the numbers of types; blocks of 32 numbers, of which a head of this model has half',
    upstreamDiffers: notPassedOn,
    detects: ['types of memory ignored'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      await mapInOrder([0, 1, 30], async (type) => {
        assert.equal(await guest.options(execution, { 'cache-type-k': type, 'cache-type-v': type }), 0);
        assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
      });
      await mapInOrder(['cache-type-k', 'cache-type-v'], async (name) => {
        assert.equal(await guest.options(execution, { [name]: 8 }), 0);
        assert.equal(await guest.prompt(execution, 'The sea'), 0);
        assert.equal(await guest.compute(execution), 1, name);
        assert.equal(await guest.options(execution, { [name]: 1 }), 0);
      });
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
    },
  },
];
