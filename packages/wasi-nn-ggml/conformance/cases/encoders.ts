import { strict as assert } from 'node:assert';
import { type CaseContext, type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { encodedText, encodedTexts, furthest, type VectorAnswer } from '../encoders.js';
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
];
