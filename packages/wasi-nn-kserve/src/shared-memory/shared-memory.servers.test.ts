import { readdirSync } from 'node:fs';
import { describeWith } from '@wasmedge-plugins/wasi-nn/conformance/vitest';
import { afterEach, expect, test } from 'vitest';
import { sharedServer } from '../../conformance/servers/shared-server.js';
import { Triton, tritonProblem } from '../../conformance/servers/triton.js';
import { callOptions, transportOptions } from '../__fixtures__/call-options.js';
import { typeInputs } from '../__fixtures__/type-inputs.js';
import type { InferRequest } from '../protocol/messages.js';
import { openTransport } from '../transports/open-transport.js';
import type { Transport } from '../transports/transport.js';
import { SharedMemory } from './shared-memory.js';

const sizes = new Map([['y', 602_112]]);

function picture(first: number): Uint8Array {
  return new Uint8Array(Float32Array.from({ length: 150_528 }, (_, index) => first + index).buffer);
}

function identity(data: Uint8Array): InferRequest {
  return {
    model: { name: 'identity' },
    id: 'shared',
    parameters: {},
    inputs: [{ name: 'x', dataType: 'FP32', shape: [1, 3, 224, 224], data }],
    outputs: [{ name: 'y' }],
  };
}

/** The transport, with the regions that it has registered. */
function recorded(transport: Transport): {
  transport: Transport;
  registered: string[];
  unregistered: string[];
} {
  const registered: string[] = [];
  const unregistered: string[] = [];
  const recording: Transport = Object.create(transport, {
    registerRegion: {
      value: (...args: Parameters<Transport['registerRegion']>) => {
        registered.push(args[0].name);
        return transport.registerRegion(...args);
      },
    },
    unregisterRegion: {
      value: (...args: Parameters<Transport['unregisterRegion']>) => {
        unregistered.push(args[0]);
        return transport.unregisterRegion(...args);
      },
    },
    // Methods with private members need their own object.
    infer: { value: transport.infer.bind(transport) },
    close: { value: transport.close.bind(transport) },
  });
  return { transport: recording, registered, unregistered };
}

const ours = () => readdirSync('/dev/shm').filter((name) => name.startsWith('wasmedge-plugins-'));

await describeWith('Triton', { name: 'triton', problem: tritonProblem }, () => {
  afterEach(() => expect(ours()).toEqual([]));

  test.each(['grpc', 'http'] as const)('by %s: regions are kept, and let go at the end', async (protocol) => {
    const address = `${protocol}://${(await sharedServer('triton'))[protocol]}`;
    const { transport, registered, unregistered } = recorded(openTransport(address, transportOptions));
    const memory = new SharedMemory(1e8);
    for (let round = 0; round < 3; round += 1) {
      const data = picture(round);
      const { outputs } = await memory.infer(transport, identity(data), callOptions(), sizes);
      expect(outputs).toEqual([
        { name: 'y', dataType: 'FP32', shape: [1, 3, 224, 224], data: expect.any(Uint8Array) },
      ]);
      expect(Buffer.from(data).equals(outputs[0]?.data ?? Buffer.alloc(0))).toBe(true);
    }
    expect(registered).toHaveLength(1);
    await memory.close(callOptions());
    expect(unregistered).toEqual(registered);
    transport.close();
  });

  test.each(['grpc', 'http'] as const)(
    'by %s: tensors of every type, in it and beside it',
    async (protocol) => {
      const address = `${protocol}://${(await sharedServer('triton'))[protocol]}`;
      const transport = openTransport(address, transportOptions);
      const memory = new SharedMemory(1e8);
      const request: InferRequest = {
        model: { name: 'types' },
        id: 'types',
        parameters: {},
        inputs: typeInputs,
        outputs: typeInputs.map(({ name }) => ({ name: name.replace('in_', 'out_') })),
      };
      // Every other output comes in the answer.
      const some = new Map(
        typeInputs
          .filter(({ dataType }, index) => index % 2 === 0 && dataType !== 'BYTES')
          .map(({ name, data }) => [name.replace('in_', 'out_'), (data as Uint8Array).byteLength]),
      );
      const { outputs } = await memory.infer(transport, request, callOptions(), some);
      const got = new Map(outputs.map(({ name, data }) => [name, Buffer.from(data ?? [])]));
      for (const { name, data } of typeInputs) {
        expect(got.get(name.replace('in_', 'out_')), name).toEqual(Buffer.from(data as Uint8Array));
      }
      await memory.close(callOptions());
      transport.close();
    },
  );

  test('many at a time have a region each; a region of an aborted inference is not used again', async () => {
    const address = `grpc://${(await sharedServer('triton')).grpc}`;
    const { transport, registered } = recorded(openTransport(address, transportOptions));
    const memory = new SharedMemory(1e8);
    const pictures = Array.from({ length: 4 }, (_, index) => picture(1000 * index));
    const answers = await Promise.all(
      pictures.map((data) => memory.infer(transport, identity(data), callOptions(), sizes)),
    );
    for (const [index, { outputs }] of answers.entries()) {
      expect(Buffer.from(pictures[index] ?? []).equals(outputs[0]?.data ?? Buffer.alloc(0))).toBe(true);
    }
    const before = registered.length;
    expect(before).toBe(4);
    const controller = new AbortController();
    const slow: InferRequest = {
      model: { name: 'slow' },
      id: 'slow',
      parameters: {},
      inputs: [
        { name: 'ms', dataType: 'INT32', shape: [1], data: new Uint8Array(Int32Array.of(400).buffer) },
      ],
      outputs: [{ name: 'begun' }],
    };
    const aborted = memory.infer(
      transport,
      slow,
      callOptions({ signal: controller.signal }),
      new Map([['begun', 8]]),
    );
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    const { outputs } = await memory.infer(transport, identity(picture(7)), callOptions(), sizes);
    expect(outputs[0]?.data?.byteLength).toBe(602_112);
    await memory.close(callOptions());
    transport.close();
  });

  test('a server that was started anew gets new regions', async () => {
    const first = await Triton.start({ models: ['identity'] });
    const { transport, registered } = recorded(openTransport(`grpc://${first.grpc}`, transportOptions));
    const memory = new SharedMemory(1e8);
    await memory.infer(transport, identity(picture(1)), callOptions(), sizes);
    const { ports } = first;
    await first[Symbol.asyncDispose]();
    await using _again = await Triton.start({ models: ['identity'], ports });
    const { outputs } = await memory.infer(transport, identity(picture(2)), callOptions(), sizes);
    expect(Buffer.from(picture(2)).equals(outputs[0]?.data ?? Buffer.alloc(0))).toBe(true);
    expect(registered).toHaveLength(2);
    await memory.close(callOptions());
    transport.close();
  });
});
