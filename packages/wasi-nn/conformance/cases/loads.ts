import { strict as assert } from 'node:assert';
import type { ConformanceCase } from '@wasmedge-plugins/conformance';
import type { AbiModel } from '../abi-model.js';
import { memorySize, place, RawNn } from '../drive/raw-nn.js';

const order = 'WasmEdge 0.14.1: order of checks in load';

/** Cases of `load`, for backends that take a model from a guest. */
export function loadCases(model: AbiModel): readonly ConformanceCase[] {
  return [
    {
      name: 'load checks every range before it loads, and writes nothing when it fails',
      source: order,
      detects: ['ranges unchecked'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        const { encoding } = model;
        await guest.storeNumbers(place.result, 0xaaaaaaaa);
        const load = (pointer: number, length: number, out: number) =>
          guest.exports.load(pointer, length, encoding, 0, out);
        assert.equal(await load(builders, count, memorySize - 3), 1, 'graph handle outside');
        assert.equal(await load(builders, count, -1), 1, 'graph handle far outside');
        assert.equal(await load(memorySize - 4, count, place.result), 1, 'array outside');
        assert.equal(await load(-8, count, place.result), 1, 'array far outside');
        assert.equal(
          await load(builders, 0x2000_0000 + count, place.result),
          1,
          'an array of more than 2^32 bytes',
        );
        await guest.storeNumbers(place.builders + (count - 1) * 8, memorySize - 1, 2);
        assert.equal(await load(builders, count, place.result), 1, 'a part outside');
        await guest.storeNumbers(place.builders + (count - 1) * 8, 0xffff_ffff, 0xffff_ffff);
        assert.equal(await load(builders, count, place.result), 1, 'a part far outside');
        assert.equal(await guest.number(), 0xaaaaaaaa);
      },
    },
    {
      name: 'a target above 2 is an invalid argument, also with an unknown encoding',
      source: order,
      detects: ['targets alike'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        assert.equal(await guest.exports.load(builders, count, model.encoding, 3, place.result), 1);
        assert.equal(await guest.exports.load(builders, count, 99, 3, place.result), 1);
        assert.equal(await guest.exports.load(builders, count, model.encoding, -1, place.result), 1);
      },
    },
    {
      name: 'an unknown encoding is told apart from one without a backend',
      source: 'WasmEdge 0.14.1: 5 and numbers that it does not know give 2, those without a backend 1',
      detects: ['encodings alike'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        const load = (encoding: number) => guest.exports.load(builders, count, encoding, 0, place.result);
        assert.deepEqual([await load(5), await load(8), await load(99), await load(255)], [2, 2, 2, 2]);
        assert.deepEqual([await load(2), await load(7), await load(11), await load(12)], [1, 1, 1, 1]);
      },
    },
    {
      name: 'encodings that later releases have added are unknown',
      source: 'WasmEdge 0.14.1: MLX (10), OpenVINO GenAI (13) and BitNet (14) give 2',
      upstreamDiffers: 'from 0.15 on they are known, and without a backend they give 1',
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        for (const encoding of [10, 13, 14]) {
          const answer = await guest.exports.load(builders, count, encoding, 0, place.result);
          assert.equal(answer, 2, `encoding ${encoding}`);
        }
      },
    },
    {
      name: 'only the low 8 bits of the encoding count',
      source: 'WasmEdge 0.14.1: 259 acts as 3',
      detects: ['all bits count'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        assert.equal(await guest.exports.load(builders, count, model.encoding + 256, 0, place.result), 0);
      },
    },
    {
      name: 'bytes that are not a model are refused, and the next model loads',
      source: 'WasmEdge 0.14.1: 1 or 5 by backend',
      async run(context) {
        const guest = await RawNn.create(context, model);
        const parts = model.parts();
        const truncated = parts.map((part) => part.subarray(0, Math.floor(part.length / 2)));
        for (const wrong of [
          truncated,
          parts.map(() => new Uint8Array(64).fill(7)),
          parts.map(() => new Uint8Array()),
        ]) {
          const [builders, count] = await guest.storeModel(wrong);
          const answer = await guest.exports.load(builders, count, model.encoding, 0, place.result);
          assert.ok(answer === 1 || answer === 5, `answer ${answer}`);
        }
        await guest.loadModel();
      },
    },
    {
      name: 'a model with a part too many or too few is an invalid argument',
      source: 'WasmEdge 0.14.1: each backend wants its own number of parts',
      async run(context) {
        const guest = await RawNn.create(context, model);
        const parts = model.parts();
        const load = async (wrong: readonly Uint8Array[]) => {
          const [builders, count] = await guest.storeModel(wrong);
          return guest.exports.load(builders, count, model.encoding, 0, place.result);
        };
        assert.deepEqual(
          [await load([...parts, Uint8Array.of(1)]), await load(parts.slice(1)), await load([])],
          [1, 1, 1],
        );
      },
    },
  ];
}
