import { expect, it } from 'vitest';
import type { Caller } from './caller.js';
import { InstanceStates } from './instance-states.js';

it('ends what 50,000 live instances keep, the latest first, and throws the first failure after all', () => {
  const states = new InstanceStates();
  const ended: number[] = [];
  let count = 0;
  const stateOf = states.perInstance(() => {
    const number = count++;
    return {
      [Symbol.dispose]() {
        ended.push(number);
        if (number % 20_000 === 0) throw new Error(`state ${number}`);
      },
    };
  });
  for (let instance = 0; instance < 50_000; instance++) stateOf({ instance: {} } as Caller);
  expect(() => states[Symbol.dispose]()).toThrow('state 40000');
  expect(ended).toEqual(Array.from({ length: 50_000 }, (_, index) => 49_999 - index));
});
