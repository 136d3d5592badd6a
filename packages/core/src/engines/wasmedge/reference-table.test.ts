import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { forEngine } from '../../__fixtures__/engines.js';
import { expectThrows } from '../../__fixtures__/expect-error.js';
import { wat } from '../../__fixtures__/wat.js';
import { createRuntime, hostFunction, hostModule, MemoryLimitError } from '../../index.js';

setFlagsFromString('--expose-gc');
const gc = runInNewContext('gc') as () => void;

/** Whether each of the values is still there. */
async function areKept(values: readonly WeakRef<object>[]): Promise<boolean[]> {
  await turn();
  gc();
  return values.map((value) => value.deref() !== undefined);
}

/** Gives guests a new object with each call of `give`, and keeps none itself. */
function givingHost() {
  const given: WeakRef<object>[] = [];
  const fresh = () => {
    const value = {};
    given.push(new WeakRef(value));
    return value;
  };
  const give = hostFunction([], ['externref'], () => fresh());
  return { given, fresh, env: hostModule('env', { give }) };
}

const imported = '(import "env" "give" (func $give (result externref)))';
const passing = `${imported}
  (func (export "receive") (drop (call $give)) (drop (call $give)))
  (func (export "take") (param externref))
  (func (export "same") (param externref externref) (result externref) (local.get 0))`;

forEngine('wasmedge', () => {
  it('keeps no externref longer than the call when no guest can hold one', async () => {
    const { given, fresh, env } = givingHost();
    using runtime = await createRuntime({ engine: 'wasmedge', hostModules: [env] });
    const { exports } = runtime.instantiate(
      wat(`(module ${passing} (table 1 funcref) (global (mut i64) (i64.const 0)))`),
    );
    exports.receive?.();
    exports.take?.(fresh());
    const [first, second] = [{}, {}];
    expect(exports.same?.(first, second)).toBe(first);
    expect(await areKept(given)).toEqual([false, false, false]);
  });

  it.each([
    ['a table', '(table 1 externref)', '(table.set (i32.const 0) (call $give))', '(table.get (i32.const 0))'],
    [
      'a global',
      '(global $kept (mut externref) (ref.null extern))',
      '(global.set $kept (call $give))',
      '(global.get $kept)',
    ],
  ])('keeps what a guest can hold in %s, until that guest is gone', async (_, declaration, set, get) => {
    const { given, env } = givingHost();
    using runtime = await createRuntime({ engine: 'wasmedge', hostModules: [env] });
    const other = runtime.instantiate(wat(`(module ${passing})`));
    {
      using keeper = runtime.instantiate(
        wat(`(module ${imported} ${declaration}
          (func (export "set") ${set}) (func (export "get") (result externref) ${get}))`),
      );
      keeper.exports.set?.();
      other.exports.receive?.();
      expect(await areKept(given)).toEqual([true, true, true]);
      expect(keeper.exports.get?.()).toBe(given[0]?.deref());
    }
    other.exports.receive?.();
    expect(await areKept(given)).toEqual([false, false, false, false, false]);
  });

  it('bounds what one call is given, and what is kept for a guest', async () => {
    let count = 0;
    const give = hostFunction([], ['externref'], () => ++count);
    using runtime = await createRuntime({ engine: 'wasmedge', hostModules: [hostModule('env', { give })] });
    const { exports } = runtime.instantiate(
      wat(`(module ${passing} (func (export "forever") (loop (drop (call $give)) (br 0))))`),
    );
    const refused = [MemoryLimitError, 'ERR_MEMORY_LIMIT', /1000000 host values as externref/] as const;
    expectThrows(() => exports.forever?.(), ...refused);
    expect(count).toBe(1_000_001);
    // The call is over, and with it what it was given.
    exports.receive?.();
    using keeper = runtime.instantiate(
      wat(`(module (table (export "table") 1 externref) (func (export "take") (param externref)))`),
    );
    expectThrows(() => exports.forever?.(), ...refused);
    expectThrows(() => keeper.exports.take?.({}), ...refused);
    expectThrows(() => keeper.exportedTable('table').set(0, {}), ...refused);
    expect(keeper.exportedTable('table').get(0)).toBeNull();
  });
});
