import { strict as assert } from 'node:assert';
import { type CaseContext, type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import {
  encodedText,
  encodedTexts,
  furthest,
  query,
  rankings,
  unpooled,
  type VectorAnswer,
} from '../encoders.js';
import { GGMLGuest } from '../ggml-guest.js';

const vectors = { embedding: true, threads: 1 } as const;

/** The guest, where the plug-in computes encoders. */
async function guestOf(context: CaseContext): Promise<GGMLGuest> {
  const guest = await GGMLGuest.create(context);
  if (context.provider === 'native' && (await guest.loadByName('encoder', vectors)).errno !== 0) {
    context.ignore('this plug-in, as the stand-in in C, does not load models of the architecture BERT');
  }
  return guest;
}

async function checkVector(guest: GGMLGuest, execution: number, expected: VectorAnswer): Promise<void> {
  const { text, tokens, vector } = expected;
  const given = await guest.answer(execution, text);
  assert.match(given, /^\{"n_embedding": 32, "embedding": \[-?[\d.e-]+(,-?[\d.e-]+){31}\]\}$/);
  const off = furthest(JSON.parse(given).embedding, vector);
  assert.ok(off < 1e-3, `the vector of ${tokens} tokens, "${text.slice(0, 40)}", is off by ${off}`);
  const counts = await guest.counts(execution);
  assert.deepEqual([counts.input_tokens, counts.output_tokens], [tokens, 0]);
}

/** What models give that have vectors of texts, and no texts. */
export const encoderCases: readonly ConformanceCase[] = [
  {
    name: 'an encoder gives the mean of the vectors of all tokens, of length 1, for texts of any length in turn',
    source: 'a forward pass in NumPy of the same file (tools/models/encoder)',
    detects: ['vectors of encoders not normalized'],
    async run(context) {
      const guest = await guestOf(context);
      // Four more than there are positions, since so many are kept free in every context.
      const execution = await guest.open({ ...vectors, 'ctx-size': 644 }, 'encoder');
      assert.equal(encodedTexts.at(-1)?.tokens, 640);
      const thereAndBack = [...encodedTexts, ...[...encodedTexts].reverse()];
      await mapInOrder(thereAndBack, (each) => checkVector(guest, execution, each));
    },
  },
  {
    name: 'a text with more tokens than an encoder has positions, or "batch-size" says, is 102, and the next is answered',
    source:
      'WasmEdge 0.17.1: more tokens than batch-size, or than n_ctx - 4, are 102; positions: this package',
    upstreamDiffers: 'behind the last position llama.cpp ends the process',
    async run(context) {
      const guest = await guestOf(context);
      const long = encodedText(640);
      const refuses = async (options: object, text: string) => {
        const execution = await guest.open({ ...vectors, ...options }, 'encoder');
        assert.equal(await guest.prompt(execution, text), 0);
        assert.equal(await guest.compute(execution), 102, JSON.stringify(options));
        await checkVector(guest, execution, encodedText(16));
        return execution;
      };
      await refuses({ 'ctx-size': 4096 }, `${long.text} 9`);
      // As large as the model's positions.
      await refuses({}, long.text);
      await refuses({ 'ctx-size': 644, 'batch-size': 639 }, long.text);
      const execution = await refuses({ 'ctx-size': 644, 'batch-size': 16 }, `${encodedText(16).text} 9`);
      assert.equal(await guest.options(execution, { 'batch-size': 640 }), 0);
      await checkVector(guest, execution, long);
    },
  },
  {
    name: 'an encoder that is asked for text is 6, and gives vectors as before',
    source: 'this package: an architecture without a memory of tokens has none to give',
    upstreamDiffers: 'it gives tokens that mean nothing, or ends the process',
    detects: ['encoders asked for tokens'],
    async run(context) {
      const guest = await guestOf(context);
      const execution = await guest.open({ threads: 1 }, 'encoder');
      const expected = encodedText(7);
      assert.equal(await guest.prompt(execution, expected.text), 0);
      assert.equal(await guest.compute(execution), 6);
      assert.equal(await guest.computeSingle(execution), 6);
      assert.equal(await guest.options(execution, { embedding: true }), 0);
      await checkVector(guest, execution, expected);
      assert.equal(await guest.computeSingle(execution), 6);
    },
  },
  {
    name: 'a model that ranks gives the score of a query with a document as it is, and vectors without "reranking"',
    source: 'a forward pass in NumPy of the same file (tools/models/encoder)',
    upstreamDiffers: 'numbers from behind the score are read, and all are brought to length 1',
    detects: ['scores normalized'],
    async run(context) {
      const guest = await guestOf(context);
      const execution = await guest.open({ threads: 1, reranking: true }, 'reranker');
      const scores = () =>
        mapInOrder(rankings, async ({ document, tokens, score }) => {
          const given = await guest.answer(execution, `${query}</s></s>${document}`);
          assert.match(given, /^\{"n_embedding": 1, "embedding": \[-?[\d.e-]+\]\}$/);
          const off = furthest(JSON.parse(given).embedding, [score]);
          assert.ok(off < 5e-3, `the score of "${document}" is off by ${off}`);
          assert.equal((await guest.counts(execution)).input_tokens, tokens);
        });
      assert.equal((await scores()).length, 5);
      // It goes before "embedding".
      assert.equal(await guest.options(execution, { reranking: false, embedding: true }), 0);
      const { embedding } = JSON.parse(await guest.answer(execution, unpooled.text));
      assert.ok(furthest(embedding, unpooled.vector) < 1e-3);
      assert.equal(await guest.options(execution, { reranking: true }), 0);
      await scores();
      assert.equal(await guest.prompt(execution, 'a '.repeat(200)), 0);
      assert.equal(await guest.compute(execution), 102);
      await scores();
    },
  },
  {
    name: 'a model that does not rank is 1 with "reranking", and gives what it gave before',
    source: 'this package: what a model cannot do is refused when it is asked for',
    upstreamDiffers: 'numbers of another meaning are given',
    async run(context) {
      const guest = await guestOf(context);
      await mapInOrder(['encoder', 'default'], async (name) => {
        assert.equal((await guest.loadByName(name, { reranking: true })).errno, 1, name);
      });
      const execution = await guest.open(vectors, 'encoder');
      assert.equal(await guest.options(execution, { reranking: true }), 1);
      assert.equal(await guest.options(execution, { reranking: 1 }), 1);
      await checkVector(guest, execution, encodedText(7));
    },
  },
];
