import { onAbort } from '@wasmedge-plugins/core';
import { describe, expect, it } from 'vitest';
import { type Behaviour, FakeServers, failing, watch } from '../__fixtures__/fake-servers.js';
import { load } from '../__fixtures__/load.js';
import type { FailureKind } from '../transports/remote-failure.js';

/** Numbers from 0 to 1, the same in each run. */
function chances(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** A server that takes some time for its answers, and can be killed, hung and started. */
class Mortal {
  readonly #servers: FakeServers;
  readonly #chance: () => number;
  readonly #lost = new Set<() => void>();
  readonly #held = new Set<() => void>();
  #state: 'up' | 'down' | 'hung' = 'up';
  served = 0;

  constructor(servers: FakeServers, address: string, chance: () => number) {
    this.#servers = servers;
    this.#chance = chance;
    servers.behaviours.set(address, this.#behave);
  }

  set state(state: 'up' | 'down' | 'hung') {
    this.#state = state;
    const concerned = state === 'down' ? this.#lost : this.#held;
    if (state === 'hung') return;
    for (const callback of [...concerned]) callback();
  }

  readonly #behave: Behaviour = (options, question) => {
    if (this.#state === 'down') return failing('unreachable')(options, question);
    return new Promise((resolve, reject) => {
      const fail = (kind: FailureKind) => failing(kind)(options, question).catch(end(reject));
      const lost = () => fail('dropped');
      const end =
        <Value>(then: (value: Value) => void) =>
        (value: Value) => {
          this.#lost.delete(lost);
          this.#held.delete(answer);
          forgetSignal();
          then(value);
        };
      const answer = () => {
        if (!this.#lost.has(lost)) return;
        if (this.#state === 'hung') return this.#held.add(answer);
        // Some are refused for want of room.
        if (this.#chance() < 0.01) return fail('busy');
        if (question === 'call') this.served++;
        return end(resolve)(undefined);
      };
      this.#lost.add(lost);
      const forgetSignal = onAbort(options.signal, () => end(reject)(options.signal.reason));
      this.#servers.clock.after(1 + this.#chance() * 4, answer);
    });
  };
}

describe.each([1, 2, 3])('10,000 calls of two servers (%i)', (seed) => {
  it('are all answered while one dies, is back, hangs and goes on', { timeout: 60_000 }, async () => {
    const servers = new FakeServers();
    const chance = chances(seed);
    servers.clock.random = chance;
    const [first, second] = ['a', 'b'].map((address) => new Mortal(servers, address, chance));
    if (first === undefined || second === undefined) throw new Error('there are two');
    const caller = servers.caller(['a', 'b'], { maxInFlight: 32, retries: 5 });
    const servedBy: Record<number, number> = {};
    const run = watch(
      load(caller, 10_000, 100, (call) => {
        if (call === 2_000) first.state = 'down';
        if (call === 4_000) first.state = 'up';
        if (call === 6_000) first.state = 'hung';
        if (call === 6_500) first.state = 'up';
        if (call === 7_000) second.state = 'down';
        if (call === 9_000) second.state = 'up';
        if (call % 1_000 === 0) servedBy[call] = first.served;
      }),
    );
    while (!('value' in run) && servers.clock.now() < 600_000) await servers.clock.pass(50);
    expect(run.value).toEqual({ wrong: 0, failures: [] });
    expect(first.served + second.served).toBe(10_000);
    // Each had its share while it was there, and was found again.
    const share = (from: number, to: number) => (servedBy[to] ?? 0) - (servedBy[from] ?? 0);
    expect(share(0, 2_000)).toBeGreaterThan(700);
    expect(share(3_000, 4_000)).toBe(0);
    expect(share(5_000, 6_000)).toBeGreaterThan(100);
    caller.close();
    expect(servers.clock.timers).toBe(0);
  });
});
