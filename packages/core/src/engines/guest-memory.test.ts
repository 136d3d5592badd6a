import { expect, it } from 'vitest';
import { forEachEngine } from '../__fixtures__/engines.js';
import { expectThrows } from '../__fixtures__/expect-error.js';
import { wat } from '../__fixtures__/wat.js';
import {
  createRuntime,
  DisposedError,
  hostFunction,
  hostModule,
  type Instance,
  InvalidGuestError,
  MissingImportError,
  NoMemoryError,
  UnknownExportError,
} from '../index.js';

const write =
  '(import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))';
const data = '(data (i32.const 0) "\\10\\00\\00\\00\\06\\00\\00\\00") (data (i32.const 16) "hello\\n")';
const hello = '(drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8)))';
const start = '(func (export "_start"))';

const notExported = wat(`(module ${write} (memory 1) ${data} (func (export "_start") ${hello}))`);
const starts = wat(
  `(module ${write} (memory (export "memory") 1) ${data} (func $s ${hello}) (start $s) ${start})`,
);

forEachEngine((engine) => {
  it.each([
    ['is not exported', notExported],
    ['is that of a guest that starts', starts],
  ])('reaches a memory that %s', async (_what, guest) => {
    using runtime = await createRuntime({ engine, wasi: { stdout: 'capture' } });
    expect(runtime.run(guest)).toBe(0);
    runtime.instantiate(guest);
    expect(Buffer.from(runtime.stdout).toString()).toBe(guest === starts ? 'hello\nhello\n' : 'hello\n');
  });

  it('gives the host memory 0, and no names that are not the guest’s', async () => {
    using runtime = await createRuntime({ engine });
    const guest = runtime.instantiate(
      wat('(module (memory 2) (func $start (i32.store8 (i32.const 1) (i32.const 7))) (start $start))'),
      { name: 'guest' },
    );
    expect([guest.memory?.pages, guest.memory?.readU8(1)]).toEqual([2, 7]);
    expect([[...guest.exportTypes], Object.keys(guest.exports)]).toEqual([[], []]);
    for (const name of ['(memory 0)', '(start)']) {
      expectThrows(() => guest.exportedMemory(name), UnknownExportError, 'ERR_UNKNOWN_EXPORT');
      expectThrows(() => guest.exports[name]?.(), UnknownExportError, 'ERR_UNKNOWN_EXPORT');
      const importing = wat(`(module (import "guest" "${name}" (memory 1)))`);
      expectThrows(() => runtime.instantiate(importing), MissingImportError, 'ERR_MISSING_IMPORT');
    }
  });

  it('leaves a guest the names that it has', async () => {
    using runtime = await createRuntime({ engine });
    const { exports, memory } = runtime.instantiate(
      wat(`(module (memory 1) (global $started (mut i32) (i32.const 0)) (func $start (global.set $started (i32.const 3)))
        (start $start) (func (export "(memory 0)") (result i32) i32.const 5)
        (func (export "(start)") (result i32) global.get $started))`),
    );
    expect([exports['(memory 0)']?.(), exports['(start)']?.(), memory?.pages]).toEqual([5, 3, 1]);
  });

  it('makes no guest valid by that', async () => {
    using runtime = await createRuntime({ engine });
    // A function may be referred to when it is exported, and this one is not (WebAssembly, "Modules", C.refs).
    const undeclared = wat('(module (func $start (drop (ref.func $start))) (start $start))');
    expect(WebAssembly.validate(undeclared)).toBe(false);
    expectThrows(() => runtime.instantiate(undeclared), InvalidGuestError, 'ERR_INVALID_GUEST');
  });

  it('has nothing of a guest whose start function failed', async () => {
    let kept: unknown;
    const keep = hostFunction(['funcref'], [], (_caller, value) => {
      kept = value;
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { keep })] });
    const failing =
      wat(`(module (import "env" "keep" (func $keep (param funcref))) (memory 1) (table 1 funcref)
      (func $own (result i32) i32.const 1) (elem declare func $own)
      (func $start (call $keep (ref.func $own)) unreachable) (start $start))`);
    expect(() => runtime.instantiate(failing)).toThrow(/unreachable/);
    expectThrows(() => (kept as () => unknown)(), DisposedError, 'ERR_DISPOSED');
  });

  it('gives a guest without memory the error that the host function has for it', async () => {
    const read = hostFunction([], ['i32'], ({ memory }) => memory.readU8(0));
    const ask = hostFunction([], ['i32'], ({ hasMemory }) => (hasMemory ? 1 : 0));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { read, ask })] });
    const { exports } = runtime.instantiate(
      wat(`(module (import "env" "read" (func $read (result i32))) (import "env" "ask" (func $ask (result i32)))
        (func (export "read") (result i32) (call $read)) (func (export "ask") (result i32) (call $ask)))`),
    );
    expectThrows(() => exports.read?.(), NoMemoryError, 'ERR_NO_MEMORY', /has no memory/);
    expect(exports.ask?.()).toBe(0);
  });

  const twoMemories =
    '(memory 1) (memory (export "memory") 2) (data (memory 0) (i32.const 0) "A") (data (memory 1) (i32.const 0) "B")';
  it('takes no other memory for memory 0', async () => {
    const read = hostFunction([], ['i32'], ({ memory }) => memory.readU8(0));
    using runtime = await createRuntime({ engine, hostModules: [hostModule('env', { read })] });
    const bytes = wat(`(module (import "env" "read" (func $read (result i32))) ${twoMemories}
      (func (export "read") (result i32) (call $read)))`);
    let guest: Instance;
    try {
      guest = runtime.instantiate(bytes);
    } catch (error) {
      // Node.js 20 and libwasmedge before 0.16 have no module with two memories.
      expect(InvalidGuestError.isInstance(error)).toBe(true);
      if (engine === 'v8') expect(WebAssembly.validate(bytes)).toBe(false);
      return;
    }
    expect([guest.exports.read?.(), guest.memory?.pages, guest.exportedMemory('memory').pages]).toEqual([
      65, 1, 2,
    ]);
  });

  it('reaches an imported memory from a start function', async () => {
    using runtime = await createRuntime({ engine, wasi: { stdout: 'capture' } });
    runtime.instantiate(wat('(module (memory (export "memory") 1))'), { name: 'owner' });
    runtime.instantiate(
      wat(`(module ${write} (import "owner" "memory" (memory 1)) ${data} (func $s ${hello}) (start $s))`),
    );
    expect(Buffer.from(runtime.stdout).toString()).toBe('hello\n');
  });

  // Where a memory that grows stays, the host goes on with the bytes that it knows of.
  it('is one memory in the range that was there before it grew, whoever has grown it', async () => {
    const seen: number[] = [];
    const look = hostFunction([], [], ({ memory }) => {
      seen.push(memory.readU8(8));
      memory.write(8, Uint8Array.of(memory.readU8(8) + 1));
    });
    using runtime = await createRuntime({ engine, hostModules: [hostModule('host', { look })] });
    const { exports, memory } = runtime.instantiate(
      wat(`(module (import "host" "look" (func $look)) (memory (export "memory") 1)
        (func (export "grow") (param i32) (result i32)
          (call $look) (drop (memory.grow (local.get 0)))
          (i32.store8 (i32.const 8) (i32.add (i32.load8_u (i32.const 8)) (i32.const 10)))
          (call $look) (i32.load8_u (i32.const 8))))`),
    );
    for (const [pages, byte] of [
      [1, 12],
      [500, 24],
      [3000, 36],
    ] as const) {
      expect([exports.grow?.(pages), memory?.readU8(8)]).toEqual([byte, byte]);
    }
    expect(memory?.grow(1000)).toBe(3502);
    expect([exports.grow?.(0), memory?.readU8(8), memory?.pages]).toEqual([48, 48, 4502]);
    expect(seen).toEqual([0, 11, 12, 23, 24, 35, 36, 47]);
  });
});
