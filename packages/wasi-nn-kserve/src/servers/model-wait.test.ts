import { beforeEach, describe, expect, it } from 'vitest';
import { deaf, FakeServers, failing, roadCall, silent, watch } from '../__fixtures__/fake-servers.js';
import { RemoteFailure } from '../transports/remote-failure.js';
import type { ServerCaller } from './call-server.js';

let servers: FakeServers;
beforeEach(() => {
  servers = new FakeServers();
});

const waitFor = (caller: ServerCaller, timeoutMs = 5_000) =>
  watch(caller.waitForModel(roadCall({ timeoutMs })));

/** Fails as a connection does whose certificate is wrong. */
const untrusted = async () => {
  throw new RemoteFailure('unreachable', 'a is not trusted.', {
    cause: Object.assign(new Error('expired'), { code: 'CERT_HAS_EXPIRED' }),
  });
};

describe('waiting for a model', () => {
  it('ends when one server has it, and asks no other after that', async () => {
    servers.behaviours.set('a', silent);
    const wait = waitFor(servers.caller(['a', 'b']));
    await servers.clock.pass(0);
    expect(wait).toEqual({ value: undefined });
    expect(servers.asked).toEqual(['a ready', 'b ready']);
    expect(servers.options[0]?.signal.aborted).toBe(true);
    expect(servers.clock.timers).toBe(0);
  });

  it.each([
    ['refuses connections', failing('unreachable')],
    ['does not have it', failing('not-found')],
    ['is starting', async () => false],
    ['is busy', failing('busy')],
    ['fails', failing('failed')],
    ['is behind something else', failing('malformed')],
  ] as const)('goes on while a server %s', async (_, behaviour) => {
    servers.behaviours.set('a', behaviour);
    const wait = waitFor(servers.caller(['a']));
    await servers.clock.pass(2_000);
    expect(wait).toEqual({});
    servers.behaviours.delete('a');
    await servers.clock.pass(2_000);
    expect(wait).toEqual({ value: undefined });
  });

  it('asks after 100 ms, doubled to 2 s, and more often at the end', async () => {
    const times: number[] = [];
    servers.behaviours.set('a', async () => {
      times.push(servers.clock.now());
      return false;
    });
    const wait = waitFor(servers.caller(['a']), 20_000);
    await servers.clock.pass(20_001);
    expect(wait.error).toBeDefined();
    expect(times.slice(0, 8)).toEqual([0, 100, 300, 700, 1_500, 3_100, 5_100, 7_100]);
    expect(times.length).toBeLessThan(24);
    expect(times.at(-1)).toBeGreaterThan(19_800);
  });

  it('tells what each server said when the time is over', async () => {
    servers.behaviours.set('a', failing('unreachable', 'a refuses.'));
    servers.behaviours.set('b', async () => false);
    servers.behaviours.set('c', silent);
    servers.behaviours.set('d', deaf);
    const wait = waitFor(servers.caller(['a', 'b', 'c', 'd']), 6_000);
    await servers.clock.pass(6_001);
    expect(wait.error).toMatchObject({
      errnoName: 'runtime_error',
      message:
        'No server was ready within 6000 ms (model "road"). a refuses. b does not have it ready. ' +
        'c did not answer within 5000 ms. d did not answer within 5000 ms. ' +
        'Start a server that has it, or allow more with "readyTimeoutMs".',
    });
    expect(servers.clock.timers).toBe(0);
  });

  it('is not_found if no server has the model', async () => {
    servers.behaviours.set('a', failing('not-found', 'a has no "road".'));
    servers.behaviours.set('b', async () => false);
    const wait = waitFor(servers.caller(['a', 'b']), 1_000);
    await servers.clock.pass(1_001);
    expect(wait.error).toMatchObject({
      errnoName: 'not_found',
      message: expect.stringContaining('a has no'),
    });
  });

  it.each([
    ['of wrong credentials', failing('forbidden')],
    ['of an impossible version', failing('invalid')],
    ['of another protocol', failing('unsupported')],
    ['of a certificate that is not trusted', untrusted],
  ])('ends early if all servers refuse because %s', async (_, behaviour) => {
    for (const each of ['a', 'b']) servers.behaviours.set(each, behaviour);
    const wait = waitFor(servers.caller(['a', 'b']));
    await servers.clock.pass(0);
    expect(wait.error?.message).toMatch(/^No server was ready \(model "road"\)\./);
    expect(servers.asked.length).toBe(2);
  });

  it('goes on if only some refuse', async () => {
    servers.behaviours.set('a', failing('forbidden'));
    servers.behaviours.set('b', failing('unreachable'));
    const wait = waitFor(servers.caller(['a', 'b']));
    await servers.clock.pass(1_000);
    servers.behaviours.delete('b');
    await servers.clock.pass(1_000);
    expect(wait).toEqual({ value: undefined });
    expect(servers.asked.filter((each) => each === 'a ready').length).toBe(1);
  });

  it('goes on if only one of a server’s addresses is not trusted', async () => {
    servers.behaviours.set('a', failing('unreachable'));
    servers.behaviours.set('b', untrusted);
    const wait = waitFor(servers.caller([['a', 'b']]));
    await servers.clock.pass(1_000);
    expect(wait).toEqual({});
    servers.behaviours.set('a', untrusted);
    await servers.clock.pass(1_000);
    expect(wait.error).toBeDefined();
  });

  it('asks each server once if there is no time', async () => {
    servers.behaviours.set('a', failing('unreachable'));
    const caller = servers.caller(['a', 'b']);
    const wait = waitFor(caller, 0);
    await servers.clock.pass(0);
    expect(wait).toEqual({ value: undefined });
    servers.behaviours.set('b', failing('not-found'));
    const other = waitFor(caller, 0);
    await servers.clock.pass(0);
    expect(other.error?.message).toMatch(/^No server was ready \(/);
    expect(servers.asked.length).toBe(4);
  });

  it('ends when it is aborted, and when the servers are closed', async () => {
    servers.behaviours.set('a', deaf);
    const caller = servers.caller(['a']);
    const controller = new AbortController();
    const reason = new Error('enough');
    const aborted = watch(caller.waitForModel(roadCall({ signal: controller.signal })));
    const closed = waitFor(caller);
    await servers.clock.pass(10);
    controller.abort(reason);
    caller.close();
    await servers.clock.pass(0);
    expect(aborted.error).toBe(reason);
    expect(closed.error?.message).toContain('closed');
    expect(servers.clock.timers).toBe(0);
  });

  it('does not repeat credentials', async () => {
    servers.behaviours.set('a', failing('forbidden', 'a does not know sesame-1234.'));
    const wait = servers
      .caller(['a'])
      .waitForModel(roadCall({ headers: { authorization: 'Bearer sesame-1234' } }));
    await expect(wait).rejects.toThrow('a does not know [removed].');
  });
});
