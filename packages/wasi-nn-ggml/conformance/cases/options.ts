import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import { GGMLGuest, greedy } from '../ggml-guest.js';
import { continued, dialogue } from '../models.js';

const upstream = 'WasmEdge 0.17.1, plugins/wasi_nn/GGML';
const schema = {
  type: 'object',
  properties: {
    name: { enum: ['a', 'b'] },
    list: { type: 'array', items: { type: 'integer' }, maxItems: 2 },
  },
  required: ['name', 'list'],
};

/** What the JSON of guests says. */
export const optionCases: readonly ConformanceCase[] = [
  {
    name: 'what is not JSON is 2, an option of the wrong type 1, and other names and forms are nothing',
    source: `${upstream}: simdjson, exact types`,
    detects: ['wrong types taken'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, llama3: true, include_usage: 1 });
      const answers = await mapInOrder(
        [
          ['{', 2],
          ['', 2],
          ['[]', 0],
          ['3', 0],
          ['{"temp": "0"}', 1],
          ['{"temp": null}', 1],
          ['{"top-k": 1.5}', 1],
          ['{"stream-stdout": 1}', 1],
          ['{"dry-multipier": "x"}', 1],
          ['{"reverse-prompt": 1}', 1],
          ['{"ctx-size": -1}', 1],
          ['{"split-mode": "diagonal"}', 1],
          ['{"flash-attn": 1}', 1],
          ['{"flash-attn": "auto", "json_schema": 5}', 0],
          ['{"image": "a.png"}', 1],
          ['{"mmproj": "a.gguf"}', 6],
          ['{"mmproj": ""}', 0],
          ['{"tts": true}', 6],
          [`{"x": ${'['.repeat(100)}${']'.repeat(100)}}`, 1],
          ['{"ctx-size": 1000000000}', 7],
          ['\ufeff{}', 2],
          ['{"n-predict": 1.0}', 1],
          ['{"n-predict": 1e0}', 1],
          ['{"temp": 0}', 0],
          ['{"cache-type-k": 10}', 1],
          ['{"pooling-type": 9}', 1],
          ['{"rope-freq-base": "10000"}', 1],
          ['{"numa": 5}', 1],
          ['{"numa": 0}', 0],
          [`{"tensor-split": "1${',1'.repeat(16)}"}`, 1],
          ['{"tensor-split": "3,2"}', 0],
          // Names of other programs, whose types count all the same.
          ['{"port": "80"}', 1],
          ['{"port": 80, "n-pp": -1, "hf-repo": "a/b", "webui": true}', 0],
          ['{"hf-repo": null}', 1],
        ] as const,
        async ([json, errno]) => {
          assert.equal(await guest.options(execution, json), errno, json);
          return errno;
        },
      );
      assert.equal(answers.length, 34);
      // None of them changed anything.
      assert.equal(await guest.answer(execution, 'The sea'), continued('The sea').text);
      assert.equal((await guest.loadByName('default', '{')).errno, 2);
      assert.equal((await guest.loadByName('default', '{"temp": true}')).errno, 1);
      assert.equal((await guest.loadByName('default', '{"ctx-size": 500000000}')).errno, 7);
      assert.equal((await guest.loadByName('default', '{"tts": true}')).errno, 6);
    },
  },
  {
    name: 'n-predict and reverse-prompt end a text, and an option stays until it is set again',
    source: upstream,
    detects: ['options forgotten'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, 'n-predict': 7 });
      const { text } = continued('The sea');
      assert.equal(await guest.answer(execution, 'The sea'), text.slice(0, 7));
      assert.equal(await guest.options(execution, { 'reverse-prompt': 'calm' }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), text.slice(0, 7));
      assert.equal(await guest.options(execution, { 'n-predict': -1 }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), ' was calm');
      assert.equal(await guest.options(execution, { 'n-predict': 0, 'reverse-prompt': '' }), 0);
      assert.equal(await guest.answer(execution, 'The sea'), '');
    },
  },
  {
    name: 'a seed makes chance repeat itself, and penalties change what is chosen',
    source: `${upstream}: the sampler is reset by each compute`,
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({
        ...greedy,
        temp: 5,
        'top-k': 0,
        'top-p': 1,
        'min-p': 0,
        'n-predict': 20,
      });
      const seeded = async (seed: number) => {
        assert.equal(await guest.options(execution, { seed }), 0);
        return guest.answer(execution, 'The sea');
      };
      const first = await seeded(7);
      assert.equal(await seeded(7), first);
      assert.notEqual(await seeded(8), first);
      assert.equal(await guest.options(execution, { temp: 0, 'repeat-penalty': 10 }), 0);
      const punished = await guest.answer(execution, 'The sea');
      assert.notEqual(punished, continued('The sea').text.slice(0, 20));
    },
  },
  {
    name: 'a grammar and a JSON schema bind the text, and one that cannot be used is 1',
    source: 'the grammar and the schema of the case',
    upstreamDiffers: 'a grammar that cannot be used may end the process, so that none is passed on',
    detects: ['grammar ignored'],
    async run(context) {
      const guest = await GGMLGuest.create(context);
      const execution = await guest.open({ ...greedy, grammar: 'root ::= "yes" | "no"' });
      const { prompt, text } = dialogue('Hello!');
      assert.match(await guest.answer(execution, prompt), /^(yes|no)<\|im_end\|>$|^(yes|no)<\/s>$/);
      assert.equal(await guest.options(execution, { 'json-schema': JSON.stringify(schema) }), 0);
      const given = (await guest.answer(execution, prompt)).replace(/<[^>]+>$/, '');
      const { name, list, ...others } = JSON.parse(given);
      assert.ok(['a', 'b'].includes(name) && Array.isArray(list) && list.length <= 2, given);
      assert.deepEqual(others, {});
      assert.equal(await guest.options(execution, { 'json-schema': '', grammar: '' }), 0);
      assert.equal(await guest.answer(execution, prompt), text);
      const refused = [
        { grammar: 'root ::= (' },
        { grammar: 'other ::= "a"' },
        { grammar: `root ::= ${'('.repeat(20_000)}` },
        { grammar: 'root ::= root "a"' },
        // On each of these llama.cpp would take all memory or all time, or end the process.
        { grammar: 'root ::= a root "x" | "y"\na ::= b\nb ::= "q"?' },
        { grammar: 'root ::= "a"{5,1}' },
        { grammar: `root ::= ${'a? '.repeat(1000)}\na ::= "x"? "y"?` },
        { grammar: 'root ::= [z-a]' },
        { grammar: 'root ::= "\\UFFFFFFFF"' },
        { grammar: 'root ::= <[1000]>' },
        { 'json-schema': '{' },
        { 'json-schema': '{"type": "circle"}' },
        { 'json-schema': '{"pattern": "a+"}' },
        { 'json-schema': '{"$ref": "#/nowhere"}' },
      ];
      await mapInOrder(refused, async (options) => {
        assert.equal(await guest.options(execution, options), 1, JSON.stringify(options).slice(0, 80));
      });
      assert.equal(await guest.answer(execution, prompt), text);
    },
  },
];
