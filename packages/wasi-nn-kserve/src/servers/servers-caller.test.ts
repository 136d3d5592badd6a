import { setImmediate } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  ask,
  type Behaviour,
  deaf,
  FakeServers,
  failing,
  silent,
  watch,
} from '../__fixtures__/fake-servers.js';
import type { FailureKind } from '../transports/remote-failure.js';

let servers: FakeServers;
beforeEach(() => {
  servers = new FakeServers();
});

/** Lets everything happen that needs no time. */
const settle = () => setImmediate();

/** A server that answers when the test says so. */
function held() {
  const answers: (() => void)[] = [];
  const behaviour: Behaviour = () =>
    new Promise<undefined>((resolve) => answers.push(() => resolve(undefined)));
  return { behaviour, answers };
}

describe('the choice of a server', () => {
  it('takes like ones by turn', async () => {
    const caller = servers.caller(['a', 'b', 'c']);
    for (let call = 0; call < 6; call++) await ask(caller);
    expect(servers.asked).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('takes the one with the least calls in flight', async () => {
    servers.behaviours.set('a', silent);
    const caller = servers.caller(['a', 'b']);
    void ask(caller).catch(() => {});
    await settle();
    for (let call = 0; call < 3; call++) expect(await ask(caller)).toBe('b');
    caller.close();
  });

  it('counts the calls of all who use the same servers', async () => {
    servers.behaviours.set('a', silent);
    const first = servers.caller(['a', 'b']);
    const second = servers.caller(['b', 'a']);
    void ask(first).catch(() => {});
    await settle();
    for (let call = 0; call < 3; call++) expect(await ask(second)).toBe('b');
    expect(servers.opened).toBe(2);
    first.close();
    expect(servers.closed).toBe(0);
    second.close();
    expect(servers.closed).toBe(2);
  });

  it('shares a server with those who allow it as much, and with no others', async () => {
    const callers = [
      servers.caller(['a']),
      servers.caller(['a'], { maxQueued: 1 }),
      servers.caller(['a', 'b']),
      servers.caller(['a'], { maxInFlight: 1 }),
      servers.caller(['a'], { tls: { ca: 'other' } }),
    ];
    // Twice, so that each server has had its turn.
    for (const caller of [...callers, ...callers]) await ask(caller);
    expect(servers.opened).toBe(3 + 1);
    for (const caller of callers) caller.close();
    expect(servers.closed).toBe(servers.opened);
  });
});

describe('the places of a server', () => {
  it('lets calls wait, and serves them in their order', async () => {
    const { behaviour, answers } = held();
    servers.behaviours.set('a', behaviour);
    const caller = servers.caller(['a'], { maxInFlight: 1 });
    const done: number[] = [];
    const calls = [0, 1, 2].map((call) => ask(caller).then(() => done.push(call)));
    for (let call = 0; call < 3; call++) {
      await settle();
      expect(servers.asked.length).toBe(call + 1);
      answers[call]?.();
    }
    await Promise.all(calls);
    expect(done).toEqual([0, 1, 2]);
  });

  it('serves first who came first, also where two models share a server', async () => {
    const { behaviour, answers } = held();
    servers.behaviours.set('a', behaviour);
    const one = servers.caller(['a'], { maxInFlight: 1 });
    const other = servers.caller(['a'], { maxInFlight: 1, maxQueued: 10 });
    const done: string[] = [];
    const calls = [one, other, one, other].map((caller, index) =>
      ask(caller).then(() => done.push(`${caller === one ? 'one' : 'other'} ${index}`)),
    );
    for (let call = 0; call < 4; call++) {
      await settle();
      answers[call]?.();
    }
    await Promise.all(calls);
    expect(done).toEqual(['one 0', 'other 1', 'one 2', 'other 3']);
  });

  it('refuses the call after the last that may wait', async () => {
    servers.behaviours.set('a', silent);
    const caller = servers.caller(['a'], { maxInFlight: 1, maxQueued: 1 });
    const [running, waiting] = [watch(ask(caller)), watch(ask(caller))];
    await expect(ask(caller)).rejects.toMatchObject({
      errnoName: 'busy',
      message: expect.stringContaining('"maxQueued"'),
    });
    expect([running, waiting]).toEqual([{}, {}]);
    caller.close();
  });

  it('ends the wait at the deadline, and when it is aborted', async () => {
    servers.behaviours.set('a', silent);
    const caller = servers.caller(['a'], { maxInFlight: 1 });
    const running = watch(ask(caller, { timeoutMs: 30_000 }));
    await settle();
    const controller = new AbortController();
    const late = watch(ask(caller, { timeoutMs: 100 }));
    const aborted = watch(ask(caller, { signal: controller.signal }));
    await servers.clock.pass(101);
    expect(late.error).toMatchObject({ errnoName: 'busy', message: expect.stringContaining('100 ms') });
    const reason = new Error('not wanted any more');
    controller.abort(reason);
    await settle();
    expect(aborted.error).toBe(reason);
    expect(running).toEqual({});
    caller.close();
  });

  it('gives back a place that came when the call was over', async () => {
    const { behaviour, answers } = held();
    servers.behaviours.set('a', behaviour);
    const caller = servers.caller(['a'], { maxInFlight: 1 });
    const first = ask(caller);
    await settle();
    const controller = new AbortController();
    const aborted = watch(ask(caller, { signal: controller.signal }));
    await settle();
    answers[0]?.();
    await first;
    // The place is given, and the call has not noticed yet.
    controller.abort(new Error('over'));
    await settle();
    servers.behaviours.delete('a');
    answers[1]?.();
    expect(await ask(caller)).toBe('a');
    expect(aborted.error?.message).toBe('over');
  });
});

describe('the deadline', () => {
  it('is one for all attempts, and reaches the transport', async () => {
    servers.behaviours.set('a', failing('busy'));
    servers.clock.chance = 0.5;
    const caller = servers.caller(['a'], { retries: 10 });
    const call = watch(ask(caller, { timeoutMs: 1_000 }));
    await servers.clock.pass(800);
    // After 50, 100, 200 and 400 ms; 800 more would be too late, which is said at once.
    expect(servers.options.map(({ timeoutMs }) => timeoutMs)).toEqual([1_000, 950, 850, 650, 250]);
    expect(call.error).toMatchObject({
      errnoName: 'busy',
      message: expect.stringContaining('tried 5 times'),
    });
  });

  it.each([['a server that ends', silent] as const, ['a server that does not even end', deaf] as const])(
    'ends a call of %s',
    async (_, behaviour) => {
      servers.behaviours.set('a', behaviour);
      const caller = servers.caller(['a'], { maxInFlight: 1 });
      const call = watch(ask(caller, { timeoutMs: 50 }));
      await servers.clock.pass(51);
      expect(call.error).toMatchObject({
        errnoName: 'runtime_error',
        message: expect.stringMatching(/^a had not answered when 50 ms were over \(model "road"\)\./),
      });
      expect(servers.options[0]?.signal.aborted).toBe(true);
      servers.behaviours.delete('a');
      expect(await ask(caller)).toBe('a');
    },
  );

  it('is not moved by a clock that jumps', async () => {
    servers.behaviours.set('a', silent);
    const caller = servers.caller(['a']);
    const calls = [watch(ask(caller, { timeoutMs: 1_000 }))];
    servers.clock.jump(-3_600_000);
    calls.push(watch(ask(caller, { timeoutMs: 1_000 })));
    servers.clock.jump(7_200_000);
    calls.push(watch(ask(caller, { timeoutMs: 1_000 })));
    await servers.clock.pass(1_001);
    for (const { timeoutMs } of servers.options) {
      expect(timeoutMs).toBeGreaterThanOrEqual(1);
      expect(timeoutMs).toBeLessThanOrEqual(1_000);
    }
    expect(calls.map(({ error }) => error?.errnoName)).toEqual(Array(3).fill('runtime_error'));
  });
});

describe('attempts', () => {
  const again: readonly FailureKind[] = ['unreachable', 'busy', 'dropped'];
  const never: readonly FailureKind[] = [
    'invalid',
    'not-found',
    'forbidden',
    'too-large',
    'malformed',
    'unsupported',
    'failed',
    'timed-out',
  ];

  it.each(again)('are made on another server after %s', async (kind) => {
    servers.behaviours.set('a', failing(kind));
    const call = watch(ask(servers.caller(['a', 'b'])));
    await servers.clock.pass(100);
    expect(call.value).toBe('b');
    expect(servers.asked).toEqual(['a', 'b']);
  });

  it.each(never)('are not made again after %s', async (kind) => {
    servers.behaviours.set('a', failing(kind, `a says ${kind}.`));
    await expect(ask(servers.caller(['a', 'b']))).rejects.toThrow(`a says ${kind} (model "road").`);
    expect(servers.asked).toEqual(['a']);
  });

  it('are not made again when the work may be done and must not be done twice', async () => {
    servers.behaviours.set('a', failing('dropped'));
    await expect(ask(servers.caller(['a', 'b']), { isRepeatable: false })).rejects.toThrow('dropped');
    servers.behaviours.set('b', failing('unreachable'));
    servers.behaviours.delete('a');
    expect(await ask(servers.caller(['b', 'a']), { isRepeatable: false })).toBe('a');
  });

  it('are as many as are allowed, and told of', async () => {
    for (const each of ['a', 'b']) servers.behaviours.set(each, failing('unreachable', `${each} is down.`));
    const call = watch(ask(servers.caller(['a', 'b'], { retries: 2 })));
    await servers.clock.pass(10_000);
    expect(call.error?.message).toBe('a is down (model "road", tried 3 times on 2 servers).');
    expect(servers.asked).toEqual(['a', 'b', 'a']);
    await expect(ask(servers.caller(['c', 'a'], { retries: 0 }))).resolves.toBe('c');
    await expect(ask(servers.caller(['a', 'c'], { retries: 0 }))).rejects.toThrow(
      'a is down (model "road").',
    );
  });

  it('wait in between for up to 100 ms, doubled to 2 s, by chance', async () => {
    servers.behaviours.set('a', failing('busy'));
    const times: number[] = [];
    servers.behaviours.set('a', async (options) => {
      times.push(servers.clock.now());
      return failing('busy')(options, 'call');
    });
    const caller = servers.caller(['a'], { retries: 7 });
    void ask(caller, { timeoutMs: 60_000 }).catch(() => {});
    await servers.clock.pass(20_000);
    const waits = times.slice(1).map((time, index) => Math.round(time - (times[index] as number)));
    expect(waits).toEqual([100, 200, 400, 800, 1_600, 2_000, 2_000]);
    times.length = 0;
    servers.clock.chance = 0;
    void ask(caller).catch(() => {});
    await servers.clock.pass(0);
    expect(times.length).toBe(8);
  });
});

describe('a server with several addresses', () => {
  it.each(['unreachable', 'unsupported', 'malformed', 'dropped'] as const)(
    'is spoken with at the next after %s, from then on',
    async (kind) => {
      servers.behaviours.set('a', failing(kind));
      const caller = servers.caller([['a', 'b']], { retries: 0 });
      expect(await ask(caller)).toBe('b');
      expect(await ask(caller)).toBe('b');
      expect(servers.asked).toEqual(['a', 'b', 'b']);
    },
  );

  it('is not asked elsewhere what it has refused', async () => {
    const caller = servers.caller([['a', 'b']], { retries: 0 });
    await ask(caller);
    servers.behaviours.set('a', failing('unsupported'));
    await expect(ask(caller)).rejects.toMatchObject({ errnoName: 'unsupported_operation' });
    expect(servers.asked).toEqual(['a', 'a']);
  });

  it('is found again at another address', async () => {
    const caller = servers.caller([['a', 'b']], { retries: 0 });
    await ask(caller);
    servers.behaviours.set('a', failing('unreachable', 'a is down.'));
    expect(await ask(caller)).toBe('b');
    servers.behaviours.set('b', failing('unreachable', 'b is down.'));
    await expect(ask(caller)).rejects.toThrow('b is down. a is down (model "road").');
  });

  it('is not opened at addresses that are not needed', async () => {
    await ask(servers.caller([['a', 'b']]));
    expect(servers.opened).toBe(1);
  });
});

describe('errors', () => {
  it.each([
    ['invalid', 'invalid_argument', 'invalid_argument'],
    ['not-found', 'not_found', 'runtime_error'],
    ['busy', 'busy', 'busy'],
    ['unsupported', 'unsupported_operation', 'unsupported_operation'],
    ['too-large', 'too_large', 'too_large'],
    ['forbidden', 'runtime_error', 'runtime_error'],
    ['malformed', 'runtime_error', 'runtime_error'],
    ['failed', 'runtime_error', 'runtime_error'],
    ['timed-out', 'runtime_error', 'runtime_error'],
    ['unreachable', 'runtime_error', 'runtime_error'],
    ['dropped', 'runtime_error', 'runtime_error'],
  ] as const)('of %s are %s while loading, and %s otherwise', async (kind, loading, otherwise) => {
    servers.behaviours.set('a', failing(kind));
    const caller = servers.caller(['a'], { retries: 0 });
    await expect(ask(caller, { isLoading: true })).rejects.toMatchObject({ errnoName: loading });
    await expect(ask(caller)).rejects.toMatchObject({ errnoName: otherwise });
  });

  it('do not repeat credentials, which a server may', async () => {
    servers.behaviours.set(
      'a',
      failing('forbidden', 'a says: token sesame-1234 of "Bearer sesame-1234" is bad.'),
    );
    const call = ask(servers.caller(['a']), { headers: { authorization: 'Bearer sesame-1234' } });
    await expect(call).rejects.toThrow(
      'a says: token [removed] of "Bearer [removed]" is bad (model "road").',
    );
  });

  it('of whoever makes the call are passed on', async () => {
    const caller = servers.caller(['a']);
    const error = new Error('not what was asked for');
    await expect(
      caller.call({ timeoutMs: 10, headers: {}, isRepeatable: true, model: { name: 'road' } }, async () => {
        throw error;
      }),
    ).rejects.toBe(error);
  });

  it('come of closed servers, whose calls end', async () => {
    servers.behaviours.set('a', deaf);
    const caller = servers.caller(['a'], { maxInFlight: 1 });
    const other = servers.caller(['a'], { maxInFlight: 1 });
    const calls = [watch(ask(caller)), watch(ask(caller)), watch(ask(other))];
    await settle();
    caller.close();
    caller.close();
    await settle();
    expect(calls.map(({ error }) => error?.message.includes('closed'))).toEqual([true, true, undefined]);
    await expect(ask(caller)).rejects.toThrow('closed');
    other.close();
    await settle();
    expect(calls[2]?.error).toMatchObject({ errnoName: 'runtime_error' });
  });
});
