import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, hostFunction, hostModule } from '../index.js';

const guest = wat(`(module (import "env" "see" (func $see)) (export "raw" (func $see))
  (func (export "see") call $see) (func (export "_start") call $see call $see unreachable))`);
const sharing = wat(`(module (import "env" "see" (func $see)) (import "owner" "memory" (memory 1))
  (func (export "see") call $see))`);
const owner = wat(`(module (import "env" "see" (func $see)) (memory (export "memory") 1)
  (func (export "see") call $see))`);
const failing = wat(
  `(module (import "env" "see" (func $see)) (memory 1) (func $start call $see unreachable) (start $start))`,
);
const through = wat(`(module (import "owner" "see" (func $see)) (func (export "see") call $see))`);

forEachEngine((engine) => {
  async function seer() {
    const seen: object[] = [];
    const see = hostFunction([], [], ({ instance }) => {
      seen.push(instance);
    });
    const runtime = await createRuntime({ engine, hostModules: [hostModule('env', { see })] });
    return { seen, runtime, [Symbol.dispose]: () => runtime[Symbol.dispose]() };
  }

  it('tells the instances apart that call, also while they share a memory', async () => {
    using here = await seer();
    const first = here.runtime.instantiate(owner, { name: 'owner' });
    const second = here.runtime.instantiate(sharing);
    const third = here.runtime.instantiate(through);
    for (const { exports } of [first, second, first, second, third]) exports.see?.();
    const [one, two, oneAgain, twoAgain, behind] = here.seen;
    expect(one).not.toBe(two);
    expect([oneAgain === one, twoAgain === two]).toEqual([true, true]);
    // The guest whose import it is makes the call, whoever called that guest.
    expect(behind).toBe(one);
  });

  it('has another object for each run, also where the engine uses an address again', async () => {
    using here = await seer();
    const runs = 30;
    for (let run = 0; run < runs; run += 1) {
      expect(() => here.runtime.run(guest)).toThrow();
      expect(() => here.runtime.instantiate(failing)).toThrow();
      using instance = here.runtime.instantiate(guest);
      instance.exports.see?.();
    }
    expect(here.seen).toHaveLength(4 * runs);
    expect(new Set(here.seen).size).toBe(3 * runs);
  });

  it('knows an instance whose start function was interrupted by one that failed', async () => {
    const seen: object[] = [];
    using runtime = await createRuntime({
      engine,
      hostModules: [
        hostModule('env', {
          see: hostFunction([], [], ({ instance }) => {
            seen.push(instance);
            if (seen.length === 1) expect(() => runtime.instantiate(failing)).toThrow();
          }),
        }),
      ],
    });
    expect(() => runtime.run(guest)).toThrow();
    const [start, failed, startAgain] = seen;
    expect(startAgain).toBe(start);
    expect(failed).not.toBe(start);
  });

  it('stands for nobody’s call as well', async () => {
    using here = await seer();
    const { exports } = here.runtime.instantiate(guest);
    exports.raw?.();
    exports.raw?.();
    expect(here.seen[0]).toBe(here.seen[1]);
  });
});
