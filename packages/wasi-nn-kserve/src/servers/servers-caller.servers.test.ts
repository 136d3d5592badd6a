import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { expect, test } from 'vitest';
import { sharedServer } from '../../conformance/servers/shared-server.js';
import { Triton, tritonProblem } from '../../conformance/servers/triton.js';
import { FakeServers } from '../__fixtures__/fake-servers.js';
import type { InferRequest } from '../protocol/messages.js';
import { openTransport } from '../transports/open-transport.js';
import type { ServerCall, ServerCaller } from './call-server.js';
import type { ServersOptions } from './servers-options.js';
import { SharedServers } from './shared-servers.js';

const open = (servers: ServersOptions['servers'], options: Partial<ServersOptions> = {}) =>
  new SharedServers(openTransport).use(new FakeServers().settings(servers, options));

const callOf = (model: string, call: Partial<ServerCall> = {}): ServerCall => ({
  timeoutMs: 60_000,
  headers: {},
  isRepeatable: true,
  model: { name: model },
  ...call,
});

const pair = (value: number) => new Uint8Array(new Float32Array([value, value]).buffer);

/** 2 + 3, twice. */
async function add(caller: ServerCaller, model = 'pair'): Promise<unknown> {
  const request: InferRequest = {
    model: { name: model },
    id: 'add',
    parameters: {},
    inputs: [
      { name: 'a', dataType: 'FP32', shape: [2], data: pair(2) },
      { name: 'b', dataType: 'FP32', shape: [2], data: pair(3) },
    ],
    outputs: [],
  };
  const { outputs } = await caller.call(callOf(model), (transport, options) =>
    transport.infer(request, options),
  );
  return Buffer.from(outputs[0]?.data ?? []);
}

/** Takes so long, and says how often it has begun and been cancelled. */
async function slow(
  caller: ServerCaller,
  model: 'slow' | 'busy',
  ms: number,
  call: Partial<ServerCall> = {},
) {
  const shape = model === 'busy' ? [1, 1] : [1];
  const data = new Uint8Array(new Int32Array([ms]).buffer);
  const request: InferRequest = {
    model: { name: model },
    id: 'slow',
    parameters: {},
    inputs: [{ name: 'ms', dataType: 'INT32', shape, data }],
    outputs: [],
  };
  return caller.call(callOf(model, call), (transport, options) => transport.infer(request, options));
}

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  test.each(['grpc', 'http'] as const)(
    'by %s: a server that starts is waited for, and then a model that it loads; calls go where the model is',
    async (protocol) => {
      await using late = await Triton.start({ models: ['add'], waits: false });
      const own = `${protocol}://${late[protocol]}`;
      const caller = open([own]);
      // Before this it refuses connections.
      await caller.waitForModel(callOf('add'));
      await expect(caller.waitForModel(callOf('pair', { timeoutMs: 300 }))).rejects.toMatchObject({
        errnoName: 'not_found',
        message: expect.stringContaining(own),
      });
      const both = open([own, `${protocol}://${(await sharedServer('triton'))[protocol]}`]);
      await both.waitForModel(callOf('pair'));
      // One of the two has it.
      for (let call = 0; call < 10; call++) expect(await add(both)).toEqual(Buffer.from(pair(5)));
      const wait = caller.waitForModel(callOf('pair'));
      await late.repository('load', 'pair');
      await wait;
      expect(await add(caller)).toEqual(Buffer.from(pair(5)));
      caller.close();
      both.close();
    },
  );

  test('a server that hangs gets no calls, until it goes on', async () => {
    await using hung = await Triton.start({ models: ['pair'] });
    const own = `grpc://${hung.grpc}`;
    const timeoutMs = 500;
    const caller = open([own, `grpc://${(await sharedServer('triton')).grpc}`], { timeoutMs });
    let asked = 0;
    /** Which server has answered. */
    const ask = () =>
      caller.call(callOf('pair', { timeoutMs }), async (transport, options) => {
        if (transport.address === own) asked++;
        await transport.modelMetadata({ name: 'pair' }, options);
        return transport.address;
      });
    const until = async (holds: (address: string) => boolean) => {
      while (!holds(await ask().catch(() => '')));
    };
    await until((address) => address === own);
    hung.pause();
    asked = 0;
    for (let call = 0; call < 50; call++) await ask().catch(() => '');
    // Three eject it; without that it has half of them.
    expect(asked).toBeGreaterThanOrEqual(3);
    expect(asked).toBeLessThan(10);
    hung.resume();
    await until((address) => address === own);
    caller.close();
  });

  test.each(['grpc', 'http'] as const)('by %s: a queue that is full is waited for', async (protocol) => {
    const { [protocol]: address } = await sharedServer('triton');
    const caller = open([`${protocol}://${address}`], { retries: 10 });
    // One is computed and one waits; the others are refused until there is room.
    await Promise.all([1, 2, 3, 4].map(() => slow(caller, 'busy', 100)));
    const impatient = open([`${protocol}://${address}`], { retries: 0 });
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => slow(impatient, 'busy', 200)));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    for (const each of refused) expect(each).toMatchObject({ reason: { errnoName: 'busy' } });
    caller.close();
    impatient.close();
  });

  // Triton looks for it by gRPC only.
  test('a deadline ends the work on the server', async () => {
    const caller = open([`grpc://${(await sharedServer('triton')).grpc}`]);
    const cancelled = async () => {
      const { outputs } = await slow(caller, 'slow', -1);
      const data = outputs[1]?.data ?? new Uint8Array(8);
      return new DataView(data.buffer, data.byteOffset).getBigInt64(0, true);
    };
    const before = await cancelled();
    await expect(slow(caller, 'slow', 60_000, { timeoutMs: 200 })).rejects.toMatchObject({
      errnoName: 'runtime_error',
      message: expect.stringContaining('had not answered when 200 ms were over'),
    });
    while ((await cancelled()) === before);
    caller.close();
  });

  test.each([
    [{ model: 'nope' }, 'runtime_error', /unknown model: 'nope'.*\(model "nope"\)/],
    // Of its text nothing arrives in Node.js, since it ends with a blank.
    [{ model: 'add' }, 'invalid_argument', /INVALID_ARGUMENT/],
    [{ model: 'fail' }, 'runtime_error', /fail/],
  ] as const)('a call of %o is %s', async ({ model }, errnoName, message) => {
    const caller = open([`grpc://${(await sharedServer('triton')).grpc}`]);
    await expect(add(caller, model)).rejects.toMatchObject({
      errnoName,
      message: expect.stringMatching(message),
    });
    caller.close();
  });
});
