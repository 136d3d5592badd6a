import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inlineCaseRuntime, mapInOrder } from '@wasmedge-plugins/conformance';
import { conformanceTests } from '@wasmedge-plugins/conformance/vitest';
import { createRuntime, type EngineName, findWasmEdge } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { type AbiOptions, abiCases, guestFile, RawNn } from '../../../conformance/abi-suite.js';
import { laterModel, laterPlugin } from '../../__fixtures__/later-plugin.js';
import { modelFile, sumModel } from '../../__fixtures__/sum-plugin.js';
import { NnErrno } from '../../nn-errno.js';
import { tensor } from '../../tensor.js';

const engines: EngineName[] = (await findWasmEdge().catch(() => undefined)) ? ['v8', 'wasmedge'] : ['v8'];
const text = (letters: string) => tensor('u8', [letters.length], new TextEncoder().encode(letters));
const read = (data: ArrayLike<number | bigint>) => String.fromCharCode(...Array.from(data, Number));

// Everything that guests may ask of a synchronous backend holds for an asynchronous one.
for (const isolated of [false, true]) {
  await conformanceTests(
    {
      plugin: 'wasi_nn',
      title: `WASI-NN, on an asynchronous backend of the test${isolated ? ' in a process' : ''}`,
      module: import.meta.url,
      guests: new URL('./', guestFile('raw-calls')),
      cases: abiCases(sumModel),
      createPlugin({ options }) {
        const { named = [], broken = [] } = (options ?? {}) as AbiOptions;
        const models = Object.fromEntries([
          ...named.map((name) => [name, { text: modelFile('sum 2') }]),
          ...broken.map((name) => [name, { text: modelFile('no model') }]),
        ]);
        return laterPlugin({ models, isolated });
      },
    },
    { providers: ['embedded'], ...(isolated && { engines: ['v8'] }) },
  );
}

const places = [
  ...engines.map((engine) => ({ engine, isolated: false })),
  { engine: 'v8' as const, isolated: true },
];

describe.each(places)(
  'a guest of an asynchronous backend, on $engine, isolated: $isolated',
  ({ engine, isolated }) => {
    async function open(model: string, options: Parameters<typeof laterPlugin>[0] = {}) {
      const plugins = [laterPlugin({ isolated, ...options })];
      const runtime = await createRuntime({ engine, plugins, logger: () => {} });
      const guest = await RawNn.in(inlineCaseRuntime(runtime), {
        encoding: 3,
        parts: () => [laterModel(model)],
      });
      return { runtime, guest, context: await guest.createContext(await guest.loadModel()) };
    }

    /** Sets a text as the input 0. */
    async function setText(guest: RawNn, context: number, letters: string): Promise<number> {
      const bytes = new TextEncoder().encode(letters);
      await guest.store(256, bytes);
      await guest.storeNumbers(64, bytes.length);
      await guest.storeNumbers(32, 64, 1, 2, 256, bytes.length);
      return guest.exports.set_input(context, 0, 32);
    }

    async function output(
      guest: RawNn,
      context: number,
      call: 'get_output' | 'get_output_single',
      size = 64,
    ) {
      const errno = await guest.exports[call](context, 0, 4096, size, 16);
      return errno === 0 ? read(await guest.read(4096, await guest.number())) : errno;
    }

    it('gets output piece by piece, and all of it meanwhile', async () => {
      const { runtime, guest, context } = await open('spell 10');
      using _ = runtime;
      expect(await setText(guest, context, 'abc')).toBe(0);
      const pieces = [];
      while ((await guest.exports.compute_single(context)) === 0) {
        pieces.push([
          await output(guest, context, 'get_output_single'),
          await output(guest, context, 'get_output'),
        ]);
      }
      expect(pieces).toEqual([
        ['A', 'A'],
        ['B', 'AB'],
        ['C', 'ABC'],
      ]);
      expect(await guest.exports.compute_single(context)).toBe(NnErrno.end_of_sequence);
      expect(await output(guest, context, 'get_output_single')).toBe('C');
      expect(await guest.exports.fini_single(context)).toBe(0);
      expect(await guest.exports.compute_single(context)).toBe(0);
      expect(await output(guest, context, 'get_output_single')).toBe('A');
      expect(await output(guest, context, 'get_output_single', 0)).toBe(NnErrno.invalid_argument);
      expect(await guest.exports.get_output_single(context, 1, 4096, 64, 16)).toBe(NnErrno.invalid_argument);
    });

    it('reads what a computation gave before there was no more room', async () => {
      const { runtime, guest, context } = await open('spell 2');
      using _ = runtime;
      expect(await setText(guest, context, 'abc')).toBe(0);
      expect(await guest.exports.compute(context)).toBe(NnErrno.context_full);
      expect(await output(guest, context, 'get_output')).toBe('AB');
    });

    it('is told at once of an input that is refused when it is set', async () => {
      const { runtime, guest, context } = await open('spell 10');
      using _ = runtime;
      expect(await setText(guest, context, '')).toBe(NnErrno.invalid_argument);
    });

    it('gets invalid_argument where the backend has no pieces', async () => {
      const { runtime, guest, context } = await open('sum 2');
      using _ = runtime;
      for (const errno of [
        await guest.exports.compute_single(context),
        await guest.exports.get_output_single(context, 0, 4096, 64, 16),
        await guest.exports.fini_single(context),
        await guest.exports.compute_single(context + 1),
      ]) {
        expect(errno).toBe(NnErrno.invalid_argument);
      }
    });

    it('has its pieces counted by maxBytes', async () => {
      const { runtime, guest, context } = await open(`spell 100000`, { maxBytes: 30_000 });
      using _ = runtime;
      expect(await setText(guest, context, 'a'.repeat(3000))).toBe(0);
      // A letter is a byte: 30,000 hold the graph, the context, the input, and the letters until they are too many.
      let count = 0;
      while ((await guest.exports.compute_single(context)) === 0) count++;
      expect(count).toBe(3000);
      expect(await guest.exports.fini_single(context)).toBe(0);
    });

    it('gets runtime_error when the backend cannot be opened, and again the next time', async () => {
      const plugins = [laterPlugin({ isolated, broken: true })];
      using runtime = await createRuntime({ engine, plugins, logger: () => {} });
      const guest = await RawNn.in(inlineCaseRuntime(runtime), {
        encoding: 3,
        parts: () => [laterModel('sum 2')],
      });
      const [builders, count] = await guest.storeModel();
      for (const _ of [1, 2])
        expect(await guest.exports.load(builders, count, 3, 0, 16)).toBe(NnErrno.runtime_error);
    });

    it('leaves nothing behind when it unloads', async () => {
      const { runtime, guest, context } = await open('alive');
      using _ = runtime;
      const alive = async () => {
        expect(await guest.exports.compute(context)).toBe(0);
        return JSON.parse(String(await output(guest, context, 'get_output', 256))).alive;
      };
      const before = await alive();
      for (let round = 0; round < 20; round++) {
        const graph = await guest.loadModel();
        await guest.createContext(graph);
        await guest.createContext(graph);
        expect(await guest.exports.unload(graph)).toBe(0);
      }
      expect(await alive()).toBe(before);
    });
  },
);

describe.each([{ sessions: 'helper' }, { sessions: 'here' }, { isolated: true }] as const)(
  'a session of an asynchronous backend, %o',
  (where) => {
    const plugin = laterPlugin(where);

    it('computes while this thread goes on', async () => {
      using session = await plugin.session({ text: laterModel('wait 60') });
      let turns = 0;
      const timer = setInterval(() => turns++, 1);
      await session.runAsync([]);
      clearInterval(timer);
      expect(turns).toBeGreaterThan(5);
    });

    it('gives what the backend computed, time after time', async () => {
      using session = await plugin.session({ text: laterModel('sum 2') });
      const x0 = tensor('f32', [1, 3], Float32Array.of(1, 2, 3));
      const runs = await mapInOrder([1, 2, 3], (factor) =>
        session.runAsync({ x0, x1: tensor('f32', [1, 3], Float32Array.of(factor, factor, factor)) }),
      );
      const sums = (await Promise.all(runs)).map(({ sum }) => [...(sum?.data ?? [])]);
      expect(sums).toEqual([
        [2, 3, 4],
        [3, 4, 5],
        [4, 5, 6],
      ]);
      await expect(session.runAsync({ x0, x1: tensor('f32', [3], new Float32Array(3)) })).rejects.toThrow(
        /takes the shape \[-1, 3\]/,
      );
    });

    it('streams pieces, one after another, and begins anew the next time', async () => {
      using session = await plugin.session({ text: laterModel('spell 10') });
      const spelled = async () => {
        const pieces: string[] = [];
        for await (const { 0: piece } of session.stream([text('hello')]))
          pieces.push(read(piece?.data ?? []));
        return pieces;
      };
      expect(await spelled()).toEqual([...'HELLO']);
      const both = await Promise.all([spelled(), spelled()]);
      expect(both).toEqual([[...'HELLO'], [...'HELLO']]);
      expect(read((await session.runAsync([text('all')])).text?.data ?? [])).toBe('ALL');
    });

    it('lets the caller stop taking pieces', async () => {
      using session = await plugin.session({ text: laterModel('spell 10') });
      for await (const _ of session.stream([text('hello')])) break;
      const rest: string[] = [];
      for await (const { 0: piece } of session.stream([text('hi')])) rest.push(read(piece?.data ?? []));
      expect(rest).toEqual(['H', 'I']);
    });

    it('rejects with the code of what went wrong', async () => {
      using session = await plugin.session({ text: laterModel('spell 2') });
      await expect(session.runAsync([text('abc')])).rejects.toMatchObject({ errnoName: 'context_full' });
      const pieces: string[] = [];
      const all = async () => {
        for await (const { 0: piece } of session.stream([text('abc')])) pieces.push(read(piece?.data ?? []));
      };
      await expect(all()).rejects.toMatchObject({ code: 'ERR_NN', errnoName: 'context_full' });
      expect(pieces).toEqual(['A', 'B']);
      await expect(plugin.session({ text: laterModel('nothing') })).rejects.toMatchObject({
        errnoName: 'invalid_argument',
      });
      await expect(laterPlugin({ ...where, broken: true }).session({ text: 'x' })).rejects.toThrow();
    });

    it('may be disposed while it computes, and while it streams', async () => {
      const session = await plugin.session({ text: laterModel('wait 30') });
      const running = session.runAsync([]);
      await new Promise((resolve) => setTimeout(resolve, 10));
      session[Symbol.dispose]();
      await expect(running).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
      const streaming = await plugin.session({ text: laterModel('spell 10') });
      const all = async () => {
        for await (const _ of streaming.stream([text('hello')])) streaming[Symbol.dispose]();
      };
      await expect(all()).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
    });

    it('refuses those who wait for their turn when it is disposed, whoever has it', async () => {
      const session = await plugin.session({ text: laterModel('spell 10') });
      const paused = session.stream([text('hello')])[Symbol.asyncIterator]();
      await paused.next();
      const waiting = [
        session.runAsync([text('a')]),
        session
          .stream([text('b')])
          [Symbol.asyncIterator]()
          .next(),
      ];
      session[Symbol.dispose]();
      for (const each of [...waiting, paused.next()]) {
        await expect(each).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
      }
    });

    it('keeps nothing of the bytes that it was given, and passes on what it was told', async () => {
      const bytes = laterModel('alive');
      const opening = await plugin.session({ text: bytes, config: { threads: 2 } });
      bytes.fill(0);
      using session = await opening;
      const { 0: told } = await session.runAsync([]);
      expect(JSON.parse(read(told?.data ?? []))).toMatchObject({
        maxBytes: 2 ** 30,
        config: { threads: 2 },
        origin: { model: 'host', config: 'host' },
        options: { broken: false },
      });
      expect(() => laterPlugin({ models: { a: { text: 'a', config: { threads: 5 } } } })).toThrow(
        /threads must be a whole number from 1 to 4/,
      );
    });
  },
);

it.each([{ sessions: 'helper' }, { isolated: true }] as const)(
  'a session that computes for ever, %o, ends when it is disposed',
  async (where) => {
    const session = await laterPlugin(where).session({ text: laterModel('spin') });
    const running = session.runAsync([]);
    await new Promise((resolve) => setImmediate(resolve));
    session[Symbol.dispose]();
    await expect(running).rejects.toMatchObject({ code: 'ERR_DISPOSED' });
  },
);

it('a session whose process has ended says so, and that another is needed', async () => {
  using session = await laterPlugin({ isolated: true }).session({ text: laterModel('end') });
  for (const _ of ['while it computes', 'afterwards']) {
    await expect(session.runAsync([])).rejects.toThrow(/ended by SIGKILL; create another session\./);
  }
});

it('a program that waits for nothing else is told that the process has ended', () => {
  const program = fileURLToPath(new URL('../../__fixtures__/lost-program.mjs', import.meta.url));
  const { status, stdout } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect([status, stdout.trim()]).toEqual([0, 'NnError DisposedError']);
});

it('a session in this thread cannot be waited for, and one in the helper thread can', async () => {
  const x = tensor('f32', [1, 3], Float32Array.of(1, 2, 3));
  using here = await laterPlugin({ sessions: 'here' }).session({ text: laterModel('sum 1') });
  expect(() => here.run([x])).toThrow(/use runAsync\(\)/);
  using there = await laterPlugin().session({ text: laterModel('sum 1') });
  expect(there.run([x]).sum?.data).toEqual(x.data);
});

it('a session whose model gives no pieces says so', async () => {
  using session = await laterPlugin().session({ text: laterModel('sum 1') });
  expect(() => session.stream([tensor('f32', [1, 3], new Float32Array(3))])).toThrow(/use runAsync\(\)/);
});
