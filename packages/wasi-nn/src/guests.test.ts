import { inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, type Runtime } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { RawNn } from '../conformance/abi-suite.js';
import { place } from '../conformance/drive/raw-nn.js';
import { guestFile } from '../conformance/guest-file.js';
import { sumBackend } from './__fixtures__/sum-backend.js';
import { modelFile, sumModel, sumPlugin } from './__fixtures__/sum-plugin.js';
import { nnSignatures } from './abi.js';
import type { BackendPluginOptions } from './backend-plugin-options.js';
import { NnError } from './errors.js';
import { NnErrno } from './nn-errno.js';

const { success, invalid_argument, too_large, runtime_error } = NnErrno;
const ones = [1, 1, 1, 1, 1, 1];
const twos = [2, 2, 2, 2, 2, 2];

async function withGuests(
  options: BackendPluginOptions<never>,
  use: (
    backend: ReturnType<typeof sumBackend>,
    newGuest: () => Promise<RawNn>,
    runtime: Runtime,
  ) => Promise<void>,
  isShareable = false,
) {
  const backend = sumBackend();
  backend.isShareable = isShareable;
  const plugin = sumPlugin({ models: { road: { text: modelFile('sum 2') } }, ...options }, backend);
  using runtime = await createRuntime({ plugins: [plugin], logger: () => {} });
  await use(backend, () => RawNn.in(inlineCaseRuntime(runtime), sumModel), runtime);
  runtime[Symbol.dispose]();
  expect(backend.alive).toBe(0);
}

async function loadRoad(guest: RawNn): Promise<number> {
  expect(await guest.exports.load_by_name(...(await guest.storeName('road')), place.result)).toBe(success);
  return guest.number();
}

describe('a name of a model', () => {
  it('is forgotten with its graph, however many configurations a guest tries', async () => {
    await withGuests({ maxGraphs: 2 }, async (backend, newGuest) => {
      await using guest = await newGuest();
      const name = await guest.storeName('road');
      const { load_by_name_with_config, unload } = guest.exports;
      const load = async (text: string) => {
        await guest.store(place.output, new TextEncoder().encode(text));
        const errno = await load_by_name_with_config(...name, place.output, text.length, place.result);
        return [errno, await guest.number()];
      };
      for (let round = 0; round < 3; round++) {
        expect(await load('{}')).toEqual([success, 2 * round]);
        expect(await load('{ }')).toEqual([success, 2 * round + 1]);
        expect(await load('{}')).toEqual([success, 2 * round]);
        expect((await load('{  }'))[0]).toBe(too_large);
        expect(await unload(2 * round)).toBe(success);
        expect(await unload(2 * round + 1)).toBe(success);
      }
      expect([backend.loads, backend.alive]).toEqual([6, 1]);
    });
  });

  // WasmEdge 0.14.1: a file that cannot be read contributes no part, and a model without its parts is an invalid argument.
  it('whose file cannot be read is an invalid argument, and the host is told', async () => {
    const lines: string[] = [];
    const plugin = sumPlugin({ models: { road: { text: '/no/such/model' } } });
    using runtime = await createRuntime({
      plugins: [plugin],
      logger: (level, line) => level === 'warn' && lines.push(line),
    });
    await using guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const { load_by_name } = guest.exports;
    expect(await load_by_name(...(await guest.storeName('road')), place.result)).toBe(invalid_argument);
    expect(lines).toEqual([expect.stringMatching(/"road" cannot be loaded.*\/no\/such\/model/)]);
  });

  it('is told with the words of a guest in one line, and not all of them', async () => {
    const lines: string[] = [];
    const backend = sumBackend();
    backend.open = () => ({
      load(_builders, _target, config) {
        throw new NnError('invalid_argument', `there is no setting ${config}`);
      },
      [Symbol.dispose]() {},
    });
    using runtime = await createRuntime({
      plugins: [sumPlugin({ models: { road: { text: new TextEncoder().encode('sum') } } }, backend)],
      logger: (level, line) => level === 'warn' && lines.push(line),
    });
    await using guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const config = `"${'x'.repeat(5000)}\nerror: all is lost"`;
    const [pointer, length] = await guest.storeName(`road${config}`);
    const load = guest.exports.load_by_name_with_config;
    expect(await load(pointer, 4, pointer + 4, length - 4, place.result)).toBe(invalid_argument);
    expect(lines).toEqual([expect.stringMatching(/^.{1000,1200}$/)]);
    expect(lines[0]).toMatch(/more characters\) … x+\\x0aerror: all is lost"$/);
  });

  it('whose backend refuses it is told to the host, once as the host has it and once as guests configure it', async () => {
    const lines: string[] = [];
    const text = (model: string) => ({ text: new TextEncoder().encode(model) });
    using runtime = await createRuntime({
      plugins: [sumPlugin({ models: { road: text('sum'), sum: text('sum 2') } })],
      logger: (level, line) => level === 'warn' && lines.push(line),
    });
    await using guest = await RawNn.in(inlineCaseRuntime(runtime), sumModel);
    const { load_by_name, load_by_name_with_config } = guest.exports;
    const config = '{"unknown": 1}';
    for (let round = 0; round < 3; round++) {
      expect(await load_by_name(...(await guest.storeName('road')), place.result)).toBe(invalid_argument);
      for (const name of ['road', 'sum']) {
        const [pointer, length] = await guest.storeName(`${name}${config}`);
        const [at, rest] = [pointer + name.length, length - name.length];
        const result = await load_by_name_with_config(pointer, name.length, at, rest, place.result);
        expect(result).toBe(invalid_argument);
      }
    }
    expect(lines).toEqual([
      'WASI-NN: The model "road" cannot be loaded: no model',
      'WASI-NN: The model "road" cannot be loaded with the guest\'s configuration: no model',
      'WASI-NN: The model "sum" cannot be loaded with the guest\'s configuration: no model',
    ]);
  });
});

describe('what a guest has', () => {
  it('is numbered from 0 for each, and freed with it', async () => {
    await withGuests({}, async (backend, newGuest) => {
      for (let round = 0; round < 3; round++) {
        await using guest = await newGuest();
        await using other = await newGuest();
        for (const each of [guest, other]) {
          expect(await each.loadModel()).toBe(0);
          expect(await each.createContext(0)).toBe(0);
        }
        expect(await guest.add(0, ones, twos)).toEqual([3, 3, 3, 3, 3, 3]);
        // The backend, and two graphs with a context each.
        expect(backend.alive).toBe(5);
      }
      expect(backend.alive).toBe(1);
    });
  });

  it('is freed 1,000 times, however much each leaves behind', async () => {
    const bounds = { maxGraphs: 2, maxContexts: 1, maxBytes: 1 << 16 };
    await withGuests(bounds, async (backend, _newGuest, runtime) => {
      const model = new TextEncoder().encode('sum 2');
      const record = Uint32Array.of(place.parts, model.length);
      for (let round = 0; round < 1000; round++) {
        using instance = runtime.instantiate(guestFile('raw-calls-0-15'), { exports: nnSignatures });
        const { load, init_execution_context } = instance.exports;
        instance.memory?.write(place.parts, model);
        instance.memory?.write(place.builders, new Uint8Array(record.buffer));
        for (let graph = 0; graph < 2; graph++) {
          expect(load(place.builders, 1, sumModel.encoding, 0, place.result)).toBe(success);
        }
        expect(init_execution_context(1, place.result)).toBe(success);
      }
      expect(backend.alive).toBe(1);
    });
  });

  it('counts for all that live at a time, and makes room when it ends', async () => {
    await withGuests({ maxGraphs: 2 }, async (_backend, newGuest) => {
      await using guest = await newGuest();
      const other = await newGuest();
      await guest.loadModel();
      await other.loadModel();
      const [builders, count] = await guest.storeModel();
      const load = () => guest.exports.load(builders, count, sumModel.encoding, 0, place.result);
      expect(await load()).toBe(too_large);
      await other[Symbol.asyncDispose]();
      expect(await load()).toBe(success);
    });
  });
});

describe('a named model', () => {
  it('is loaded once for all guests where a computation changes nothing in it, and kept until the runtime ends', async () => {
    await withGuests(
      {},
      async (backend, newGuest) => {
        for (let round = 0; round < 20; round++) {
          await using guest = await newGuest();
          const graph = await loadRoad(guest);
          expect(await guest.add(await guest.createContext(graph), ones, twos)).toEqual([3, 3, 3, 3, 3, 3]);
          if (round % 2 === 0) expect(await guest.exports.unload(graph)).toBe(success);
        }
        expect([backend.loads, backend.alive]).toEqual([1, 2]);
      },
      true,
    );
  });

  it('is unloaded for the guest that unloads it, and for no other', async () => {
    await withGuests(
      {},
      async (_backend, newGuest) => {
        await using guest = await newGuest();
        await using other = await newGuest();
        const context = await other.createContext(await loadRoad(other));
        const graph = await loadRoad(guest);
        expect(await guest.exports.unload(graph)).toBe(success);
        expect(await guest.exports.init_execution_context(graph, place.result)).toBe(invalid_argument);
        expect(await other.add(context, ones, twos)).toEqual([3, 3, 3, 3, 3, 3]);
      },
      true,
    );
  });

  it('is loaded by each guest where a computation may change it, and with settings of the guest', async () => {
    for (const isShareable of [false, true]) {
      await withGuests(
        {},
        async (backend, newGuest) => {
          for (let round = 0; round < 3; round++) {
            await using guest = await newGuest();
            await guest.store(place.builders, new TextEncoder().encode('{}'));
            const name = await guest.storeName('road');
            const { load_by_name, load_by_name_with_config } = guest.exports;
            expect(
              isShareable
                ? await load_by_name_with_config(...name, place.builders, 2, place.result)
                : await load_by_name(...name, place.result),
            ).toBe(success);
          }
          expect([backend.loads, backend.alive]).toEqual([3, 1]);
        },
        isShareable,
      );
    }
  });

  it('is loaded again for a guest after one broke it', async () => {
    await withGuests(
      {},
      async (backend, newGuest) => {
        await using guest = await newGuest();
        await using other = await newGuest();
        const [graph, sameGraph] = [await loadRoad(guest), await loadRoad(other)];
        const before = await guest.createContext(graph);
        backend.failNext = new Error('its library has failed');
        const after = await other.createContext(sameGraph);
        for (const [each, context] of [
          [guest, before],
          [other, after],
        ] as const) {
          expect(await each.add(context, ones, twos)).toEqual([3, 3, 3, 3, 3, 3]);
        }
        expect(backend.loads).toBe(2);
        await using third = await newGuest();
        await third.createContext(await loadRoad(third));
        expect(backend.loads).toBe(2);
      },
      true,
    );
  });

  it('tells a guest that it makes no context', async () => {
    await withGuests({}, async (backend, newGuest) => {
      await using guest = await newGuest();
      const graph = await loadRoad(guest);
      backend.failNext = new Error('its library has failed');
      expect(await guest.exports.init_execution_context(graph, place.result)).toBe(runtime_error);
      await guest.createContext(graph);
    });
  });
});
