import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued } from '../models.js';

/** What guests give that nobody would expect. */
export const badInputCases: readonly ConformanceCase[] = [
  {
    name: 'prompts of no bytes, of 10 MB and of bytes that are no text end with a code, and the next is answered',
    source:
      'WasmEdge 0.17.1: the token that begins a text alone is a prompt; more than n_ctx - 4 tokens are 102',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'n-predict': 4 });
      assert.equal(await guest.prompt(execution, ''), 0);
      assert.equal((await guest.counts(execution)).input_tokens, 1);
      assert.equal(await guest.compute(execution), 0);
      const long = 10_000_000;
      const offset = (await guest.raw.exports.grow(Math.ceil(long / 65_536))) * 65_536;
      assert.ok(offset > 0, 'the memory grows');
      await guest.raw.exports.fill(offset, 'x'.charCodeAt(0), long);
      assert.equal(await guest.setAt(execution, 0, offset, long), 0);
      assert.equal(await guest.compute(execution), 102);
      assert.equal(await guest.computeSingle(execution), 102);
      assert.equal(await guest.set(execution, 0, Uint8Array.of(0xff, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0)), 0);
      assert.equal(await guest.compute(execution), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text.slice(0, 4));
    },
  },
  {
    name: 'a prompt with a picture is 1 without a projector, and until 0.14 a text',
    source:
      'WasmEdge, plugins/wasi_nn/GGML: from 0.15 on a base64 tag needs mmproj; at 0.14.1 it is tokenized',
    upstreamDiffers: 'the stand-in knows no pictures',
    async run(context) {
      const prompt = 'See <img src="data:image/png;base64,AAAA">!';
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'n-predict': 4 });
      assert.equal(await guest.prompt(execution, prompt), 1);
      assert.equal(await guest.prompt(execution, 'See <img src="a.png">!'), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text.slice(0, 4));
      const older = await GGMLGuest.create(context, { release: '0.14' });
      assert.equal(await older.prompt(await older.open(), prompt), 0);
    },
  },
  {
    name: 'options that are deep, long or not text are refused, and nothing changes',
    source: 'the bounds of this package',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'n-predict': 4 });
      const deep = (count: number) => `{"json-schema": ${JSON.stringify('{"not":'.repeat(count))}}`;
      const refused = [
        '['.repeat(50_000),
        `{"a": "${'x'.repeat(70_000)}"}`,
        deep(5000),
        '{"temp": 1e999}',
        '{"ctx-size": 1e300}',
        '{"n-predict": 9007199254740993}',
      ];
      await mapInOrder(refused, async (json) => {
        const errno = await guest.options(execution, json);
        assert.ok([1, 2, 7].includes(errno), `${json.slice(0, 40)}: ${errno}`);
      });
      assert.equal(await guest.set(execution, 1, Uint8Array.of(0xff, 0xfe, 0)), 2);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text.slice(0, 4));
    },
  },
  {
    name: 'grammars that never end end with the context',
    source: 'WasmEdge 0.17.1: ContextFull is 101',
    upstreamDiffers: 'a grammar that cannot be used may end the process, so that none is passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'ctx-size': 40 });
      const endless = ['root ::= "a" root', 'root ::= [a-z]+ "." root', 'root ::= ("a" | "b")*  "!" root'];
      await mapInOrder(endless, async (grammar) => {
        assert.equal(await guest.options(execution, { grammar, 'n-predict': -1 }), 0, grammar);
        assert.equal(await guest.prompt(execution, 'The sea'), 0);
        assert.equal(await guest.compute(execution), 101, grammar);
      });
      assert.equal(await guest.options(execution, { grammar: '', 'n-predict': 4 }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text.slice(0, 4));
    },
  },
  {
    name: 'a grammar that no token fits fails its computation, and no other',
    source: 'this package: what a grammar makes llama.cpp do is the error of the call that it binds',
    upstreamDiffers: 'a grammar that cannot be used may end the process, so that none is passed on',
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'n-predict': 4 });
      const other = await guest.open({ ...greedy, 'n-predict': 4 });
      const calm = continued('The sea').text.slice(0, 4);
      assert.equal(await guest.options(execution, { grammar: 'root ::= "\\x00"' }), 0);
      assert.equal(await guest.prompt(execution, 'The sea'), 0);
      assert.equal(await guest.compute(execution), 1);
      assert.equal(await guest.computeSingle(execution), 1);
      assert.equal(await guest.answer(other, 'The sea'), calm);
      assert.equal(await guest.options(execution, { grammar: '' }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), calm);
    },
  },
];
