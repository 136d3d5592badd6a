import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import { type AbiModel, RawNn } from '@wasmedge-plugins/wasi-nn/conformance';

const here = 'this plug-in';
const place = { result: 16, record: 32, dimensions: 64, output: 4096, data: 620_000, config: 600_000 };
const pictureSize = 3 * 32 * 32;

/** Pictures that are drawn by arithmetic, and what OpenVINO says of them. */
const pictures: readonly (readonly [(index: number) => number, scores: readonly number[]])[] = [
  [(index) => index / 8192, [0.199981, 0.172039, 0.361519, 0.170072, 0.096389]],
  [() => 0.5, [0.292117, 0.139072, 0.450069, 0.103441, 0.0153]],
];

/** Loads a model that is there under this name; the errno. */
async function load(guest: RawNn, name: string): Promise<number> {
  const [pointer, length] = await guest.storeName(name);
  return guest.exports.load_by_name(pointer, length, place.result);
}

/** A context of a model. */
async function contextOf(guest: RawNn, name: string): Promise<number> {
  assert.equal(await load(guest, name), 0, name);
  return guest.createContext(await guest.number());
}

async function classify(guest: RawNn, context: number, draw: (index: number) => number): Promise<number[]> {
  const floats = Float32Array.from({ length: pictureSize }, (_, index) => draw(index));
  await guest.store(place.data, new Uint8Array(floats.buffer));
  await guest.storeNumbers(place.dimensions, 1, 3, 32, 32);
  await guest.storeNumbers(place.record, place.dimensions, 4, 1, place.data, floats.byteLength);
  assert.equal(await guest.exports.set_input(context, 0, place.record), 0, 'set_input');
  assert.equal(await guest.exports.compute(context), 0, 'compute');
  assert.equal(await guest.exports.get_output(context, 0, place.output, 64, place.result), 0, 'get_output');
  assert.equal(await guest.number(), 20);
  return guest.floats(place.output, 5);
}

/** Cases of models that are on servers. */
export function remoteCases(model: AbiModel): readonly ConformanceCase[] {
  return [
    {
      name: 'a network on the server answers as OpenVINO does, each time anew',
      source: 'OpenVINO 2026.4.1, on the same weights in f32',
      detects: ['first answer kept'],
      async run(context) {
        const guest = await RawNn.create(context, model, { served: { shapes: 'shapes' } });
        const execution = await contextOf(guest, 'shapes');
        for (const [draw, scores] of pictures) {
          const answer = await classify(guest, execution, draw);
          const isClose = scores.every((score, index) => Math.abs(score - (answer[index] ?? NaN)) < 1e-4);
          assert.ok(isClose, `${answer} instead of ${scores}`);
        }
      },
    },
    {
      name: 'a guest reaches no model but those that the host has given a name',
      source: here,
      detects: ['any name'],
      async run(context) {
        const guest = await RawNn.create(context, model, { served: { road: 'pair' } });
        // The first is there on the server, under that name.
        for (const name of [
          'pair',
          'road/versions/1',
          '../pair',
          'http://127.0.0.1/v2/models/pair',
          'ROAD',
        ]) {
          assert.equal(await load(guest, name), 8, name);
        }
        assert.equal(await load(guest, 'road'), 0);
      },
    },
    {
      name: 'the bytes of a model are refused, whatever their encoding',
      source: here,
      detects: ['bytes taken'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        await guest.storeNumbers(place.result, 0xaaaaaaaa);
        for (const encoding of [0, 1, 2, 3, 4, 6, 7]) {
          const answer = await guest.exports.load(builders, count, encoding, 0, place.result);
          assert.notEqual(answer, 0, `encoding ${encoding}`);
        }
        assert.equal(await guest.number(), 0xaaaaaaaa);
      },
    },
    {
      name: 'a computation that fails on the server is an error without an output, and the context goes on',
      source: here,
      detects: ['failure unseen'],
      async run(context) {
        const guest = await RawNn.create(context, model, { served: { fail: 'fail' } });
        const execution = await contextOf(guest, 'fail');
        for (const index of [0, 1]) {
          const record = await guest.storeTensor([1, 2], [2]);
          assert.equal(await guest.exports.set_input(execution, index, record), 0);
        }
        assert.equal(await guest.exports.compute(execution), 5);
        const answer = await guest.exports.get_output(execution, 0, place.output, 64, place.result);
        assert.ok(answer === 1 || answer === 5, `answer ${answer}`);
        assert.equal(await guest.exports.compute(execution), 5);
      },
    },
    {
      name: 'a guest configures nothing but what the host allows',
      source: here,
      detects: ['configuration ignored'],
      async run(context) {
        const guest = await RawNn.create(context, model, { served: { road: 'pair' } });
        const configure = async (config: object) => {
          const text = new TextEncoder().encode(JSON.stringify(config));
          await guest.store(place.config, text);
          const [pointer, length] = await guest.storeName('road');
          const { load_by_name_with_config } = guest.exports;
          return load_by_name_with_config(pointer, length, place.config, text.length, place.result);
        };
        const refused = [
          { servers: ['grpc://127.0.0.1:1'] },
          { headers: { authorization: 'x' } },
          { tls: {} },
          { parameters: { sequence_id: 1 } },
          { outputs: ['a'] },
        ];
        for (const config of refused) assert.equal(await configure(config), 1, JSON.stringify(config));
        assert.equal(await configure({ outputs: ['sum'] }), 0);
      },
    },
  ];
}
