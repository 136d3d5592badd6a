import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import type { AbiModel } from '../abi-model.js';
import { memorySize, place, RawNn } from '../drive/raw-nn.js';
import { guestFile } from '../guest-file.js';

const order = 'WasmEdge 0.14.1: order of checks in load';
const one = [1, 2, 3, 4, 5, 6];

/** Cases of `load`, `init_execution_context`, `unload` and `finalize_execution_context`. */
export function graphCases(model: AbiModel): readonly ConformanceCase[] {
  return [
    {
      name: 'a model is loaded, computes, and tells its output and its size',
      source: 'arithmetic',
      async run(context) {
        const guest = await RawNn.create(context, model);
        const execution = await guest.createContext(await guest.loadModel());
        assert.deepEqual(await guest.add(execution, one, [10, 20, 30, 40, 50, 60]), [11, 22, 33, 44, 55, 66]);
      },
    },
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
      source: 'WasmEdge 0.14.1: 5 and numbers never known give 2, ONNX and TensorFlow give 1',
      detects: ['encodings alike'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [builders, count] = await guest.storeModel();
        const load = (encoding: number) => guest.exports.load(builders, count, encoding, 0, place.result);
        assert.deepEqual([await load(5), await load(8), await load(99), await load(255)], [2, 2, 2, 2]);
        assert.deepEqual([await load(1), await load(2)], [1, 1]);
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
    {
      name: 'an unknown graph has no context, and a context no handle outside the memory',
      source: 'WasmEdge 0.14.1: invalid argument',
      detects: ['ranges unchecked'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const graph = await guest.loadModel();
        const { init_execution_context } = guest.exports;
        assert.equal(await init_execution_context(graph, memorySize - 3), 1);
        assert.equal(await init_execution_context(graph + 1, place.result), 1);
        assert.equal(await init_execution_context(-1, place.result), 1);
        assert.equal(await init_execution_context(graph, memorySize - 4), 0);
      },
    },
    {
      name: 'more than 16 graphs stay usable, the first among them',
      source: 'this plug-in',
      upstreamDiffers:
        'a 17th TensorFlow Lite graph invalidates the earlier ones, and using one ends the process',
      detects: ['17th graph'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const graphs = await mapInOrder(Array.from({ length: 20 }), () => guest.loadModel());
        assert.equal(new Set(graphs).size, 20);
        for (const graph of [graphs[0], graphs[19]] as number[]) {
          assert.deepEqual(await guest.add(await guest.createContext(graph), one, one), [2, 4, 6, 8, 10, 12]);
        }
      },
    },
    {
      name: 'an unloaded graph is gone with its contexts, and others stay',
      source: 'this plug-in: WasmEdge 0.14.1 answers 1 to unload for this backend',
      upstreamDiffers:
        'unload and finalize_execution_context are invalid arguments for this backend, or not there',
      detects: ['never freed'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const [first, second] = [await guest.loadModel(), await guest.loadModel()];
        const [gone, stays] = [await guest.createContext(first), await guest.createContext(second)];
        assert.equal(await guest.exports.unload(first), 0);
        assert.equal(await guest.exports.unload(first), 1, 'unloaded twice');
        assert.equal(await guest.exports.init_execution_context(first, place.result), 1);
        assert.equal(await guest.exports.compute(gone), 1);
        assert.deepEqual(await guest.add(stays, one, one), [2, 4, 6, 8, 10, 12]);
      },
    },
    {
      name: 'a finalized context is gone, and its graph and other contexts stay',
      source: 'WasmEdge 0.15.0: the function; this plug-in: for every backend',
      upstreamDiffers: 'finalize_execution_context is an invalid argument for this backend, or not there',
      detects: ['never freed'],
      async run(context) {
        const guest = await RawNn.create(context, model);
        const graph = await guest.loadModel();
        const [gone, stays] = [await guest.createContext(graph), await guest.createContext(graph)];
        assert.equal(await guest.exports.finalize_execution_context(gone), 0);
        assert.equal(await guest.exports.finalize_execution_context(gone), 1, 'finalized twice');
        assert.equal(await guest.setInput(gone, 0, one), 1);
        assert.deepEqual(await guest.add(stays, one, one), [2, 4, 6, 8, 10, 12]);
        assert.equal(await guest.exports.init_execution_context(graph, place.result), 0);
      },
    },
    {
      name: 'graphs and contexts of a guest are nothing to another one in the same runtime',
      source: 'this plug-in: they end with their guest',
      detects: ['guests alike'],
      async run(context) {
        const runtime = await context.createRuntime();
        const [guest, other] = [await RawNn.in(runtime, model), await RawNn.in(runtime, model)];
        const graph = await guest.loadModel();
        const execution = await guest.createContext(graph);
        assert.equal(await guest.setInput(execution, 0, one), 0);
        assert.equal(await other.exports.init_execution_context(graph, place.result), 1);
        assert.equal(await other.exports.unload(graph), 1);
        assert.equal(await other.setInput(execution, 1, one), 1);
        assert.equal(await other.exports.compute(execution), 1);
        assert.equal(await other.exports.get_output(execution, 0, place.output, 24, place.result), 1);
        assert.deepEqual(await guest.add(execution, one, one), [2, 4, 6, 8, 10, 12]);
      },
    },
    {
      name: 'what 90 guests leave behind, 3 contexts each, is freed with them',
      source: 'this plug-in: maxContexts is 256',
      upstreamDiffers: 'graphs and contexts stay until the runtime ends',
      detects: ['guests alike'],
      async run(context) {
        const runtime = await context.createRuntime({ plugin: { named: ['road'] } });
        await mapInOrder(Array.from({ length: 90 }), async () => {
          await using guest = await RawNn.in(runtime, model);
          const [name, length] = await guest.storeName('road');
          assert.equal(await guest.exports.load_by_name(name, length, place.result), 0);
          const graph = await guest.number();
          await mapInOrder(Array.from({ length: 3 }), () => guest.createContext(graph));
        });
      },
    },
    {
      name: 'functions for single tokens are invalid arguments',
      source: 'WasmEdge 0.14.1: for GGML only',
      async run(context) {
        const guest = await RawNn.create(context, model);
        const execution = await guest.createContext(await guest.loadModel());
        const { compute_single, fini_single, get_output_single } = guest.exports;
        assert.equal(await compute_single(execution), 1);
        assert.equal(await fini_single(execution), 1);
        assert.equal(await get_output_single(execution, 0, place.output, 24, place.result), 1);
      },
    },
    {
      name: 'a guest without memory is stopped',
      source: 'WasmEdge 0.14.1: the call traps',
      detects: ['memory unneeded'],
      async run(context) {
        const runtime = await context.createRuntime();
        const { exports } = await runtime.instantiate(guestFile('no-memory'));
        await assert.rejects(async () => exports.load?.());
        await assert.rejects(async () => exports.compute?.());
      },
    },
  ];
}
