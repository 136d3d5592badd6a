import { beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  type Behaviour,
  FakeServers,
  failing,
  roadCall,
  silent,
  watch,
} from '../__fixtures__/fake-servers.js';
import type { ServerCaller } from './call-server.js';

let servers: FakeServers;
let caller: ServerCaller;
beforeEach(() => {
  servers = new FakeServers();
  caller = servers.caller(['a', 'b']);
});

/** A server that is there, but has not loaded the model. */
const without: Behaviour = async (options, question) =>
  question === 'ready' ? false : failing('not-found')(options, question);

/** What some calls ask. */
async function askedBy(calls: number): Promise<readonly string[]> {
  servers.asked.length = 0;
  for (let call = 0; call < calls; call++) await ask(caller);
  return servers.asked;
}

/** What one call of a caller asks. */
async function watchAsked(of: ServerCaller): Promise<readonly string[]> {
  servers.asked.length = 0;
  await ask(of);
  return servers.asked;
}

describe('calls of a model that one server has ready', () => {
  it.each([
    ['does not have it', without],
    ['is down', failing('unreachable')],
    ['is slow to say', silent],
  ])('are made there while the other %s, and on both when both have it', async (_, behaviour) => {
    servers.behaviours.set('a', behaviour);
    await caller.waitForModel(roadCall());
    expect(await askedBy(4)).toEqual(['a ready', 'b', 'b', 'b', 'b']);
    servers.behaviours.delete('a');
    await servers.clock.pass(5_100);
    expect(await askedBy(1)).toEqual(['a ready', 'b']);
    expect([...(await askedBy(4))].sort()).toEqual(['a', 'a', 'b', 'b']);
  });

  it('ask the other after times that double', async () => {
    servers.behaviours.set('a', without);
    await caller.waitForModel(roadCall());
    const times: number[] = [];
    for (let time = 0; time < 1_600; time += 50) {
      if ((await askedBy(1)).includes('a ready')) times.push(time);
      await servers.clock.pass(50);
    }
    expect(times).toEqual([0, 100, 300, 700, 1_500]);
  });

  it('wait for it when it has no room', async () => {
    caller = servers.caller(['a', 'b'], { maxInFlight: 1 });
    servers.behaviours.set('a', without);
    await caller.waitForModel(roadCall());
    let answer = () => {};
    servers.behaviours.set('b', () => {
      return new Promise<undefined>((resolve) => {
        answer = () => resolve(undefined);
      });
    });
    const calls = [watch(ask(caller)), watch(ask(caller))];
    await servers.clock.pass(50);
    expect(calls).toEqual([{}, {}]);
    answer();
    await servers.clock.pass(0);
    answer();
    await servers.clock.pass(0);
    expect(calls).toEqual([{ value: 'b' }, { value: 'b' }]);
  });

  it('are tried on the other when it is down', async () => {
    servers.behaviours.set('a', silent);
    await caller.waitForModel(roadCall());
    for (let call = 0; call < 3; call++) await ask(caller);
    servers.behaviours.set('b', failing('unreachable'));
    servers.behaviours.set('a', async (options, question) =>
      question === 'ready' ? silent(options, question) : undefined,
    );
    const seen = [0, 1, 2].map(() => watch(ask(caller)));
    await servers.clock.pass(2_000);
    expect(seen.some(({ value }) => value === 'a')).toBe(true);
    caller.close();
  });
});

it('makes no calls where the model was taken away, until it is there again', async () => {
  await ask(caller);
  servers.behaviours.set('a', without);
  let missed = 0;
  for (let call = 0; call < 6; call++) await ask(caller).catch(() => missed++);
  expect(missed).toBe(1);
  servers.behaviours.delete('a');
  await servers.clock.pass(100);
  await ask(caller);
  expect([...(await askedBy(4))].sort()).toEqual(['a', 'a', 'b', 'b']);
});

it('remembers for all who call, so that each server gets its share from the first call on', async () => {
  await caller.waitForModel(roadCall());
  await ask(caller);
  await ask(caller);
  const others = [0, 1].map(() => servers.caller(['a', 'b']));
  servers.asked.length = 0;
  for (const other of others) {
    await other.waitForModel(roadCall());
    await ask(other);
  }
  expect(servers.asked.filter((each) => !each.includes('ready')).sort()).toEqual(['a', 'b']);
  // It is of one model only, and until a server misses it.
  const another = servers.caller(['a', 'b']);
  servers.behaviours.set('a', without);
  await another.waitForModel(roadCall({ model: { name: 'river' } }));
  expect(await watchAsked(another)).toEqual(['a ready', 'b']);
});

it('is of one model: others are called where they are', async () => {
  servers.behaviours.set('a', without);
  await caller.waitForModel(roadCall());
  expect(await askedBy(2)).not.toContain('a');
  const other = servers.caller(['a', 'b']);
  servers.behaviours.delete('a');
  servers.asked.length = 0;
  for (let call = 0; call < 2; call++) await ask(other);
  expect([...servers.asked].sort()).toEqual(['a', 'b']);
});
