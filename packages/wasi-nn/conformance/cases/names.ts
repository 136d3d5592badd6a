import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from '../abi-model.js';
import { memorySize, place, RawNn } from '../drive/raw-nn.js';

const one = [1, 2, 3, 4, 5, 6];

/** Cases of `load_by_name` and `load_by_name_with_config`. */
export function nameCases(model: AbiModel): readonly ConformanceCase[] {
  return [
    {
      name: 'a named model is loaded once, and is the same graph again',
      source: 'WasmEdge 0.14.1: load_by_name',
      async run(context) {
        const guest = await RawNn.create(context, model, { named: ['road', 'other'] });
        const load = async (name: string) => {
          assert.equal(await guest.exports.load_by_name(...(await guest.storeName(name)), place.result), 0);
          return guest.number();
        };
        const road = await load('road');
        assert.notEqual(await load('other'), road);
        assert.equal(await load('road'), road);
        assert.deepEqual(await guest.add(await guest.createContext(road), one, one), [2, 4, 6, 8, 10, 12]);
      },
    },
    {
      name: 'a named model is another graph with each configuration',
      source: 'this plug-in: a graph has the configuration that it was asked for with',
      upstreamDiffers:
        'a configuration is passed on as one more part, which this backend refuses; the graph that a name has already is given whatever the configuration says',
      async run(context) {
        const guest = await RawNn.create(context, model, { named: ['road'] });
        const name = await guest.storeName('road');
        const load = async (text: string) => {
          await guest.store(place.output, new TextEncoder().encode(text));
          const answer = await guest.exports.load_by_name_with_config(
            ...name,
            place.output,
            text.length,
            place.result,
          );
          assert.equal(answer, 0, text);
          return guest.number();
        };
        const graphs = [await load(''), await load('{}'), await load('{ }')];
        assert.equal(new Set(graphs).size, 3, `graphs ${graphs}`);
        assert.deepEqual([await load(''), await load('{}'), await load('{ }')], graphs);
        for (const graph of graphs) {
          const context = await guest.createContext(graph);
          assert.deepEqual(await guest.add(context, one, one), [2, 4, 6, 8, 10, 12]);
        }
      },
    },
    {
      name: 'a name that the host did not give is not found',
      source: 'WasmEdge 0.14.1: 8',
      async run(context) {
        const guest = await RawNn.create(context, model, { named: ['road'] });
        for (const name of ['roa', 'road ', '', 'constructor', '/etc/hostname']) {
          assert.equal(
            await guest.exports.load_by_name(...(await guest.storeName(name)), place.result),
            8,
            name,
          );
        }
      },
    },
    {
      name: 'the whole range of a name and of a configuration is checked',
      source: 'this plug-in',
      upstreamDiffers: 'only the first 4 bytes are checked, and the length is trusted',
      detects: ['ranges unchecked', 'range of name trusted'],
      async run(context) {
        const guest = await RawNn.create(context, model, { named: ['road'] });
        const [pointer, length] = await guest.storeName('road');
        const { load_by_name, load_by_name_with_config } = guest.exports;
        assert.equal(await load_by_name(pointer, length, memorySize - 3), 1, 'handle outside');
        assert.equal(await load_by_name(memorySize - 4, 5, place.result), 1, 'name outside');
        assert.equal(await load_by_name(pointer, -1, place.result), 1, 'name far outside');
        assert.equal(await load_by_name_with_config(pointer, length, memorySize - 4, 5, place.result), 1);
        assert.equal(await load_by_name_with_config(pointer, length, 0, -1, place.result), 1);
        assert.equal(await load_by_name_with_config(pointer, length, 0, 0, place.result), 0);
      },
    },
    {
      name: 'a named model that failed to load fails again',
      source: 'this plug-in',
      upstreamDiffers: 'the name is remembered, and the second call succeeds with a graph that means nothing',
      detects: ['failed name remembered'],
      async run(context) {
        const guest = await RawNn.create(context, model, { broken: ['road'] });
        const load = async () => guest.exports.load_by_name(...(await guest.storeName('road')), place.result);
        const first = await load();
        assert.ok(first === 1 || first === 5, `answer ${first}`);
        assert.equal(await load(), first);
      },
    },
    {
      name: 'a configuration that is not a JSON object is an invalid argument',
      source: 'this plug-in: load_by_name_with_config takes JSON',
      upstreamDiffers:
        'a configuration is passed on as one more part, which this backend refuses whatever it is',
      detects: ['configuration ignored'],
      async run(context) {
        const guest = await RawNn.create(context, model, { named: ['road'] });
        const [pointer, length] = await guest.storeName('road');
        for (const text of ['{', '[]', '7', '{"no such setting": 1}']) {
          await guest.store(place.output, new TextEncoder().encode(text));
          const answer = await guest.exports.load_by_name_with_config(
            pointer,
            length,
            place.output,
            text.length,
            place.result,
          );
          assert.equal(answer, 1, text);
        }
      },
    },
  ];
}
