import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { allAnswers, continued, dialogue, distance, embeddedTexts, embedding } from '../models.js';

const numpy = 'a forward pass in NumPy of the same file (tools/models/chat)';

/** What a model answers. */
export const textCases: readonly ConformanceCase[] = [
  {
    name: 'every text is the one that the likeliest tokens make, with its tokens counted',
    source: numpy,
    detects: ['last token lost', 'end without its text'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      await mapInOrder(allAnswers, async ({ prompt, text, inputTokens, tokens }) => {
        assert.equal(await guest.answer(execution, prompt), text);
        const { llama_build_number, llama_commit, ...counts } = await guest.counts(execution);
        assert.deepEqual(counts, { input_tokens: inputTokens, output_tokens: tokens.length });
        assert.ok(Number.isInteger(llama_build_number) && typeof llama_commit === 'string');
        if (context.provider === 'native') return;
        assert.deepEqual(
          { llama_build_number, llama_commit },
          { llama_build_number: 0, llama_commit: 'v0.4.0' },
        );
      });
    },
  },
  {
    name: 'token by token, each piece is its bytes, and the whole grows',
    source: `${numpy}; WasmEdge 0.17.1: 100 at the end, with the token appended`,
    detects: ['pieces of whole characters', 'end of sequence unseen'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      await mapInOrder(['Speak Japanese.', 'Smile!'], async (question) => {
        const { prompt, text, pieces } = dialogue(question);
        assert.equal(await guest.prompt(execution, prompt), 0);
        const given: string[] = [];
        while ((await guest.computeSingle(execution)) === 0) {
          const { written } = await guest.piece(execution);
          given.push(Buffer.from(await guest.raw.read(730_000, written)).toString('hex'));
          const whole = Buffer.from(pieces.slice(0, given.length).join(''), 'hex');
          assert.equal((await guest.output(execution)).written, whole.length);
        }
        assert.deepEqual(given, pieces.slice(0, -1));
        assert.equal((await guest.output(execution)).text, text);
        // It begins again, with the same prompt.
        assert.equal(await guest.computeSingle(execution), 0);
        assert.equal((await guest.output(execution)).written, 1);
        assert.equal(await guest.computeSingle(execution), 0);
        assert.equal(await guest.raw.exports.fini_single(execution), 0);
        assert.equal((await guest.output(execution)).written, 0);
        assert.equal(await guest.raw.exports.fini_single(execution), 0);
      });
    },
  },
  {
    name: 'the end of a text is noticed token by token',
    source: 'WasmEdge 0.17.1: EndOfSequence is 100',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open();
      const { prompt, tokens } = dialogue('Thank you.');
      assert.equal(await guest.prompt(execution, prompt), 0);
      const codes = await mapInOrder(tokens, () => guest.computeSingle(execution));
      assert.deepEqual(codes, [...tokens.slice(1).map(() => 0), 100]);
    },
  },
  {
    name: 'vectors of texts have length 1 and the direction of the last token',
    source: numpy,
    detects: ['vectors of any length'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, embedding: true });
      await mapInOrder(embeddedTexts, async (text) => {
        const given = await guest.answer(execution, text);
        assert.match(given, /^\{"n_embedding": 64, "embedding": \[-?[\d.e-]+(,-?[\d.e-]+){63}\]\}$/);
        const vector: number[] = JSON.parse(given).embedding;
        const furthest = distance(vector, embedding(text));
        assert.ok(furthest < 1e-3, `the vector of ${text} is off by ${furthest}`);
        assert.equal((await guest.counts(execution)).output_tokens, 0);
      });
      assert.equal(await guest.options(execution, { embedding: false }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
    },
  },
  {
    name: 'contexts of one model, and two models, do not disturb each other',
    source: numpy,
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const [first, second] = [dialogue('Count to ten.'), dialogue('Speak German.')];
      const { graph } = await guest.loadByName('default');
      const contexts = [
        { execution: await guest.createContext(graph), answer: first },
        { execution: await guest.createContext(graph), answer: second },
        { execution: await guest.open(greedy, 'other'), answer: first },
      ];
      await mapInOrder(contexts, async ({ execution, answer }) => {
        assert.equal(await guest.prompt(execution, answer.prompt), 0);
      });
      const steps = Array.from({ length: 30 });
      await mapInOrder(steps, () =>
        mapInOrder(contexts, async ({ execution }) => {
          assert.equal(await guest.computeSingle(execution), 0);
        }),
      );
      await mapInOrder(contexts, async ({ execution, answer: { pieces } }) => {
        const expected = Buffer.from(pieces.slice(0, 30).join(''), 'hex').toString();
        assert.equal((await guest.output(execution)).text, expected);
      });
    },
  },
];
