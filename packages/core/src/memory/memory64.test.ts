import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  hostFunction,
  hostModule,
  InvalidGuestError,
  MemoryLimitError,
  type Runtime,
} from '../index.js';
import { moduleOf } from '../module-types/__fixtures__/modules.js';

// Memories and tables of 64 bits are part of WebAssembly 3.0: Node has them from version 24, libwasmedge from 0.17.
const guest = wat(`(module (import "env" "seen" (func $seen (param i64 i64)))
  (memory (export "memory") i64 1)
  (func (export "grow") (param i64) (result i64) (memory.grow (local.get 0)))
  (func (export "load") (param i64) (result i32) (i32.load8_u (local.get 0)))
  (func (export "call") (param i64 i64) (call $seen (local.get 0) (local.get 1))))`);

// (module (table (export "t") i64 1 5 funcref)), by hand: the text format is too new for the compiler.
const table = moduleOf([4, 1, 0x70, 5, 1, 5], [7, 1, 1, 0x74, 1, 0]);

/** Uses a guest of 64 bits, or expects the typed error of an engine that does not know them. */
function use(instantiate: () => void, known: () => void): void {
  try {
    instantiate();
  } catch (error) {
    if (!InvalidGuestError.isInstance(error)) throw error;
    expect(error.message).toMatch(/not valid WebAssembly/);
    return;
  }
  known();
}

forEachEngine((engine) => {
  const start = (memoryPages: number, call: (...args: bigint[]) => void = () => {}): Promise<Runtime> =>
    createRuntime({
      engine,
      limits: { memoryPages },
      hostModules: [
        hostModule('env', { seen: hostFunction(['i64', 'i64'], [], (_caller, a, b) => call(a, b)) }),
      ],
    });

  it('grows a memory of 64 bits, from the guest and from the host, and no further than limits.memoryPages', async () => {
    using runtime = await start(4);
    use(
      () => runtime.instantiate(guest),
      () => {
        const { exports, memory } = runtime.instantiate(guest);
        expect([exports.grow?.(1n), memory?.grow(1), memory?.grow(1n), memory?.pages]).toEqual([1n, 2, 3, 4]);
        expect([exports.grow?.(1n), memory?.grow(1), exports.grow?.(2n ** 40n)]).toEqual([-1n, -1, -1n]);
        memory?.writeU8(4 * 65536 - 1, 7);
        expect(exports.load?.(4n * 65536n - 1n)).toBe(7);
      },
    );
  });

  it('refuses a memory of 64 bits that starts with more pages, on every engine', async () => {
    using runtime = await start(4);
    for (const pages of ['5', '65537', '281474976710656']) {
      expect(() => runtime.instantiate(wat(`(module (memory i64 ${pages}))`))).toThrow(MemoryLimitError);
    }
  });

  it('takes the pointers of such a guest as they come', async () => {
    const seen: unknown[] = [];
    using runtime = await createRuntime({
      engine,
      hostModules: [
        hostModule('env', {
          seen: hostFunction(['i64', 'i64'], [], ({ memory }, pointer, length) => {
            seen.push(memory.contains(pointer, length));
          }),
        }),
      ],
    });
    use(
      () => runtime.instantiate(guest),
      () => {
        const { exports } = runtime.instantiate(guest);
        for (const [pointer, length] of [
          [65535n, 1n],
          [65535n, 2n],
          [2n ** 32n + 8n, 1n],
          [-1n, 1n],
          [0n, -1n],
          [2n ** 63n, 2n ** 63n],
        ] as const) {
          exports.call?.(pointer, length);
        }
        expect(seen).toEqual([true, false, false, false, false, false]);
      },
    );
  });

  it('reads, sets and grows a table of 64 bits', async () => {
    using runtime = await createRuntime({ engine });
    use(
      () => runtime.instantiate(table),
      () => {
        const exported = runtime.instantiate(table).exportedTable('t');
        const add = runtime.instantiate(wat('(module (func (export "one") (result i32) i32.const 1))'))
          .exports.one;
        expect([exported.length, exported.get(0), exported.grow(2), exported.length]).toEqual([
          1,
          null,
          1,
          3,
        ]);
        exported.set(2, add);
        expect([exported.get(2), exported.grow(3), exported.grow(-1)]).toEqual([add, -1, -1]);
        expect(() => exported.get(3)).toThrow(/has 3 elements/);
      },
    );
  });
});
