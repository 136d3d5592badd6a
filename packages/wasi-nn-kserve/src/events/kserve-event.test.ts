import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeServers, failing, roadCall, silent, watch } from '../__fixtures__/fake-servers.js';
import type { InferRequest } from '../protocol/messages.js';
import type { ServerCall, ServerCaller } from '../servers/call-server.js';
import type { Transport } from '../transports/transport.js';
import { type KServeEvent, kserveChannelName } from './kserve-event.js';

let servers: FakeServers;
let events: KServeEvent[];
const listen = (event: unknown) => events.push(event as KServeEvent);
beforeEach(() => {
  servers = new FakeServers();
  events = [];
  subscribe(kserveChannelName, listen);
});
afterEach(() => {
  unsubscribe(kserveChannelName, listen);
});

const shared = { region: 'r', offset: 0, byteLength: 1_000 };
const request: InferRequest = {
  model: { name: 'road' },
  id: '1',
  parameters: {},
  inputs: [
    { name: 'x', dataType: 'UINT8', shape: [5], data: new Uint8Array(5) },
    { name: 'y', dataType: 'UINT8', shape: [1_000], data: shared },
  ],
  outputs: [],
};
const outputs = [
  { name: 'z', dataType: 'UINT8', shape: [7], data: new Uint8Array(7) },
  { name: 'w', dataType: 'UINT8', shape: [9], data: undefined },
];

const infer = (caller: ServerCaller, call: Partial<ServerCall> = {}) =>
  caller.call(roadCall(call), (transport, options) => transport.infer(request, options));

const failures = () => events.flatMap((event) => (event.kind === 'call-ended' ? [event.failure] : []));

it('tell of each attempt, with the bytes of its tensors', async () => {
  servers.behaviours.set('a', failing('unreachable'));
  servers.behaviours.set('b', async () => ({ outputs }));
  await infer(servers.caller(['a', 'b']), { model: { name: 'road', version: '3' } });
  const first = { address: 'a', model: 'road', version: '3', attempt: 1 };
  const second = { ...first, address: 'b', attempt: 2 };
  const durationMs = expect.any(Number);
  expect(events).toEqual([
    { kind: 'call-started', ...first },
    { kind: 'call-ended', ...first, durationMs, failure: 'unreachable', sentBytes: 5, receivedBytes: 0 },
    { kind: 'call-started', ...second },
    { kind: 'call-ended', ...second, durationMs, failure: undefined, sentBytes: 5, receivedBytes: 7 },
  ]);
});

it('tell how an attempt ended that was not answered', async () => {
  servers.behaviours.set('a', silent);
  const caller = servers.caller(['a']);
  const controller = new AbortController();
  void watch(infer(caller, { timeoutMs: 100 }));
  await servers.clock.pass(101);
  void watch(infer(caller, { signal: controller.signal }));
  void watch(infer(caller));
  await servers.clock.pass(0);
  controller.abort(new Error('enough'));
  caller.close();
  await servers.clock.pass(0);
  expect(failures()).toEqual(['deadline', 'aborted', 'aborted']);
});

it('tell that the answer was refused', async () => {
  const call = servers.caller(['a']).call(roadCall(), async () => {
    throw new Error('not what was asked for');
  });
  await expect(call).rejects.toThrow('not what');
  expect(failures()).toEqual(['refused']);
});

it('tell of servers that get no calls, and get them again', async () => {
  servers.behaviours.set('a', failing('unreachable'));
  const caller = servers.caller(['a', 'b']);
  for (let call = 0; call < 3; call++) await infer(caller);
  servers.behaviours.delete('a');
  await servers.clock.pass(100);
  await infer(caller);
  expect(events.filter(({ kind }) => kind.startsWith('server'))).toEqual([
    { kind: 'server-ejected', address: 'a', forMs: 100 },
    { kind: 'server-readmitted', address: 'a' },
  ]);
});

it('tell that a model is ready', async () => {
  servers.behaviours.set('a', async () => false);
  const wait = servers.caller(['a']).waitForModel(roadCall());
  await servers.clock.pass(50);
  servers.behaviours.delete('a');
  await servers.clock.pass(100);
  await wait;
  expect(events).toEqual([
    { kind: 'model-ready', address: 'a', model: 'road', version: undefined, waitMs: 100 },
  ]);
});

it('have no headers, and nothing that a server says', async () => {
  servers.behaviours.set('a', failing('dropped', 'a says sesame-1234.'));
  const call = watch(infer(servers.caller(['a']), { headers: { authorization: 'sesame-1234' } }));
  await servers.clock.pass(10_000);
  expect(call.error).toBeDefined();
  expect(events.length).toBeGreaterThan(6);
  expect(JSON.stringify(events)).not.toContain('sesame');
});

it('are not made where nobody listens', async () => {
  unsubscribe(kserveChannelName, listen);
  const caller = servers.caller(['a']);
  const given: Transport[] = [];
  const use = async (transport: Transport) => given.push(transport);
  await caller.call(roadCall(), use);
  await caller.call(roadCall(), use);
  // The transport itself, not one that counts.
  expect(given[0]).toBe(given[1]);
  expect(events).toEqual([]);
});
