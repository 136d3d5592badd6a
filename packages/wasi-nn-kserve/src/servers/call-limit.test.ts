import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ask, deaf, FakeServers, failing, roadCall, silent, watch } from '../__fixtures__/fake-servers.js';
import { systemClock } from './clock.js';
import { SharedServers } from './shared-servers.js';

const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

describe('a call that is over', () => {
  it('leaves nothing at its signal or in the clock, however it ended', async () => {
    const servers = new FakeServers();
    const caller = servers.caller(['a', 'b'], { maxInFlight: 4, maxQueued: 20_000 });
    const { signal } = new AbortController();
    let call = 0;
    servers.behaviours.set('a', async (options, question) => {
      const kind = call++ % 5;
      if (kind === 0) return failing('invalid')(options, question);
      if (kind === 1) return failing('busy')(options, question);
      return kind === 2 ? silent(options, question) : undefined;
    });
    const calls = Array.from({ length: 10_000 }, () => watch(ask(caller, { signal, timeoutMs: 50 })));
    await servers.clock.pass(10_000);
    expect(calls.filter((seen) => !('value' in seen) && !('error' in seen))).toEqual([]);
    // Some of each kind, so that each was looked at.
    const errnos = new Set(calls.map(({ error }) => error?.errnoName));
    expect([...errnos].sort()).toEqual(['busy', 'invalid_argument', 'runtime_error', undefined]);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(servers.clock.timers).toBe(0);
  });

  it('leaves nothing in the process', async () => {
    const before = timers();
    const fake = new FakeServers();
    const shared = new SharedServers((address) => fake.open(address), systemClock);
    const caller = shared.use(fake.settings(['a', 'b']));
    const { signal } = new AbortController();
    fake.behaviours.set('a', failing('unreachable'));
    for (let call = 0; call < 10_000; call++) await ask(caller, { signal });
    await caller.waitForModel(roadCall({ signal }));
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    caller.close();
    expect(timers()).toBeLessThanOrEqual(before);
  });

  it('is not changed by an answer that comes later, good or bad', async () => {
    const servers = new FakeServers();
    const answers: ((how: 'good' | 'bad') => void)[] = [];
    servers.behaviours.set('a', () => {
      return new Promise((resolve, reject) => {
        answers.push((how) => (how === 'good' ? resolve('late') : reject(new Error('late'))));
      });
    });
    const caller = servers.caller(['a'], { maxInFlight: 2 });
    const calls = [watch(ask(caller, { timeoutMs: 10 })), watch(ask(caller, { timeoutMs: 10 }))];
    await servers.clock.pass(11);
    const seen = structuredClone(calls.map(({ error }) => error?.message));
    // Nobody waits for these any more: what is not handled would fail the test.
    answers[0]?.('good');
    answers[1]?.('bad');
    await servers.clock.pass(10);
    expect(calls.map(({ error }) => error?.message)).toEqual(seen);
    servers.behaviours.delete('a');
    expect(await Promise.all([ask(caller), ask(caller)])).toEqual(['a', 'a']);
  });
});

it('listens once to a signal of thousands of calls, which looks through all its listeners for each new one', async () => {
  const servers = new FakeServers();
  servers.behaviours.set('a', deaf);
  const caller = servers.caller(['a'], { maxInFlight: 1, maxQueued: 5_000 });
  const controller = new AbortController();
  const { signal } = controller;
  const calls = Array.from({ length: 5_000 }, () => watch(ask(caller, { signal })));
  await servers.clock.pass(0);
  expect(getEventListeners(signal, 'abort').length).toBe(1);
  const reason = new Error('enough');
  controller.abort(reason);
  await servers.clock.pass(0);
  expect(calls.filter(({ error }) => error !== reason)).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});
