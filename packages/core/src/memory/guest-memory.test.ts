import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  type GuestMemory,
  type GuestView,
  hostFunction,
  hostModule,
  InvalidArgumentError,
  MemoryRangeError,
  type Runtime,
} from '../index.js';

const onePage = wat(`(module (memory (export "memory") 1 10)
  (func (export "grow") (param i32) (result i32) (memory.grow (local.get 0)))
  (func (export "load") (param i32) (result i32) (i32.load8_u (local.get 0)))
  (func (export "store") (param i32 i32) (i32.store8 (local.get 0) (local.get 1))))`);

const size = 65536;

function memoryOf(runtime: Runtime): GuestMemory {
  return runtime.instantiate(onePage).memory as GuestMemory;
}

interface Accessor {
  readonly width: number;
  readonly read: (memory: GuestMemory, pointer: number) => unknown;
  readonly write: (memory: GuestMemory, pointer: number) => void;
  readonly value: unknown;
  /** Little-endian bytes of the value, worked out by hand. */
  readonly bytes: readonly number[];
}

const accessors: Record<string, Accessor> = {
  U8: {
    width: 1,
    read: (memory, pointer) => memory.readU8(pointer),
    write: (memory, pointer) => memory.writeU8(pointer, 0xfe),
    value: 0xfe,
    bytes: [0xfe],
  },
  U16: {
    width: 2,
    read: (memory, pointer) => memory.readU16(pointer),
    write: (memory, pointer) => memory.writeU16(pointer, 0xfedc),
    value: 0xfedc,
    bytes: [0xdc, 0xfe],
  },
  U32: {
    width: 4,
    read: (memory, pointer) => memory.readU32(pointer),
    write: (memory, pointer) => memory.writeU32(pointer, 0xfedcba98),
    value: 0xfedcba98,
    bytes: [0x98, 0xba, 0xdc, 0xfe],
  },
  I32: {
    width: 4,
    read: (memory, pointer) => memory.readI32(pointer),
    write: (memory, pointer) => memory.writeU32(pointer, -2),
    value: -2,
    bytes: [0xfe, 0xff, 0xff, 0xff],
  },
  U64: {
    width: 8,
    read: (memory, pointer) => memory.readU64(pointer),
    write: (memory, pointer) => memory.writeU64(pointer, 0xfedcba9876543210n),
    value: 0xfedcba9876543210n,
    bytes: [0x10, 0x32, 0x54, 0x76, 0x98, 0xba, 0xdc, 0xfe],
  },
  I64: {
    width: 8,
    read: (memory, pointer) => memory.readI64(pointer),
    write: (memory, pointer) => memory.writeU64(pointer, -2n),
    value: -2n,
    bytes: [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  },
  F32: {
    width: 4,
    read: (memory, pointer) => memory.readF32(pointer),
    write: (memory, pointer) => memory.writeF32(pointer, -1.5),
    value: -1.5,
    bytes: [0, 0, 0xc0, 0xbf],
  },
  F64: {
    width: 8,
    read: (memory, pointer) => memory.readF64(pointer),
    write: (memory, pointer) => memory.writeF64(pointer, -1.5),
    value: -1.5,
    bytes: [0, 0, 0, 0, 0, 0, 0xf8, 0xbf],
  },
};

const outside = [
  MemoryRangeError,
  'ERR_MEMORY_RANGE',
  /memory of 65536 bytes/,
  /memory\.contains\(\)/,
] as const;

forEachEngine((engine) => {
  it.each(Object.keys(accessors))('reads and writes %s little-endian at any address', async (name) => {
    using runtime = await createRuntime({ engine });
    const { width, read, write, value, bytes } = accessors[name] as Accessor;
    const memory = memoryOf(runtime);
    for (const pointer of [0, 1, 3, 7, size - width]) {
      memory.fill(0, size, 0);
      write(memory, pointer);
      expect(read(memory, pointer)).toBe(value);
      expect([...memory.read(pointer, width)]).toEqual(bytes);
      // Nothing else was touched.
      expect(memory.read(0, size).filter((byte) => byte !== 0).length).toBe(
        bytes.filter((byte) => byte !== 0).length,
      );
    }
  });

  it.each(Object.keys(accessors))('refuses %s at every end of the memory', async (name) => {
    using runtime = await createRuntime({ engine });
    const { width, read, write } = accessors[name] as Accessor;
    const memory = memoryOf(runtime);
    for (const pointer of [
      size - width + 1,
      size,
      size + 1,
      2 ** 31,
      2 ** 32 - width,
      2 ** 32 - 1,
      -1,
      -width,
      -(2 ** 31),
    ]) {
      expectThrows(() => read(memory, pointer), ...outside);
      expectThrows(() => write(memory, pointer), ...outside);
    }
    expect(memory.read(0, size).every((byte) => byte === 0)).toBe(true);
  });

  it('checks ranges as unsigned 32-bit numbers, without wrapping around', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    // guest-abi: offset + bytes as a 64-bit sum must be at most the size of the memory; offset 0 is valid.
    for (const [pointer, length, inside] of [
      [0, 0, true],
      [0, size, true],
      [size, 0, true],
      [size - 1, 1, true],
      [0, size + 1, false],
      [size, 1, false],
      [size + 1, 0, false],
      [-1, 0, false],
      [-1, 1, false],
      [1, -1, false],
      [-1, -1, false],
      [2 ** 32 - 1, 2, false],
      [-(2 ** 31), 1, false],
      [0, -(2 ** 31), false],
      [2 ** 31, 2 ** 31, false],
    ] as const) {
      expect([pointer, length, memory.contains(pointer, length)]).toEqual([pointer, length, inside]);
      const uses = [
        () => memory.bytes(pointer, length),
        () => memory.read(pointer, length),
        () => memory.borrow(pointer, length, () => 0),
        () => memory.readString(pointer, length),
        () => memory.fill(pointer, length, 0),
        () => memory.view(pointer, length).bytes,
      ];
      for (const use of uses) {
        if (inside) {
          use();
        } else {
          expectThrows(use, ...outside);
        }
      }
    }
  });

  it('takes bigints for pointers and lengths, as guests with memories of 64 bits pass them', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    for (const { read, write, value } of Object.values(accessors)) {
      write(memory, 8n as never);
      expect(read(memory, 8n as never)).toBe(value);
      expect(read(memory, 8)).toBe(value);
    }
    memory.write(16n, Uint8Array.of(104, 105));
    expect(memory.readString(16n, 2n)).toBe('hi');
    expect([...memory.bytes(16n, 2), ...memory.read(16, 2n)]).toEqual([104, 105, 104, 105]);
    expect(memory.borrow(16n, 2n, (bytes) => bytes.length)).toBe(2);
    memory.fill(16n, 2n, 7);
    expect(memory.writeString(18n, 'x')).toBe(1);
    const { pointer, length, bytes } = memory.view(16n, 3n);
    expect([pointer, length, ...bytes]).toEqual([16, 3, 7, 7, 120]);
    expect([memory.contains(BigInt(size), 0n), memory.contains(BigInt(size), 1n)]).toEqual([true, false]);
    expect([memory.grow(1n), memory.grow(-1n), memory.grow(2n ** 64n), memory.pages]).toEqual([1, -1, -1, 2]);
  });

  it.each([
    2 ** 32,
    2 ** 32 + 8,
    -(2 ** 32) + 8,
    -(2 ** 31) - 1,
    2 ** 53,
    2n ** 32n + 8n,
    2n ** 64n + 8n,
    -(2n ** 64n) + 8n,
    -8n,
    0.5,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    undefined,
    null,
    '8',
    {},
  ])('wraps no pointer and no length around: %s is outside', async (value) => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    const bad = value as number;
    expect([memory.contains(bad, 0), memory.contains(0, bad)]).toEqual([false, false]);
    for (const { read, write } of Object.values(accessors)) {
      expectThrows(() => read(memory, bad), ...outside);
      expectThrows(() => write(memory, bad), ...outside);
    }
    for (const [pointer, length] of [
      [bad, 1],
      [1, bad],
    ] as const) {
      expectThrows(() => memory.bytes(pointer, length), ...outside);
      expectThrows(() => memory.read(pointer, length), ...outside);
      expectThrows(() => memory.view(pointer, length), ...outside);
      expectThrows(() => memory.fill(pointer, length, 1), ...outside);
      expectThrows(() => memory.readString(pointer, length), ...outside);
    }
    expectThrows(() => memory.write(bad, Uint8Array.of(1)), ...outside);
    expectThrows(() => memory.writeString(bad, 'x'), ...outside);
    expect(memory.read(0, size).every((byte) => byte === 0)).toBe(true);
  });

  it('writes bytes only: what else has entries would be written as something else', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    for (const wrong of ['text', [1], new ArrayBuffer(1), new Float64Array([1.5]), undefined]) {
      expectThrows(
        () => memory.write(10, wrong as never),
        InvalidArgumentError,
        'ERR_INVALID_ARGUMENT',
        /Uint8Array/,
      );
    }
    expect(memory.read(8, 8)).toEqual(new Uint8Array(8));
  });

  it('writes nothing of a range that is partly outside', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    expectThrows(() => memory.write(size - 2, Uint8Array.of(1, 2, 3)), ...outside);
    expectThrows(() => memory.writeString(size - 2, 'abc'), ...outside);
    expectThrows(() => memory.fill(size - 2, 3, 1), ...outside);
    expect([...memory.read(size - 2, 2)]).toEqual([0, 0]);
  });

  it('reaches addresses above 2^31, given signed or unsigned', async () => {
    using runtime = await createRuntime({ engine });
    const pages = 32769;
    const memory = runtime.instantiate(wat(`(module (memory (export "memory") ${pages}))`))
      .memory as GuestMemory;
    const high = 2 ** 31 + 5;
    memory.writeU32(high, 0x01020304);
    expect([memory.readU8(high | 0), memory.readU32(high)]).toEqual([4, 0x01020304]);
    expect([...memory.bytes(high | 0, 4)]).toEqual([4, 3, 2, 1]);
    expect(memory.view(high | 0, 4).pointer).toBe(high);
    expect(memory.contains(high | 0, 65536 - 5)).toBe(true);
    expect(memory.contains(high | 0, 65536 - 4)).toBe(false);
  });

  it('gives views of the bytes, not copies, and copies where it says so', async () => {
    using runtime = await createRuntime({ engine });
    const { memory, exports } = runtime.instantiate(onePage);
    const bytes = memory?.bytes(100, 2) as Uint8Array;
    const copy = memory?.read(100, 2) as Uint8Array;
    exports.store?.(101, 7);
    expect([...bytes, ...copy]).toEqual([0, 7, 0, 0]);
    bytes[0] = 9;
    expect(exports.load?.(100)).toBe(9);
    copy[0] = 1;
    expect(exports.load?.(100)).toBe(9);
    memory?.borrow(100, 1, (borrowed) => {
      borrowed[0] = 11;
    });
    expect(exports.load?.(100)).toBe(11);
    expect(copy.buffer.byteLength).toBe(2);
  });

  it.each(['guest', 'host'])('keeps everything usable when the %s grows the memory', async (who) => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(onePage);
    const memory = guest.memory as GuestMemory;
    const again = guest.exportedMemory('memory');
    const grow = () => (who === 'guest' ? guest.exports.grow?.(1) : memory.grow(1));
    const use: readonly ((memory: GuestMemory, pointer: number) => unknown)[] = [
      ...Object.values(accessors).flatMap(({ read, write }) => [write, read]),
      (target, pointer) => target.write(pointer, Uint8Array.of(1)),
      (target, pointer) => target.writeString(pointer, 'x'),
      (target, pointer) => target.fill(pointer, 8, 1),
      (target, pointer) => target.bytes(pointer, 8).length,
      (target, pointer) => target.read(pointer, 8).length,
      (target, pointer) => target.readString(pointer, 8),
      (target, pointer) => target.view(pointer, 8).bytes.length,
    ];
    const view = memory.view(10, 4);
    view.bytes.set([1, 2, 3, 4]);
    let pages = 1;
    // Each access is the first one after a growth, in the part that is new.
    for (const access of use.slice(0, 9)) {
      expect(grow()).toBe(pages);
      access(pages % 2 === 0 ? memory : again, pages * size + 5);
      pages++;
      expect([memory.pages, again.pages, memory.byteLength]).toEqual([pages, pages, pages * size]);
    }
    const rest = runtime.instantiate(onePage);
    pages = 1;
    for (const access of use.slice(9, 18)) {
      rest.exports.grow?.(1);
      access(rest.memory as GuestMemory, pages * size + 5);
      pages++;
    }
    for (const access of use.slice(18)) {
      access(memory, 9 * size);
    }
    expect([...view.bytes]).toEqual([1, 2, 3, 4]);
    expect(guest.exports.load?.(12)).toBe(3);
    view.bytes[2] = 30;
    expect(guest.exports.load?.(12)).toBe(30);
  });

  it('keeps a view usable in a host function whose guest call grew the memory', async () => {
    const seen: unknown[] = [];
    let kept: GuestView | undefined;
    const before = hostFunction([], [], (caller) => {
      kept = caller.memory.view(0, 2);
      kept.bytes.set([5, 6]);
    });
    const after = hostFunction([], [], (caller) => {
      seen.push(
        [...(kept as GuestView).bytes],
        caller.memory.pages,
        caller.memory.grow(1),
        caller.memory.pages,
      );
      caller.memory.writeU8(2 * size + 3, 9);
      seen.push([...(kept as GuestView).bytes]);
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { before, after })] });
    const guest = runtime.instantiate(
      wat(`(module (import "env" "before" (func $before)) (import "env" "after" (func $after))
        (memory (export "memory") 1 4)
        (func (export "run") (result i32)
          call $before (drop (memory.grow (i32.const 1))) call $after
          (i32.add (memory.size) (i32.load8_u (i32.const ${2 * size + 3})))))`),
    );
    expect(guest.exports.run?.()).toBe(3 + 9);
    expect(seen).toEqual([[5, 6], 2, 2, 3, [5, 6]]);
  });

  it('reads and writes text as UTF-8', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    for (const text of ['', 'plain', 'größe', '中文', '🧭🏔️', 'a\0b', '\ufefftext']) {
      const bytes = Buffer.from(text);
      expect(memory.writeString(7, text)).toBe(bytes.length);
      expect(Buffer.from(memory.read(7, bytes.length)).equals(bytes)).toBe(true);
      expect(memory.readString(7, bytes.length)).toBe(text);
    }
  });

  it('decodes malformed UTF-8 as the Encoding standard says, and encodes lone surrogates so', async () => {
    using runtime = await createRuntime({ engine });
    const memory = memoryOf(runtime);
    // Encoding standard: each maximal ill-formed part becomes one U+FFFD.
    for (const [bytes, text] of [
      [[0xff], '\ufffd'],
      [[0xc3], '\ufffd'],
      [[0x61, 0xe4, 0xb8, 0x62], 'a\ufffdb'],
      [[0xed, 0xa0, 0x80], '\ufffd\ufffd\ufffd'],
      [[0xc0, 0x80], '\ufffd\ufffd'],
    ] as const) {
      memory.write(0, Uint8Array.from(bytes));
      expect(memory.readString(0, bytes.length)).toBe(text);
    }
    expect(memory.writeString(0, '\ud83e')).toBe(3);
    expect([...memory.read(0, 3)]).toEqual([0xef, 0xbf, 0xbd]);
  });

  it('serves a memory of no pages', async () => {
    using runtime = await createRuntime({ engine });
    const memory = runtime.instantiate(wat('(module (memory (export "memory") 0 1))')).memory as GuestMemory;
    expect([memory.pages, memory.byteLength, memory.contains(0, 0), memory.contains(0, 1)]).toEqual([
      0,
      0,
      true,
      false,
    ]);
    expect(memory.bytes(0, 0).length).toBe(0);
    expectThrows(() => memory.readU8(0), MemoryRangeError, 'ERR_MEMORY_RANGE', /memory of 0 bytes/);
    expect(memory.grow(1)).toBe(0);
    memory.writeU8(5, 3);
    expect(memory.readU8(5)).toBe(3);
  });

  it('takes the memory named "memory" for memory 0, else the first that is exported', async () => {
    using runtime = await createRuntime({ engine });
    const named = runtime.instantiate(
      wat('(module (memory 1) (data (i32.const 0) "n") (export "memory" (memory 0)))'),
    );
    const other = runtime.instantiate(
      wat('(module (memory 1) (data (i32.const 0) "h") (export "heap" (memory 0)))'),
    );
    expect([
      named.memory?.readU8(0),
      other.memory?.readU8(0),
      other.exportedMemory('heap').readU8(0),
    ]).toEqual([110, 104, 104]);
  });
});
