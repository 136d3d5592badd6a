import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import { createRuntime, InvalidGuestError, MemoryLimitError, type Runtime } from '../index.js';

// Ten million elements: what the WebAssembly JavaScript interface allows one table (its implementation limits).
const most = 10_000_000;
const refused = [MemoryLimitError, 'ERR_MEMORY_LIMIT', /at most 10000000 are allowed/] as const;

const growing = wat(`(module (table (export "table") 1 externref) (table (export "other") 1 funcref)
  (func (export "grow") (param i32) (result i32) (table.grow 0 (ref.null extern) (local.get 0))))`);
const fixed = (count: number) => wat(`(module (table (export "table") ${count} ${count} funcref))`);

/** How many elements a table of a new guest grows by, of at most `wanted`. */
function growth(runtime: Runtime, wanted: number): number {
  const { exports } = runtime.instantiate(growing);
  let grown = 0;
  for (let step = wanted; step >= 1; step = Math.floor(step / 2)) {
    while (grown + step <= wanted && exports.grow?.(step) !== -1) grown += step;
  }
  return grown;
}

forEachEngine((engine) => {
  it('refuses many tables of which each alone would be small enough', async () => {
    using runtime = await createRuntime({ engine });
    const many = wat(`(module ${`(table ${most} externref)`.repeat(100)})`);
    expectThrows(() => runtime.instantiate(many), ...refused, /tables of 1000000000 elements/);
    expectThrows(() => runtime.instantiate(wat('(module (table 4294967295 funcref))')), ...refused);
  });

  it('bounds the tables of all guests of a runtime together, as they start and as they grow', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(fixed(most - 4000));
    expectThrows(
      () => runtime.instantiate(fixed(4001)),
      ...refused,
      /other guests of this runtime have 9996000/,
    );
    // What is left is 3998 elements for two tables that can grow, and the first guest gets half of it.
    expect(growth(runtime, 1000)).toBe(999);
    expect(growth(runtime, 1000)).toBe(332);
    expectThrows(() => runtime.instantiate(fixed(2000)), ...refused);
    using other = await createRuntime({ engine });
    expect(growth(other, 3000)).toBe(3000);
  });

  it('ends growth with -1, for the guest and for the host', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(growing);
    expect(guest.exports.grow?.(most)).toBe(-1);
    const table = guest.exportedTable('table');
    expect([table.grow(most), table.grow(most / 2), table.length]).toEqual([-1, -1, 1]);
    expect([table.grow(2), guest.exports.grow?.(3), table.length]).toEqual([1, 3, 6]);
  });

  it('has the elements of a guest again when it has ended', async () => {
    using runtime = await createRuntime({ engine });
    for (let round = 0; round < 3; round++) {
      using _large = runtime.instantiate(fixed(most));
      expectThrows(() => runtime.instantiate(fixed(1)), ...refused);
    }
    const trapping = wat(`(module (table ${most} funcref) (func $start unreachable) (start $start))`);
    for (let round = 0; round < 3; round++) {
      expect(() => runtime.instantiate(trapping)).toThrow(/unreachable/);
    }
    const command = wat(
      `(module (table ${most} ${most} funcref) (memory (export "memory") 1) (func (export "_start")))`,
    );
    for (let round = 0; round < 3; round++) expect(runtime.run(command)).toBe(0);
  });

  it('has the elements of a guest again when all that imported from it are gone, in any order', async () => {
    using runtime = await createRuntime({ engine });
    const providing = wat(`(module (table ${most} funcref) (func (export "add") (param i32)))`);
    const importing = wat('(module (import "p" "add" (func (param i32))) (func (export "f")))');
    for (const order of [
      [0, 1],
      [1, 0],
      [0, 1],
    ]) {
      const provider = runtime.instantiate(providing, { name: 'p' });
      const pair = [provider, runtime.instantiate(importing)];
      for (const index of order) pair[index]?.[Symbol.dispose]();
    }
  });

  it('has the elements of a guest again that imported only functions of numbers', async () => {
    using runtime = await createRuntime({ engine });
    runtime.instantiate(
      wat('(module (func (export "add") (param i32)) (global (export "top") (mut i32) (i32.const 0)))'),
      {
        name: 'shared',
      },
    );
    const importing = (start = '') =>
      wat(`(module (import "shared" "add" (func (param i32))) (import "shared" "top" (global (mut i32)))
        (table ${most} funcref) ${start})`);
    const trapping = importing('(func $start unreachable) (start $start)');
    for (let round = 0; round < 2; round++) runtime.instantiate(importing())[Symbol.dispose]();
    for (let round = 0; round < 3; round++)
      expect(() => runtime.instantiate(trapping)).toThrow(/unreachable/);
  });

  it('counts the tables of a guest that ended as long as another one may hold them', async () => {
    using runtime = await createRuntime({ engine });
    const shared = runtime.instantiate(fixed(most - 10), { name: 'shared' });
    const importing = runtime.instantiate(
      wat('(module (import "shared" "table" (table 1 funcref)) (export "table" (table 0)))'),
    );
    shared[Symbol.dispose]();
    expectThrows(() => runtime.instantiate(fixed(11)), ...refused);
    expect(importing.exportedTable('table').length).toBe(most - 10);
  });

  it('refuses a module of which a few bytes stand for much', async () => {
    using runtime = await createRuntime({ engine });
    // 3000 functions with 50,000 local variables each: 24 KB, and gigabytes in libwasmedge 0.14.1.
    const functions = 3000;
    const body = [6, 1, 0xd0, 0x86, 0x03, 0x7f, 0x0b];
    const count = [0xb8, 0x17];
    const size = 2 + functions * body.length;
    const bytes = Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0],
      ...[3, 0xba, 0x17, ...count, ...Array<number>(functions).fill(0)],
      ...[10, (size & 0x7f) | 0x80, ((size >> 7) & 0x7f) | 0x80, size >> 14, ...count],
      ...Array.from({ length: functions }, () => body).flat(),
    ]);
    expectThrows(
      () => runtime.instantiate(bytes),
      InvalidGuestError,
      'ERR_INVALID_GUEST',
      /local variables, parameters and results of functions .* at most \d+ are accepted/,
    );
  });
});
