import { existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { InvalidArgumentError } from '@wasmedge-plugins/core';
import { afterEach, describe, expect, test } from 'vitest';
import { callOptions } from '../__fixtures__/call-options.js';
import type { InferOutput, InferRequest } from '../protocol/messages.js';
import { RemoteFailure } from '../transports/remote-failure.js';
import type { SharedRegion, Transport } from '../transports/transport.js';
import { checkSharedMemory } from './check-shared-memory.js';
import { SharedMemory } from './shared-memory.js';

const ours = () => readdirSync('/dev/shm').filter((name) => name.startsWith('wasmedge-plugins-'));

/** A server that keeps what it was told, and answers inferences as the test says. */
function fakeServer(answer: (request: InferRequest) => Promise<readonly InferOutput[]>) {
  const registered: SharedRegion[] = [];
  const unregistered: string[] = [];
  const requests: InferRequest[] = [];
  const transport = {
    address: 'grpc://127.0.0.1:1',
    registerRegion: async (region: SharedRegion) => {
      registered.push(region);
    },
    unregisterRegion: async (name: string) => {
      unregistered.push(name);
    },
    infer: async (request: InferRequest) => {
      requests.push(request);
      return { model: request.model, id: request.id, outputs: await answer(request) };
    },
  } as unknown as Transport;
  return { transport, registered, unregistered, requests };
}

const request: InferRequest = {
  model: { name: 'm' },
  id: '1',
  parameters: {},
  inputs: [
    { name: 'a', dataType: 'UINT8', shape: [3], data: Uint8Array.of(1, 2, 3) },
    { name: 'none', dataType: 'UINT8', shape: [0], data: new Uint8Array() },
    { name: 'b', dataType: 'UINT8', shape: [2], data: Uint8Array.of(4, 5) },
  ],
  outputs: [{ name: 'y' }, { name: 'z' }],
};

const sizes = new Map([['y', 4]]);
const y: InferOutput = { name: 'y', dataType: 'UINT8', shape: [4], data: undefined };

// Other systems have no /dev/shm.
describe.skipIf(process.platform !== 'linux')('a region', () => {
  afterEach(() => expect(ours()).toEqual([]));

  test('has a name that nobody guesses, is for this user only, and has a name only until the server has it', async () => {
    const { transport } = fakeServer(async () => [y]);
    const seen: { mode: number; size: number; key: string }[] = [];
    transport.registerRegion = async ({ key, byteLength }) => {
      const { mode, size } = statSync(`/dev/shm${key}`);
      seen.push({ mode: mode & 0o777, size, key });
      expect(size).toBe(byteLength);
    };
    const memory = new SharedMemory(1e6);
    await memory.infer(transport, request, callOptions(), sizes);
    expect(seen).toEqual([
      { mode: 0o600, size: 65_536, key: expect.stringMatching(/^\/wasmedge-plugins-[0-9a-f]{32}$/) },
    ]);
    await memory.close(callOptions());
  });

  test('of a thread that was ended before a server had it is removed with the next, once its time is over', async () => {
    const file = (name: string) => `/dev/shm/wasmedge-plugins-${name}`;
    const left = file('f'.repeat(32));
    const waiting = file('0'.repeat(32));
    const foreign = file('mine');
    const minutesAgo = (path: string, minutes: number) => {
      const then = Date.now() / 1000 - minutes * 60;
      writeFileSync(path, '');
      utimesSync(path, then, then);
    };
    minutesAgo(left, 2);
    minutesAgo(waiting, 0);
    minutesAgo(foreign, 2);
    const { transport } = fakeServer(async () => [y]);
    transport.registerRegion = async ({ key }) => {
      // It says until when it is needed, which nobody's clock has reached.
      expect(statSync(`/dev/shm${key}`).mtimeMs).toBeGreaterThan(Date.now() + 10_000);
    };
    const memory = new SharedMemory(1e6);
    try {
      await memory.infer(transport, request, callOptions(), sizes);
      expect([left, waiting, foreign].map((path) => existsSync(path))).toEqual([false, true, true]);
    } finally {
      for (const path of [left, waiting, foreign]) rmSync(path, { force: true });
    }
    await memory.close(callOptions());
  });

  test('has the inputs, aligned, and room for the outputs whose size is known', async () => {
    const { transport, requests } = fakeServer(async () => [y]);
    let content = Buffer.alloc(0);
    transport.registerRegion = async ({ key }) => {
      content = readFileSync(`/dev/shm${key}`);
    };
    const memory = new SharedMemory(1e6);
    const { outputs } = await memory.infer(transport, request, callOptions(), sizes);
    const [sent] = requests;
    const region = expect.any(String);
    expect(sent?.inputs.map(({ data }) => data)).toEqual([
      { region, offset: 0, byteLength: 3 },
      new Uint8Array(),
      { region, offset: 64, byteLength: 2 },
    ]);
    expect(sent?.outputs).toEqual([
      { name: 'y', into: { region, offset: 128, byteLength: 4 } },
      { name: 'z' },
    ]);
    // It is handed over empty, with its pages there.
    expect(content.equals(Buffer.alloc(65_536))).toBe(true);
    expect(outputs).toEqual([{ ...y, data: Buffer.alloc(4) }]);
    await memory.close(callOptions());
  });

  test('is replaced by a larger one, which the server is told', async () => {
    const { transport, registered, unregistered } = fakeServer(async () => [y]);
    const memory = new SharedMemory(1e6);
    await memory.infer(transport, request, callOptions(), sizes);
    await memory.infer(transport, request, callOptions(), new Map([['y', 70_000]]));
    await memory.infer(transport, request, callOptions(), sizes);
    expect(registered.map(({ byteLength }) => byteLength)).toEqual([65_536, 131_072]);
    expect(unregistered).toEqual([registered[0]?.name]);
    await memory.close(callOptions());
    expect(unregistered).toEqual(registered.map(({ name }) => name));
  });

  test.each([
    ['an aborted inference', new Error('over'), false],
    ['one whose connection was lost', new RemoteFailure('dropped', 'x'), false],
    ['one that ran out of time', new RemoteFailure('timed-out', 'x'), false],
    ['one that was refused', new RemoteFailure('invalid', 'x'), true],
    ['one for which there was no room', new RemoteFailure('busy', 'x'), true],
  ])('of %s', async (_, error, isUsedAgain) => {
    let fails = true;
    const { transport, requests, unregistered } = fakeServer(async () => {
      if (fails) throw error;
      return [y];
    });
    const memory = new SharedMemory(1e6);
    await expect(memory.infer(transport, request, callOptions(), sizes)).rejects.toBe(error);
    // The server may still be writing: it must not lose the memory, and nobody may read what it writes.
    expect(unregistered).toEqual([]);
    fails = false;
    await memory.infer(transport, request, callOptions(), sizes);
    const [first, second] = requests.map(({ outputs }) => outputs[0]?.into?.region);
    expect(first === second).toBe(isUsedAgain);
    await memory.close(callOptions());
    expect(unregistered).toHaveLength(isUsedAgain ? 1 : 2);
  });

  test('those that were given up are bounded', async () => {
    const { transport, unregistered } = fakeServer(async () => {
      throw new RemoteFailure('timed-out', 'x');
    });
    const memory = new SharedMemory(1e6);
    for (let round = 0; round < 20; round += 1) {
      await expect(memory.infer(transport, request, callOptions(), sizes)).rejects.toThrow('x');
    }
    expect(unregistered).toHaveLength(4);
    await memory.close(callOptions());
    expect(unregistered).toHaveLength(20);
  });

  test.each([
    ['more than its room', { ...y, shape: [5] }],
    ['texts', { ...y, dataType: 'BYTES' as const }],
    ['an output that nobody asked for', { ...y, name: 'w' }],
  ])('in which a server says to have put %s', async (_, output) => {
    const { transport } = fakeServer(async () => [output]);
    const memory = new SharedMemory(1e6);
    await expect(memory.infer(transport, request, callOptions(), sizes)).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('has no room for'),
    });
    await memory.close(callOptions());
  });

  test('that the server cannot open', async () => {
    const { transport } = fakeServer(async () => [y]);
    transport.registerRegion = async () => {
      throw new RemoteFailure('invalid', 'Unable to open it.');
    };
    const memory = new SharedMemory(1e6);
    await expect(memory.infer(transport, request, callOptions(), sizes)).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('Unable to open it. A server can only open shared memory if'),
    });
  });

  test('larger than allowed is not made', async () => {
    const { transport, registered } = fakeServer(async () => [y]);
    const memory = new SharedMemory(1000);
    const huge = new Map([['y', 2 ** 50]]);
    await expect(memory.infer(transport, request, callOptions(), huge)).rejects.toMatchObject({
      kind: 'too-large',
    });
    expect(registered).toEqual([]);
  });
});

test.each(['grpc://localhost:1', 'grpcs://127.0.0.1:1', 'http://127.1.2.3:1', 'http://[::1]:1'])(
  'with %s',
  (address) => {
    expect(() => checkSharedMemory(address, 'linux')).not.toThrow();
  },
);

test.each(['grpc://host:1', 'http://10.0.0.1', 'http://127.0.0.1.example.com', 'http://[::2]:1'])(
  'not with %s',
  (address) => {
    expect(() => checkSharedMemory(address, 'linux')).toThrow(InvalidArgumentError);
    expect(() => checkSharedMemory(address, 'linux')).toThrow('on this machine only');
  },
);

test('on Linux only', () => {
  expect(() => checkSharedMemory('grpc://localhost:1', 'darwin')).toThrow('on Linux only, not on darwin');
});
