import { strict as assert } from 'node:assert';
import { type ConformanceCase, mapInOrder } from '@wasmedge-plugins/conformance';
import type { AbiModel } from '../abi-model.js';
import { memorySize, place, RawNn } from '../drive/raw-nn.js';
import { guestFile } from '../guest-file.js';

const one = [1, 2, 3, 4, 5, 6];

/** Cases of `init_execution_context`, `unload` and `finalize_execution_context`. */
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
