import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { type CaseRuntime, inlineCaseRuntime } from '@wasmedge-plugins/conformance';
import { createRuntime, type PlacementName } from '@wasmedge-plugins/core';
import { NnErrno } from '@wasmedge-plugins/wasi-nn';
import { RawNn } from '@wasmedge-plugins/wasi-nn/conformance';
import { describe, expect, it } from 'vitest';
import { startCannedServer } from './__fixtures__/canned-server.js';
import { type FakeModel, startModelServer } from './__fixtures__/model-server.js';
import { kserveChannelName } from './events/kserve-event.js';
import { kserve } from './plugin.js';
import type { KServeModel } from './source.js';

const info = (name: string, dataType: string, shape: readonly number[]) => ({ name, dataType, shape });
const metadata = { inputs: [info('x', 'FP32', [2, 3])], outputs: [info('x', 'FP32', [2, 3])] };
const abiModel = { encoding: 4, parts: () => [Uint8Array.of(1)] };
const numbers = [1, 2, 3, 4, 5, 6];

/** A guest in a runtime that has models on a server. Where it is in the thread of the server, that could not answer it. */
async function open<Server extends AsyncDisposable & { readonly address: string }>(
  server: Server,
  models: Readonly<Record<string, Partial<KServeModel>>>,
  placement: PlacementName = 'worker',
) {
  const said: string[] = [];
  const whole = Object.entries(models).map(([name, model]) => {
    return [name, { servers: [server.address], model: name, retries: 0, readyTimeoutMs: 0, ...model }];
  });
  const plugins = [kserve({ models: Object.fromEntries(whole) })];
  const logger = (_: string, message: string) => said.push(message);
  const runtime = await createRuntime({ placement, plugins, logger } as { placement: 'worker' });
  const guest = await RawNn.in(
    placement === 'inline' ? inlineCaseRuntime(runtime as never) : (runtime as unknown as CaseRuntime),
    abiModel,
  );
  return {
    ...{ server, said, guest },
    async [Symbol.asyncDispose]() {
      await guest[Symbol.asyncDispose]();
      await (runtime[Symbol.asyncDispose] ?? runtime[Symbol.dispose as never]).call(runtime);
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Loads a model by name; the errno, or the number of a context. */
async function contextOf(guest: RawNn, name: string): Promise<number> {
  const errno = await guest.exports.load_by_name(...(await guest.storeName(name)), 16);
  if (errno !== 0) throw new Error(`errno ${errno}`);
  return guest.createContext(await guest.number());
}

/** Loads a model with a configuration; the errno. */
async function loadWith(guest: RawNn, name: string, config: unknown): Promise<number> {
  const bytes = new TextEncoder().encode(JSON.stringify(config));
  await guest.store(32_768, bytes);
  const [place, length] = await guest.storeName(name);
  return guest.exports.load_by_name_with_config(place, length, 32_768, bytes.length, 16);
}

async function compute(guest: RawNn, context: number): Promise<readonly number[]> {
  expect(await guest.setInput(context, 0, numbers)).toBe(0);
  const errno = await guest.exports.compute(context);
  if (errno !== 0) throw new Error(`errno ${errno}`);
  expect(await guest.exports.get_output(context, 0, 4096, 64, 16)).toBe(0);
  const bytes = await guest.read(4096, await guest.number());
  return [...new Float32Array(Uint8Array.from(bytes).buffer)];
}

describe.each(['worker', 'process'] as const)('a guest of placement %s', (placement) => {
  it('computes on the server, with credentials that the host is asked for each time', async () => {
    let count = 0;
    // The guest waits for the caller, whose function may be asynchronous.
    const credentials = async () => ({ authorization: `Bearer ${++count}` });
    await using opened = await open(
      await startModelServer({ metadata }),
      { road: { credentials }, plain: {} },
      placement,
    );
    const { server, guest } = opened;
    const context = await contextOf(guest, 'road');
    expect(await compute(guest, context)).toEqual(numbers);
    expect(await compute(guest, context)).toEqual(numbers);
    expect(await compute(guest, await contextOf(guest, 'plain'))).toEqual(numbers);
    expect(server.inferences.map(({ model, headers }) => [model, headers.authorization])).toEqual([
      ['road', 'Bearer 2'],
      ['road', 'Bearer 3'],
      ['plain', undefined],
    ]);
  });
});

describe('a guest that waits for credentials elsewhere', () => {
  it('waits no longer than an inference may take', async () => {
    const credentials = () => new Promise<never>(() => {});
    await using opened = await open(await startModelServer({ metadata }), {
      road: { credentials, timeoutMs: 10 },
    });
    const { guest, said, server } = opened;
    expect(await guest.exports.load_by_name(...(await guest.storeName('road')), 16)).toBe(
      NnErrno.runtime_error,
    );
    expect(said.join()).toMatch(/credentials of models\.road has not returned headers within 10 ms/);
    expect(server.calls).toEqual([]);
  });
});

describe('a guest', () => {
  it('reaches no other name, and asks nobody for it', async () => {
    await using opened = await open(await startModelServer({ metadata }), { road: {} });
    const { guest, server } = opened;
    for (const name of ['raod', 'http://127.0.0.1/road', '__proto__', '']) {
      expect(await guest.exports.load_by_name(...(await guest.storeName(name)), 16)).toBe(NnErrno.not_found);
    }
    const [builders, count] = await guest.storeModel();
    expect(await guest.exports.load(builders, count, 4, 0, 16)).toBe(NnErrno.unsupported_operation);
    expect(server.calls).toEqual([]);
  });

  it('shares a model and its metadata with others of its runtime', async () => {
    await using opened = await open(await startModelServer({ metadata }), { road: {} });
    const { guest, server } = opened;
    await contextOf(guest, 'road');
    await guest.exports.unload(0);
    await contextOf(guest, 'road');
    expect(server.calls.filter(({ method }) => method === 'ModelMetadata')).toHaveLength(1);
  });

  it('is refused inputs before they are sent', async () => {
    await using opened = await open(await startModelServer({ metadata }), { road: {} });
    const { guest, server, said } = opened;
    const context = await contextOf(guest, 'road');
    expect(await guest.setInput(context, 1, numbers)).toBe(NnErrno.invalid_argument);
    const turned = await guest.storeTensor(numbers, [3, 2]);
    expect(await guest.exports.set_input(context, 0, turned)).toBe(NnErrno.invalid_argument);
    expect(await guest.exports.compute(context)).toBe(NnErrno.runtime_error);
    expect(server.inferences).toEqual([]);
    expect(said.join('\n')).toMatch(/The input x takes the shape \[2, 3\], not \[3, 2\]\./);
  });

  it('gets the errno of what went wrong, and the host the text', async () => {
    const statuses: Readonly<Record<string, number>> = {
      invalid: 3,
      missing: 5,
      full: 8,
      unable: 12,
      broken: 13,
    };
    const infer: FakeModel['infer'] = ({ model }) => statuses[model] ?? 13;
    await using opened = await open(
      await startModelServer({ metadata, infer }),
      Object.fromEntries(Object.keys(statuses).map((name) => [name, {}])),
    );
    const { guest, said } = opened;
    const errnos: Record<string, number> = {};
    for (const name of Object.keys(statuses)) {
      const context = await contextOf(guest, name);
      await guest.setInput(context, 0, numbers);
      errnos[name] = await guest.exports.compute(context);
    }
    expect(errnos).toEqual({
      invalid: NnErrno.invalid_argument,
      missing: NnErrno.runtime_error,
      full: NnErrno.busy,
      unable: NnErrno.unsupported_operation,
      broken: NnErrno.runtime_error,
    });
    expect(said.filter((text) => text.includes('as the test says'))).toHaveLength(5);
  });

  it('sets what the host allows, and nothing else', async () => {
    const model = {
      version: '2',
      timeoutMs: 1000,
      guestParameters: ['beam'],
      parameters: { beam: 1, own: 'x' },
    };
    const outputs = [info('x', 'FP32', [2, 3]), info('y', 'FP32', [2, 3])];
    await using opened = await open(await startModelServer({ metadata: { ...metadata, outputs } }), {
      road: model,
    });
    const { guest, server } = opened;
    for (const config of [
      { version: '3' },
      { version: '..' },
      { timeoutMs: 1001 },
      { timeoutMs: 0 },
      { parameters: { own: 'y' } },
      { parameters: { sequence_id: 1 } },
      { parameters: { beam: [] } },
      { outputs: ['z'] },
      { outputs: [] },
      { outputs: ['x', 'x'] },
      { servers: [server.address] },
      { credentials: {} },
    ]) {
      expect([config, await loadWith(guest, 'road', config)]).toEqual([config, NnErrno.invalid_argument]);
    }
    const config = { version: '2', timeoutMs: 900, parameters: { beam: 4 }, outputs: ['x'] };
    expect(await loadWith(guest, 'road', config)).toBe(0);
    expect(await compute(guest, await guest.createContext(await guest.number()))).toEqual(numbers);
    expect(server.inferences).toMatchObject([{ parameters: { beam: 4, own: 'x' }, outputs: ['x'] }]);
    expect(server.inferences[0]?.headers['grpc-timeout']).toMatch(/^(9|8)\d\dm$/);
  });
});

describe('a guest in the thread of the host', () => {
  it('waits for the server, and its calls are told to who listens in its thread', async () => {
    const events: unknown[] = [];
    const listen = (event: unknown) => events.push(event);
    let count = 0;
    const credentials = () => ({ authorization: `Bearer ${++count}` });
    const data = new Uint8Array(new Float32Array(numbers).buffer);
    const server = await startCannedServer(metadata, [{ name: 'x', dataType: 'FP32', shape: [2, 3], data }]);
    await using opened = await open(server, { road: { credentials } }, 'inline');
    const { guest } = opened;
    const context = await contextOf(guest, 'road');
    subscribe(kserveChannelName, listen);
    try {
      expect(await compute(guest, context)).toEqual(numbers);
    } finally {
      unsubscribe(kserveChannelName, listen);
    }
    expect(await compute(guest, context)).toEqual(numbers);
    expect(events).toMatchObject([
      { kind: 'call-started', model: 'road', attempt: 1 },
      { kind: 'call-ended', model: 'road', failure: undefined, sentBytes: 24, receivedBytes: 24 },
    ]);
    await expect
      .poll(() =>
        server.calls
          .filter(({ method }) => method === 'ModelInfer')
          .map(({ headers }) => headers.authorization),
      )
      .toEqual(['Bearer 2', 'Bearer 3']);
  });

  it('is told in its errno that the function of the host cannot be waited for', async () => {
    await using opened = await open(
      await startModelServer({ metadata }),
      { road: { credentials: async () => ({}) } },
      'inline',
    );
    const { guest, said, server } = opened;
    expect(await guest.exports.load_by_name(...(await guest.storeName('road')), 16)).toBe(
      NnErrno.runtime_error,
    );
    expect(said.join()).toMatch(/placement: 'worker' or 'process'/);
    expect(server.calls).toEqual([]);
  });
});
