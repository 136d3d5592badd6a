import { beforeEach, describe, expect, it } from 'vitest';
import { ask, FakeServers, failing, silent, watch } from '../__fixtures__/fake-servers.js';
import type { ServerCaller } from './call-server.js';
import { ServerHealth } from './server-health.js';

let servers: FakeServers;
beforeEach(() => {
  servers = new FakeServers();
});

/** Three calls that "a" loses, after which "b" has answered them. */
async function eject(caller: ServerCaller): Promise<void> {
  servers.behaviours.set('a', failing('unreachable'));
  for (let call = 0; servers.asked.filter((each) => each === 'a').length < 3; call++) {
    if (call > 10) throw new Error('"a" gets no calls');
    await ask(caller);
  }
  servers.asked.length = 0;
}

/** What some calls ask. */
async function askedBy(caller: ServerCaller, calls: number): Promise<readonly string[]> {
  servers.asked.length = 0;
  for (let call = 0; call < calls; call++) await ask(caller);
  return servers.asked;
}

describe('a server that failed three times', () => {
  it.each(['unreachable', 'dropped'] as const)('in a row (%s) gets no calls', async (kind) => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    servers.behaviours.set('a', failing(kind));
    expect(await askedBy(caller, 4)).toEqual(['b', 'b', 'b', 'b']);
  });

  it('not in a row gets them', async () => {
    const caller = servers.caller(['a', 'b']);
    for (let round = 0; round < 3; round++) {
      servers.behaviours.set('a', failing('unreachable'));
      expect(await askedBy(caller, 2)).toEqual(['a', 'b', 'a', 'b']);
      servers.behaviours.delete('a');
      expect(await askedBy(caller, 2)).toEqual(['a', 'b']);
    }
  });

  it.each(['busy', 'failed', 'not-found'] as const)('with an answer (%s) gets them', async (kind) => {
    servers.behaviours.set('a', failing(kind));
    const caller = servers.caller(['a'], { retries: 0 });
    for (let call = 0; call < 5; call++) await expect(ask(caller)).rejects.toThrow();
    servers.behaviours.delete('a');
    servers.behaviours.set('b', failing('failed'));
    expect(await ask(servers.caller(['a', 'b'], { retries: 0 }))).toBe('a');
  });

  it('is asked whether it has the model after 0.1 s, and then gets calls again', async () => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    servers.behaviours.delete('a');
    await servers.clock.pass(99);
    expect(await askedBy(caller, 2)).toEqual(['b', 'b']);
    await servers.clock.pass(1);
    expect(await askedBy(caller, 1)).toEqual(['a ready', 'b']);
    expect(await askedBy(caller, 2)).toEqual(expect.arrayContaining(['a', 'b']));
  });

  it('is asked after times that double up to 30 s, by one call at a time', async () => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    const waited: number[] = [];
    for (let since = 0; waited.length < 11; ) {
      await servers.clock.pass(50);
      since += 50;
      if ((await askedBy(caller, 2)).filter((each) => each === 'a ready').length === 0) continue;
      waited.push(since);
      since = 0;
    }
    expect(waited).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000]);
  });

  it('and does not have the model yet, or does not say, gets no calls', async () => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    servers.behaviours.set('a', async () => false);
    await servers.clock.pass(100);
    expect(await askedBy(caller, 3)).toEqual(['a ready', 'b', 'b', 'b']);
    servers.behaviours.set('a', silent);
    await servers.clock.pass(200);
    expect(await askedBy(caller, 3)).toEqual(['a ready', 'b', 'b', 'b']);
    // The question ends after 5 s, and is asked again 0.4 s later.
    await servers.clock.pass(5_399);
    expect(await askedBy(caller, 1)).toEqual(['b']);
    await servers.clock.pass(1);
    expect(await askedBy(caller, 1)).toEqual(['a ready', 'b']);
    caller.close();
    expect(servers.clock.timers).toBe(0);
  });

  it('and fails when it is back is left alone for longer', async () => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    servers.behaviours.set('a', async (options, question) => {
      return question === 'ready' ? true : failing('dropped')(options, question);
    });
    await servers.clock.pass(100);
    await askedBy(caller, 1);
    // One failure is enough now.
    expect((await askedBy(caller, 3)).filter((each) => each === 'a').length).toBe(1);
    await servers.clock.pass(100);
    expect(await askedBy(caller, 1)).toEqual(['b']);
    await servers.clock.pass(100);
    expect(await askedBy(caller, 1)).toEqual(['a ready', 'b']);
  });

  it('is not blamed again for calls that had begun before it was back', () => {
    const health = new ServerHealth();
    expect([0, 1, 2].map((now) => health.failed(now, 0))).toEqual([undefined, undefined, 100]);
    health.beginProbe();
    expect(health.probeSucceeded(150)).toBe(true);
    expect(health.failed(200, 149)).toBeUndefined();
    expect(health.isEjected).toBe(false);
    expect(health.failed(200, 150)).toBe(200);
  });

  it('and guards what it knows of models gets calls again', async () => {
    const caller = servers.caller(['a', 'b']);
    await eject(caller);
    servers.behaviours.set('a', async (options, question) => {
      return question === 'ready' ? failing('forbidden')(options, question) : undefined;
    });
    await servers.clock.pass(100);
    await ask(caller);
    expect(await askedBy(caller, 2)).toContain('a');
  });

  it('is tried all the same if the others have failed too', async () => {
    const caller = servers.caller(['a', 'b'], { retries: 0 });
    for (const each of ['a', 'b']) servers.behaviours.set(each, failing('unreachable'));
    for (let call = 0; call < 6; call++) await expect(ask(caller)).rejects.toThrow('unreachable');
    servers.behaviours.delete('b');
    const came = [watch(ask(caller)), watch(ask(caller))];
    await servers.clock.pass(0);
    expect(came.filter(({ value }) => value === 'b').length).toBe(1);
    expect(await askedBy(caller, 3)).toEqual(['b', 'b', 'b']);
  });

  it('is one that did not answer, but not if little time was given', async () => {
    servers.behaviours.set('a', silent);
    const caller = servers.caller(['a', 'b'], { timeoutMs: 1_000, maxInFlight: 1 });
    const lose = async (timeoutMs: number) => {
      const call = watch(ask(caller, { timeoutMs }));
      await servers.clock.pass(0);
      if (!('value' in call)) await servers.clock.pass(timeoutMs);
      return call.error !== undefined;
    };
    let lost = 0;
    for (let call = 0; call < 20; call++) if (await lose(499)) lost++;
    expect(lost).toBe(10);
    for (let call = 0; call < 20; call++) if (await lose(500)) lost++;
    expect(lost).toBe(13);
    caller.close();
  });
});

it('gives waiting calls a server when the last is ejected, or one is back', async () => {
  servers.behaviours.set('a', failing('unreachable'));
  servers.behaviours.set('b', silent);
  const caller = servers.caller(['a', 'b'], { maxInFlight: 1, retries: 0 });
  const other = servers.caller(['a'], { maxInFlight: 1, retries: 0 });
  for (let call = 0; call < 3; call++) await expect(ask(other)).rejects.toThrow('unreachable');
  const running = watch(ask(caller, { timeoutMs: 60_000 }));
  const waiting = watch(ask(caller, { timeoutMs: 60_000 }));
  await servers.clock.pass(100);
  expect(servers.asked.slice(3)).toEqual(['b']);
  servers.behaviours.delete('a');
  // Another model's call finds that "a" is back.
  await expect(ask(other)).resolves.toBe('a');
  await servers.clock.pass(0);
  expect(waiting.value).toBe('a');
  expect(running).toEqual({});
  caller.close();
});
